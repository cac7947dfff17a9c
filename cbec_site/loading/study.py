"""The analysis with its entries and recommendations; the order of the whole load."""

from django.db import transaction

from cbec_site.base.dates import parse_partial_date
from cbec_site.base.search_index.writing import indexed_at_the_end
from cbec_site.shipped_reasons import STATED_SO
from datasets.models import Figure, Observation, Region
from policies.models import Policy
from swot.models import (
    Analysis,
    AnalysisFigure,
    Claim,
    Entry,
    Event,
    Evidence,
    Recommendation,
)
from swot.texts.flagged import newly_flagged

from .claims import load_claims
from .data import load_data
from .files import items, sections, table, translated
from .library import load_library

SLUG = "guizhou-cbec-2024"
TITLES = {
    "title_zh_hans": "贵州跨境电商发展的SWOT分析",
    "title_en": "A SWOT analysis of cross-border e-commerce in Guizhou",
    "author_zh_hans": "万云峰",
    "author_en": "Wan Yunfeng",
    "journal_zh_hans": "电子商务评论",
    "journal_en": "E-Commerce Letters",
}


def load_study() -> dict[str, int]:
    """Load the shipped study completely or not at all; returns the number of rows by
    kind.

    Empty when it was loaded before, even where editors have changed or deleted parts of
    it since: their work is never overwritten, nothing they removed comes back.
    """
    if Analysis.history.filter(slug=SLUG).exists():
        return {}
    with transaction.atomic(), indexed_at_the_end():
        return load_data() | load_library() | load_claims() | _load_analysis()


def _load_analysis():
    texts = sections()
    analysis = Analysis.objects.create(
        slug=SLUG,
        region=Region.objects.get(code="520000"),
        year=2024,
        volume="13",
        issue="3",
        pages="7510",
        doi="10.12677/ecl.2024.133922",
        is_published=True,
        **TITLES,
        **_texts(texts["Abstract"], "abstract"),
        **_texts(texts["Keywords"], "keywords"),
        **_texts(texts["References"], "references"),
    )
    AnalysisFigure.objects.bulk_create(
        AnalysisFigure(analysis=analysis, figure=figure, position=position)
        for position, figure in enumerate(Figure.objects.order_by("number"))
    )
    events = _load_events()
    parts = {code: part for code, part in texts.items() if "title_zh" in part}
    known = {
        "observations": _by_code(Observation),
        "policies": _by_code(Policy),
        "claims": _by_code(Claim),
        "events": _by_code(Event),
    }
    entries = {}
    for code, part in parts.items():
        if not code.startswith("R"):
            entries[code] = _load_part(Entry, analysis, code, part, known)
    _set_roles(entries)
    advice = [code for code in parts if code.startswith("R")]
    for code in advice:
        made = _load_part(Recommendation, analysis, code, parts[code], known)
        made.answers.set(entries[name] for name in items(parts[code]["answers"]))
    return {
        "events": events,
        "entries": len(entries),
        "recommendations": len(advice),
        "analyses": 1,
    }


def _texts(section, field):
    return {f"{field}_zh_hans": section["zh"], f"{field}_en": section["en"]}


def _by_code(model):
    return {row.code: row for row in model.objects.exclude(code="")}


def _load_part(model, analysis, code, part, known):
    """An entry or recommendation with what it rests on."""
    quadrant = {"quadrant": code[0]} if model is Entry else {}
    made = model(
        analysis=analysis,
        code=code,
        is_published=True,
        **quadrant,
        **translated(part, "title"),
        **_texts(part, "body"),
    )
    if newly_flagged(made):
        made._change_reason = STATED_SO
    made.save()
    # What the study names for an entry supports it.
    role = {"role": Evidence.Role.SUPPORTS} if model is Entry else {}
    for name, rows in known.items():
        if name in part and hasattr(made, name):
            named = [rows[key] for key in items(part[name])]
            getattr(made, name).set(named, through_defaults=role)
    return made


def _set_roles(entries):
    """Links that were decided one by one: those to claims that do not hold."""
    for row in table("swot", "evidence_roles"):
        link = entries[row["entry"]].evidence.get(claim__code=row["claim"])
        link.role = Evidence.Role(row["role"])
        link.note_zh_hans, link.note_en = row["note_zh"], row["note_en"]
        link.save()


def _load_events():
    rows = table("swot", "events")
    regions = {region.code: region for region in Region.objects.all()} | {"": None}
    for row in rows:
        happened, precision = parse_partial_date(row["date"])
        Event.objects.create(
            code=row["code"],
            happened_on=happened,
            happened_precision=precision,
            region=regions[row["region"]],
            paper_location=row["paper_location"],
            verification=row["verification"],
            is_published=True,
            **translated(row, "title"),
        )
    return len(rows)
