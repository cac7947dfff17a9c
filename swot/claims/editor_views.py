"""Read-only JSON for the claim editor while someone writes."""

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cbec_site.base.search_text import all_words_match
from datasets.models import Breakdown, Indicator, Observation, Region, Source
from datasets.units import format_value
from swot.models.claims import Claim

from .forms import LookForm
from .live_check import describe_outcome, outcome_of

MOST_BYTES = 64_000
MOST_TEXT = 120
MOST_FOUND = 20


def _demand_editor(request):
    user = request.user
    if not (user.has_perm("swot.change_claim") or user.has_perm("swot.add_claim")):
        raise PermissionDenied


@require_POST
def look(request):
    """The verdict that the posted form would get; `errors` says what is wrong, by
    field.

    Nothing is saved. Answers 413 to a form larger than any claim needs.
    """
    _demand_editor(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return JsonResponse({"message": _("The expression is too long.")}, status=413)
    form = LookForm(request.POST, instance=Claim())
    form.is_valid()
    claim = form.instance
    answer = {"errors": form.errors, "expression": claim.expression, "outcome": None}
    # A claim that lacks only its number is computed anyway.
    is_sound = form.errors.keys() <= {"stated_low", NON_FIELD_ERRORS}
    if is_sound and claim.is_computed and not claim.finding:
        answer["outcome"] = describe_outcome(outcome_of(claim.as_statement))
    return JsonResponse(answer)


@require_GET
def lookup(request):
    """At most twenty choices for a field of a reference: stored value and name.

    `field` names it, `q` is what was typed, indicator and region narrow it.
    """
    _demand_editor(request)
    given = {
        name: request.GET.get(name, "").strip()[:MOST_TEXT]
        for name in ("field", "q", "indicator", "region")
    }
    if any(not text.isprintable() for text in given.values()):
        return JsonResponse({"choices": []})
    find = _FINDERS.get(given["field"])
    if find is None:
        text = _("There is nothing to choose for “%(field)s”.")
        return JsonResponse({"message": text % {"field": given["field"]}}, status=400)
    return JsonResponse({"choices": list(find(given))})


def _indicators(given):
    names = ("code", "title_zh_hans", "title_en")
    rows = Indicator.objects.filter(all_words_match(given["q"], names)).order_by("code")
    return _pairs(rows.values_list(*names)[:MOST_FOUND])


def _regions(given):
    names = ("code", "name_zh_hans", "name_en")
    rows = Region.objects.filter(all_words_match(given["q"], names)).order_by("code")
    if given["indicator"]:
        observations = Observation.objects.filter(indicator__code=given["indicator"])
        rows = rows.filter(pk__in=observations.values("region"))
    return _pairs(rows.values_list(*names)[:MOST_FOUND])


def _sources(given):
    names = ("code", "title_zh_hans", "title_en")
    rows = Source.objects.filter(all_words_match(given["q"], names)).order_by("code")
    if given["indicator"]:
        rows = rows.filter(pk__in=_series(given).values("source"))
    return _pairs(rows.values_list(*names)[:MOST_FOUND])


def _observations(given):
    names = (
        "code",
        "period",
        "indicator__title_zh_hans",
        "indicator__title_en",
        "region__name_zh_hans",
        "region__name_en",
    )
    rows = Observation.objects.with_code().filter(all_words_match(given["q"], names))
    for row in rows.select_related("indicator", "region").order_by("code")[:MOST_FOUND]:
        label = f"{row.region.name_zh_hans} {row.indicator.title_zh_hans} {row.period}"
        value = format_value(row.value, row.unit, row.decimals, "zh-hans")
        yield [row.code, f"{label} = {value} / {row.indicator.title_en or ''}"]


def _periods(given):
    rows = _series(given).filter(period__startswith=given["q"]).exclude(period="")
    periods = rows.values_list("period", flat=True).distinct().order_by("-period")
    return [[period, ""] for period in periods[:MOST_FOUND]]


def _breakdowns(given):
    rows = _series(given).filter(breakdown__icontains=given["q"]).exclude(breakdown="")
    breakdowns = (
        rows.values_list("breakdown", flat=True).distinct().order_by("breakdown")
    )
    codes = list(breakdowns[:MOST_FOUND])
    named = {row.code: row for row in Breakdown.objects.filter(code__in=codes)}
    for code in codes:
        row = named.get(code)
        yield [code, f"{row.title_zh_hans} / {row.title_en}" if row else ""]


def _vintages(given):
    rows = _series(given).filter(vintage__icontains=given["q"]).exclude(vintage="")
    vintages = rows.values_list("vintage", flat=True).distinct().order_by("vintage")
    return [[vintage, ""] for vintage in vintages[:MOST_FOUND]]


def _series(given):
    rows = Observation.objects.filter(indicator__code=given["indicator"])
    if given["region"]:
        rows = rows.filter(region__code=given["region"])
    return rows


def _pairs(rows):
    """A name in both languages, so that either can be typed to find it."""
    return [[code, " / ".join(filter(None, names))] for code, *names in rows]


_FINDERS = {
    "code": _observations,
    "indicator": _indicators,
    "region": _regions,
    "regions": _regions,
    "within": _regions,
    "period": _periods,
    "from": _periods,
    "to": _periods,
    "breakdown": _breakdowns,
    "vintage": _vintages,
    "source": _sources,
}
