"""The shipped study is loaded completely and once, and never overwrites editors'
work."""

import pytest
from django.core.management import call_command

from cbec_site.loading import load_study
from cbec_site.loading.update import update_study
from cbec_site.models import Page
from datasets.models import Figure, ImportBatch, Indicator, Observation
from policies.models import PilotZone, Policy
from swot.checking.formulas import parse_formula
from swot.models import Analysis, Claim, Entry, Event, Evidence, Recommendation

pytestmark = pytest.mark.django_db

CONTRADICTED = "C24 C25 C26 C28 C36".split()
IMPRECISE = "C32 C33 C39 C40 C56".split()
LABELS = "C34 C35 C37 C38".split()
ROUNDING = "C02 C03 C17 C49 C51".split()
SUPERSEDED = "C04 C18 C21 C44 C46".split()
HALF_YEAR = "cbec_trade_total cbec_trade_growth cbec_exports cbec_export_growth".split()
HALF_YEAR += ["cbec_imports", "cbec_import_growth"]
NOT_TESTABLE = "C41 C42 C48 C52 C54 C55".split()


@pytest.fixture(autouse=True)
def loaded(study):
    """Every test here looks at the shipped study."""


def codes(queryset):
    return list(queryset.order_by("code").values_list("code", flat=True))


def test_everything_is_there():
    counts = {
        model.__name__: model.objects.count()
        for model in (Observation, Claim, Policy, PilotZone, Event, Figure, Page)
    }

    assert counts == {
        "Observation": 328,
        "Claim": 56,
        "Policy": 60,
        "PilotZone": 181,
        "Event": 12,
        "Figure": 5,
        "Page": 2,
    }
    assert codes(Entry.objects) == "O1 O2 S1 S2 S3 S4 T1 T2 W1 W2 W3 W4".split()
    assert codes(Recommendation.objects) == ["R1", "R2", "R3", "R4"]


def test_both_languages_are_filled():
    analysis = Analysis.objects.get()

    for model in (Indicator, Claim, Policy, Entry, Recommendation, Event):
        for language in ("zh_hans", "en"):
            name = "statement" if model is Claim else "title"
            assert not model.objects.filter(**{f"{name}_{language}": ""}).exists()
    assert analysis.abstract_zh_hans.startswith("本站")
    assert analysis.abstract_en.startswith("This site")


def test_second_load_changes_nothing():
    observations = Observation.objects.count()
    batches = ImportBatch.objects.count()
    history = Entry.history.count() + Policy.history.count() + Claim.history.count()

    assert load_study() == {}

    assert Observation.objects.count() == observations
    assert ImportBatch.objects.count() == batches
    now = Entry.history.count() + Policy.history.count() + Claim.history.count()
    assert now == history


def test_update_leaves_a_site_as_shipped_alone():
    assert update_study().is_empty


def test_no_public_value_is_without_an_address():
    lost = Observation.objects.published().filter(source__url="")

    assert not lost.exists()


def test_load_leaves_what_editors_did():
    Policy.objects.filter(code="P01").update(title_en="Edited")
    Analysis.objects.get().delete()
    Event.objects.get(code="E12").delete()

    call_command("load_study", verbosity=0)

    assert Policy.objects.get(code="P01").title_en == "Edited"
    assert not Event.objects.filter(code="E12").exists()
    assert not Analysis.objects.exists()


def test_facts_quoted_from_memory_wait_for_an_editor():
    newer = Observation.objects.filter(is_published=False, code__startswith="up_")
    drafts = Observation.objects.filter(is_published=False).exclude(pk__in=newer)

    assert set(drafts) == set(
        Observation.objects.filter(provenance__startswith="general knowledge")
    )
    assert drafts.count() == 10
    # Values of these sources were seen in copies that have no address.
    nowhere = newer.exclude(region__code__in=("100000", "520000"))
    assert nowhere.filter(provenance__startswith="seen: ").count() == 17
    assert nowhere.count() == 17
    # Other values of the same period contradict these, or their page has an error.
    newer = newer.exclude(pk__in=nowhere)
    assert set(newer.values_list("indicator__code", "region__code", "period")) == {
        *((name, "100000", "2025-S1") for name in HALF_YEAR),
        ("goods_trade_total", "520000", "2020"),
        *(("gdp", "520000", year) for year in ("2020", "2021", "2022")),
    }
    assert PilotZone.objects.filter(is_published=False).count() == 10
    study = Policy.objects.filter(is_number_confirmed=True, code__startswith="P")
    assert codes(study) == "P02 P03 P04 P07 P09 P10 P11 P12 P18 P19".split()
    assert codes(Policy.objects.to_confirm()) == (
        "N15 N16 N22 N23 N25 N29 N30 N33 N37 N38 N39 N40".split()
    )


def test_editions_of_the_national_totals_stay_apart():
    totals = Observation.objects.filter(
        indicator__code="cbec_trade_total", region__code="100000", period="2022"
    )

    assert set(totals.values_list("code", "source__code", "vintage")) == {
        ("cn_cbec_2022", "paper-text", ""),
        ("of_cn_cbec_2022", "gacc", "revised"),
        ("of_cn_cbec_2022_p", "gacc", "first release"),
    }


def test_verdicts_are_those_of_the_study():
    others = [*CONTRADICTED, *IMPRECISE, *LABELS, *ROUNDING, *NOT_TESTABLE]
    others += SUPERSEDED

    assert codes(Claim.objects.filter(verdict="no")) == CONTRADICTED
    assert codes(Claim.objects.filter(verdict="imprecise")) == IMPRECISE
    assert codes(Claim.objects.filter(verdict="label")) == LABELS
    assert codes(Claim.objects.filter(verdict="rounding")) == ROUNDING
    assert codes(Claim.objects.filter(verdict="superseded")) == SUPERSEDED
    assert codes(Claim.objects.filter(verdict="n/a")) == NOT_TESTABLE
    assert Claim.objects.filter(verdict="yes").exclude(code__in=others).count() == 26


def test_claim_that_does_not_hold_supports_no_entry():
    """Each of the links was decided by itself, and says why."""
    links = Evidence.objects.filter(claim__in=codes_of(CONTRADICTED, IMPRECISE, LABELS))

    assert links.count() == 15
    assert set(links.values_list("role", flat=True)) == {"context", "weakens"}
    assert not links.filter(note_en="").exists()
    assert not links.filter(note_zh_hans="").exists()
    others = Evidence.objects.exclude(pk__in=links)
    assert set(others.values_list("role", flat=True)) == {"supports"}


def test_consequences_tell_a_wrong_number_from_a_cut_digit():
    found = dict(
        Claim.objects.exclude(consequence="").values_list("code", "consequence")
    )

    assert found == {
        "C24": "number",
        "C26": "rounding",
        "C28": "rounding",
        "C36": "number",
    }


def codes_of(*groups):
    return Claim.objects.filter(code__in=[code for group in groups for code in group])


def test_formulas_name_observations_that_exist():
    units = dict(Observation.objects.values_list("code", "unit"))

    for claim in Claim.objects.exclude(formula=""):
        parse_formula(claim.formula, units, claim.stated_unit)


def test_figure_points_keep_their_roles():
    figure = Figure.objects.get(number="F5")

    assert figure.points.filter(role="paper").count() == 5
    assert figure.points.filter(role="official").count() == 15
