"""Factories of test data: published, in both languages, with plain defaults."""

import datetime
import itertools
from decimal import Decimal

from django.contrib.auth import get_user_model

from cbec_site.base.dates import parse_partial_date
from cbec_site.models import Page
from datasets.models import (
    Breakdown,
    Figure,
    FigureObservation,
    Indicator,
    Observation,
    Region,
    Source,
)
from policies.models import (
    Issuer,
    PilotZone,
    Policy,
    PolicyEvent,
    PolicyIssuer,
    SavedView,
    Topic,
)
from swot.models import (
    Analysis,
    Claim,
    Correction,
    Entry,
    Event,
    Recommendation,
    Report,
)

_numbers = itertools.count(1)


def _titles(name, field="title"):
    return {f"{field}_zh_hans": f"{name}（中文）", f"{field}_en": f"{name} (English)"}


def _make(model, defaults, given):
    """Create a row with defaults; a translated field's name sets both languages."""
    values = defaults | given
    for field in list(given):
        for language in ("zh_hans", "en"):
            if f"{field}_{language}" in defaults:
                values[f"{field}_{language}"] = given[field]
        if f"{field}_en" in defaults:
            del values[field]
    return model.objects.create(**values)


def make_user(**given):
    number = next(_numbers)
    defaults = {"username": f"user{number}", "is_staff": True}
    return get_user_model().objects.create_user(**(defaults | given))


def make_page(**given):
    name = f"page-{next(_numbers)}"
    defaults = {"slug": name, "is_published": True} | _titles(name)
    return _make(Page, defaults | _titles(name, "body"), given)


def make_source(**given):
    name = f"source-{next(_numbers)}"
    defaults = {"code": name} | _titles(name) | _titles("Office", "publisher")
    return _make(Source, defaults, given)


def make_region(**given):
    number = next(_numbers)
    defaults = {"code": f"R{number}", "kind": "province"}
    return _make(Region, defaults | _titles(f"Region {number}", "name"), given)


def make_indicator(**given):
    name = f"indicator_{next(_numbers)}"
    defaults = {
        "code": name,
        "unit": "CNY_100M",
        "kind": "flow",
        "is_published": True,
    } | _titles(name)
    return _make(Indicator, defaults | _titles("What it counts", "definition"), given)


def make_observation(value="1.5", **given):
    """An observation of 2022; `value` is a text or None and gives the decimals too."""
    value = None if value is None else str(value)
    defaults = {
        "period": "2022",
        "value": None if value is None else Decimal(value),
        "decimals": len((value or "").partition(".")[2]),
        "status": "A" if value is not None else "O",
        "is_published": True,
    }
    for name, maker in (
        ("indicator", make_indicator),
        ("region", make_region),
        ("source", make_source),
    ):
        if name not in given:
            defaults[name] = maker()
    defaults["unit"] = (given.get("indicator") or defaults.get("indicator")).unit
    return Observation.objects.create(**(defaults | given))


def make_breakdown(**given):
    name = f"part {next(_numbers)}"
    return _make(Breakdown, {"code": name} | _titles(name), given)


def make_figure(observations=(), role="paper", **given):
    number = next(_numbers)
    defaults = {
        "number": f"F{number}",
        "slug": f"figure-{number}",
        "chart_type": "columns",
        "is_published": True,
    } | _titles(f"Figure {number}")
    figure = _make(Figure, defaults, given)
    for position, observation in enumerate(observations):
        FigureObservation.objects.create(
            figure=figure, observation=observation, role=role, position=position
        )
    return figure


def make_issuer(**given):
    name = f"issuer-{next(_numbers)}"
    return _make(Issuer, {"code": name} | _titles(name, "name"), given)


def make_topic(**given):
    name = f"topic-{next(_numbers)}"
    return _make(Topic, {"code": name} | _titles(name, "name"), given)


def make_policy(issuers=(), topics=(), **given):
    number = next(_numbers)
    defaults = {
        "code": f"P{number:03}",
        "level": "provincial",
        "published_on": datetime.date(2022, 3, 1),
        "published_precision": "month",
        "no_source_reason": "" if "source_url" in given else "Made for a test.",
        "is_published": True,
    } | _titles(f"Policy {number}")
    status = given.pop("status", "in_force")
    policy = _make(Policy, defaults | _titles("What it does", "summary"), given)
    stated_on = policy.published_on or datetime.date(2022, 3, 1)
    make_policy_event(policy, "stated", stated_on, stated=status)
    for position, issuer in enumerate(issuers):
        PolicyIssuer.objects.create(policy=policy, issuer=issuer, position=position)
    policy.topics.set(topics)
    return policy


def make_saved_view(**given):
    defaults = {
        "code": f"view-{next(_numbers)}",
        "query": "in_table_1=1",
        "is_published": True,
    } | _titles("View")
    return SavedView.objects.create(**(defaults | given))


def make_policy_event(policy, kind, happened_on, **given):
    """An event; `happened_on` is a date, or a text such as "2021-03"."""
    if isinstance(happened_on, str):
        day, given["happened_precision"] = parse_partial_date(happened_on)
    else:
        day = happened_on
    return PolicyEvent.objects.create(
        policy=policy, kind=kind, happened_on=day, **given
    )


def make_zone(**given):
    defaults = {
        "code": f"zone-{next(_numbers)}",
        "batch": 3,
        "approved_on": datetime.date(2018, 7, 1),
        "approved_precision": "month",
        "is_published": True,
    }
    if "region" not in given:
        defaults["region"] = make_region()
    return PilotZone.objects.create(**(defaults | given))


def make_analysis(**given):
    name = f"analysis-{next(_numbers)}"
    defaults = {
        "slug": name,
        "year": 2024,
        "doi": "10.1234/example",
        "is_published": True,
    } | _titles(name)
    for field in ("abstract", "author", "journal", "references"):
        defaults |= _titles(f"The {field}", field)
    if "region" not in given:
        defaults["region"] = make_region()
    return _make(Analysis, defaults, given)


def make_claim(observations=(), **given):
    number = next(_numbers)
    defaults = {
        "code": f"C{number:02}",
        "location": "Sec. 1",
        "verdict": "yes",
        "kind": "arithmetic",
        "is_published": True,
    } | _titles(f"Claim {number}", "statement")
    claim = _make(Claim, defaults, given)
    if observations:
        claim.observations.set(observations)
    return claim


def make_event(**given):
    name = f"E{next(_numbers):02}"
    defaults = {
        "code": name,
        "happened_on": datetime.date(2018, 1, 1),
        "happened_precision": "year",
        "is_published": True,
    } | _titles(name)
    return _make(Event, defaults, given)


def make_report(**given):
    defaults = {"about_kind": "other", "language": "en", "text": "A number is wrong."}
    return Report.objects.create(**(defaults | given))


def make_correction(claims=(), **given):
    name = f"correction-{next(_numbers)}"
    defaults = {
        "corrected_on": datetime.date(2026, 3, 1),
        "is_published": True,
    } | _titles(name)
    for field in ("old_value", "new_value", "reason"):
        defaults |= _titles(f"The {field}", field)
    correction = _make(Correction, defaults, given)
    correction.claims.set(claims)
    return correction


def make_entry(**given):
    quadrant = given.get("quadrant", "S")
    return _part(Entry, {"quadrant": quadrant}, quadrant, given)


def make_recommendation(**given):
    return _part(Recommendation, {}, "R", given)


def _part(model, defaults, letter, given):
    """An entry or recommendation; lists of related objects may be given by name."""
    number = next(_numbers)
    defaults |= {"code": f"{letter}{number}", "is_published": True}
    defaults |= _titles(f"{letter}{number}") | _titles("The body.", "body")
    if "analysis" not in given:
        defaults["analysis"] = make_analysis()
    many = {field.name for field in model._meta.many_to_many}
    part = _make(
        model, defaults, {k: value for k, value in given.items() if k not in many}
    )
    for name in many & given.keys():
        getattr(part, name).set(given[name])
    return part
