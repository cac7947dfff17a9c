"""Sources, regions, indicators, observations and figures of the shipped study."""

from cbec_site.base.dates import parse_partial_date
from datasets.importing.importer import observations
from datasets.models import (
    Breakdown,
    Figure,
    FigureObservation,
    Indicator,
    Observation,
    Region,
    Source,
)

from .files import StudyNotLoadedError, items, path, table, translated

ROLES = ("paper", "text", "official")


def load_data() -> dict[str, int]:
    """Load everything of `datasets`; returns the number of rows by kind."""
    return {
        "sources": _load_sources(),
        "regions": _load_regions(),
        "indicators": _load_indicators(),
        "breakdowns": _load_breakdowns(),
        "observations": load_observations("observations.csv"),
        "official observations": load_observations("official_observations.csv"),
        "newer observations": load_observations("newer_observations.csv"),
        "figures": _load_figures(),
    }


def load_observations(name: str) -> int:
    """Import a file as an editor would; StudyNotLoadedError names what is wrong."""
    file = path("datasets", name)
    outcome = observations.import_file(
        file.read_bytes(), file_name=name, keep_file=False
    )
    if not outcome.is_accepted:
        raise StudyNotLoadedError("\n".join(map(str, outcome.plan.errors)))
    return outcome.plan.new_count


def _load_sources():
    rows = table("datasets", "sources")
    for row in rows:
        Source.objects.create(code=row["code"], **source_values(row))
    return len(rows)


def source_values(row: dict[str, str]) -> dict:
    """The fields of a shipped source, its code aside."""
    accessed_on, _precision = parse_partial_date(row["accessed_on"])
    return {
        "url": row["url"],
        "accessed_on": accessed_on,
        **translated(row, "title", "publisher", "citation", "licence"),
    }


def _load_regions():
    rows = table("datasets", "regions")
    made = {"": None}
    for row in rows:
        made[row["code"]] = Region.objects.create(
            code=row["code"],
            kind=row["kind"],
            parent=made[row["parent"]],
            **translated(row, "name"),
        )
    return len(rows)


def _load_indicators():
    rows = table("datasets", "indicators")
    for row in rows:
        Indicator.objects.create(is_published=True, **indicator_values(row))
    return len(rows)


def indicator_values(row: dict[str, str]) -> dict:
    """The fields of a shipped indicator."""
    plain = ("code", "unit", "decimals", "frequency", "kind", "direction")
    return {name: row[name] for name in plain} | translated(row, "title", "definition")


def _load_breakdowns():
    rows = table("datasets", "breakdowns")
    for row in rows:
        Breakdown.objects.create(code=row["code"], **translated(row, "title"))
    return len(rows)


def _load_figures():
    rows = table("datasets", "figures")
    by_code = {row.code: row for row in Observation.objects.exclude(code="")}
    for row in rows:
        figure = Figure.objects.create(
            number=row["number"],
            slug=row["slug"],
            chart_type=row["chart_type"],
            is_published=True,
            **translated(row, "title", "subtitle", "note", "source_line"),
        )
        points = [(role, code) for role in ROLES for code in items(row[role])]
        FigureObservation.objects.bulk_create(
            FigureObservation(
                figure=figure, observation=by_code[code], role=role, position=position
            )
            for position, (role, code) in enumerate(points)
        )
    return len(rows)
