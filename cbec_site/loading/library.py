"""Policies, pilot zones and pages of prose of the shipped study."""

from cbec_site.base.dates import parse_partial_date
from cbec_site.base.languages import LANGUAGES
from cbec_site.models import Page
from datasets.models import Region
from policies.importing.importer import policies
from policies.importing.plan import PolicyOptions
from policies.models import Issuer, PilotZone, Topic

from .files import StudyNotLoadedError, is_yes, path, table, translated


def load_library() -> dict[str, int]:
    """Load everything of `policies` and the pages; returns the rows by kind."""
    return {
        "issuing bodies": _load_named(Issuer, "issuers"),
        "topics": _load_named(Topic, "topics"),
        "policies": _load_policies(),
        "pilot zones": _load_zones(),
        "pages": _load_pages(),
    }


def _load_named(model, name):
    rows = table("policies", name)
    for row in rows:
        model.objects.create(code=row["code"], **translated(row, "name"))
    return len(rows)


def _load_policies():
    """Import the shipped file as an editor would; StudyNotLoadedError says if not."""
    file = path("policies", "policies.csv")
    outcome = policies.import_file(
        file.read_bytes(),
        file_name=file.name,
        options=PolicyOptions(publish=True),
        keep_file=False,
    )
    if not outcome.is_accepted:
        raise StudyNotLoadedError("\n".join(map(str, outcome.plan.errors)))
    return outcome.plan.new_count


def _load_zones():
    rows = table("policies", "pilot_zones")
    regions = {region.code: region for region in Region.objects.all()}
    for row in rows:
        approved, precision = parse_partial_date(row["approved"])
        PilotZone.objects.create(
            code=row["code"],
            batch=row["batch"],
            region=regions[row["region"]],
            approved_on=approved,
            approved_precision=precision,
            document_number=row["document_number"],
            is_number_confirmed=is_yes(row["is_number_confirmed"]),
            source_url=row["source_url"],
            is_published=is_yes(row["is_published"]),
        )
    return len(rows)


def _load_pages():
    slugs = ("about", "method")
    for slug in slugs:
        texts = {}
        for language in LANGUAGES:
            file = path("cbec_site", f"pages/{slug}.{language.code}.md")
            title, _, body = file.read_text(encoding="utf-8").partition("\n")
            texts[f"title_{language.column}"] = title.removeprefix("# ")
            texts[f"body_{language.column}"] = body.strip()
        Page.objects.create(slug=slug, is_published=True, **texts)
    return len(slugs)
