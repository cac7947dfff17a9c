"""Reads the facts that statements are checked against, in few queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.db import models
from django.db.models.expressions import RawSQL

from cbec_site.base.bulk_writes import in_parts, named_at_once
from cbec_site.base.limits import ROWS_AT_ONCE
from datasets.models import Indicator, Observation, Region, Revision
from swot.checking.errors import NoResultError
from swot.checking.expressions import Reference, references
from swot.checking.facts import BREAK, Fact, Facts
from swot.checking.verdicts import Statement

_COLUMNS = (
    "pk",
    "code",
    "indicator__code",
    "region__code",
    "period",
    "value",
    "unit",
    "decimals",
    "breakdown",
    "source__code",
    "vintage",
    "status",
    "qualifier",
    "is_published",
    "indicator__is_published",
    "indicator__kind",
    "region__kind",
    "region__name_zh_hans",
    "region__name_en",
    "indicator__title_zh_hans",
    "indicator__title_en",
)


_VERSIONED = ("value", "unit", "decimals", "status", "qualifier", "is_published")
_VERSIONED += ("valid_from",)
# Written out in full, so that SQLite recognises its index of the breaks.
_IS_BREAK = models.Q(status=RawSQL(f"'{BREAK}'", ()))  # noqa: S611


def prefetch(statements: Iterable[Statement]) -> Facts:
    """The facts that statements read, in one query per 900 keys or so."""
    statements = list(statements)
    return Facts(load(statements), levels(statements))


def load(statements: Iterable[Statement], most: int | None = None) -> list[Fact]:
    """The observations that statements read; whole series for statements on the newest
    value.

    Includes the breaks of every series that is read at several periods. Raises
    NoResultError of kind too_many if there are more than `most`.
    """
    statements = list(statements)
    codes, keys, followed = set(), defaultdict(set), set()
    for statement in statements:
        if statement.expression is None:
            continue
        for reference in references(statement.expression):
            if reference.code:
                codes.add(reference.code)
                if reads_series(statement):
                    followed.add(reference.code)
            else:
                _collect(reference, keys, statement.is_latest)
        if statement.successor:
            codes.add(statement.successor)
            followed.add(statement.successor)
    facts = _read(_by_code(sorted(codes)), most, are_few=True)
    for fact in facts:
        if fact.code in followed:
            keys[fact.indicator, fact.region].add(None)
    facts += _read(_by_series(keys), most)
    facts += _breaks(facts)
    if any(statement.as_of for statement in statements):
        facts = _with_former(facts)
    return facts


def levels(statements: Iterable[Statement]) -> dict[str, str]:
    """The level of every region; {} unless a statement compares all regions."""
    if any(
        reference.op == "across" and not reference.regions
        for statement in statements
        if statement.expression is not None
        for reference in references(statement.expression)
    ):
        return dict(Region.objects.values_list("code", "kind"))
    return {}


def reads_series(statement: Statement) -> bool:
    """Whether the statement needs more of a coded value than the value itself."""
    return statement.is_latest or bool(statement.vintage)


def _read(conditions, most, are_few=False):
    """The matching facts, fetched in small parts without a server-side cursor."""
    facts = []
    for condition in conditions:
        rows = Observation.objects.filter(condition).values_list(*_COLUMNS)
        if most is not None:
            rows = rows[: most + 1 - len(facts)]
        facts += map(_fact, rows if are_few else rows.iterator(chunk_size=ROWS_AT_ONCE))
        if most is not None and len(facts) > most:
            raise NoResultError("too_many", str(most))
    return facts


def _breaks(facts):
    """The breaks of the series that were read at more than one period."""
    periods, known = {}, set()
    for fact in facts:
        periods.setdefault((fact.indicator, fact.region), set()).add(fact.period)
        known.add(fact.pk)
    series = {pair for pair, read in periods.items() if len(read) > 1}
    indicators = sorted({indicator for indicator, _ in series})
    breaks = []
    for part in in_parts(indicators):
        broken = _IS_BREAK & models.Q(indicator__code__in=part)
        breaks += _read([broken], None, are_few=True)
    return [
        fact
        for fact in breaks
        if fact.pk not in known and (fact.indicator, fact.region) in series
    ]


def _with_former(facts):
    """The facts with their earlier versions and the time each was written."""
    since, former = {}, defaultdict(list)
    pks = sorted(fact.pk for fact in facts)
    for part in in_parts(pks):
        rows = Observation.objects.filter(pk__in=part)
        since |= dict(rows.values_list("pk", "valid_from"))
        versions = Revision.objects.filter(observation__in=part)
        for pk, *fields in versions.values_list("observation_id", *_VERSIONED):
            former[pk].append(dict(zip(_VERSIONED, fields, strict=True)))
    return [
        replace(
            fact,
            valid_from=since.get(fact.pk),
            former=tuple(replace(fact, **version) for version in former[fact.pk]),
        )
        for fact in facts
    ]


def series_of(reference: Reference) -> list[tuple[str, str, str]]:
    """What a reference reads, as (code, indicator, region); "" stands for any."""
    if reference.code:
        return [(reference.code, "", "")]
    regions = reference.regions or (reference.region,)
    return [("", reference.indicator, region) for region in regions]


def labels(name_zh, name_en, title_zh, title_en) -> tuple[tuple[str, str], ...]:
    """Region and indicator in both languages; Chinese where a translation is
    missing."""
    return (
        ("zh-hans", f"{name_zh}{title_zh}"),
        ("en", f"{name_en or name_zh}, {title_en or title_zh},"),
    )


def _collect(reference: Reference, keys, is_latest):
    for _, indicator, region in series_of(reference):
        wanted = keys[indicator, region]
        if reference.op in ("value", "across") and not is_latest:
            wanted.add(reference.period)
        else:
            wanted.add(None)


def _by_code(codes):
    for part in in_parts(codes):
        yield models.Q(code__in=part)


def _by_series(keys):
    """One condition per (indicator, region), joined up to the limit of parameters.

    An empty region means all of them; None among the periods means every period.
    """
    if not keys:
        return
    indicators, regions = _ids_by_code()
    joined, used, limit = models.Q(), 0, named_at_once()
    for (indicator, region), periods in sorted(keys.items(), key=lambda item: item[0]):
        if indicator not in indicators or (region and region not in regions):
            continue
        condition = models.Q(indicator=indicators[indicator])
        if region:
            condition &= models.Q(region=regions[region])
        if None not in periods:
            condition &= models.Q(period__in=sorted(periods))
        if used and (used + len(periods) + 2 > limit or len(joined) >= 200):
            yield joined
            joined, used = models.Q(), 0
        joined |= condition
        used += len(periods) + 2
    if used:
        yield joined


def _ids_by_code():
    """All indicators and all regions: their ids by code, in one query."""
    ids: dict[bool, dict[str, int]] = {False: {}, True: {}}
    columns = [
        model.objects.order_by().values_list(models.Value(is_region), "code", "pk")
        for model, is_region in ((Indicator, False), (Region, True))
    ]
    for is_region, code, pk in columns[0].union(columns[1], all=True):
        ids[bool(is_region)][code] = pk
    return ids[False], ids[True]


def _fact(row):
    *fields, is_published, is_public, kind, level = row[:-4]
    return Fact(
        *fields,
        is_published=is_published and is_public,
        names=labels(*row[-4:]),
        kind=kind,
        level=level,
    )
