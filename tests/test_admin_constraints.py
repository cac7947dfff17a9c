"""Each violated rule about data is reported at the field to correct."""

import pytest
from django.urls import reverse

from policies.models import PolicyRelation, ProposedFact
from tests.factories import (
    make_analysis,
    make_claim,
    make_correction,
    make_entry,
    make_event,
    make_figure,
    make_issuer,
    make_observation,
    make_policy,
    make_policy_event,
    make_recommendation,
    make_user,
)
from tests.rows import MAKERS, code_fields
from tests.test_constraints import BROKEN, find, stated_constraints
from tests.undrawn import context_of, undrawn

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]

OTHER = {"code": "P-other"}
# What is sent instead of a valid row's values, and the field with the error.
FORMS = {
    "datasets_observation_unique_key": (make_observation, {}, "period"),
    "datasets_observation_unique_code": (
        lambda: make_observation(code="taken"),
        {"period": "1999"},
        "code",
    ),
    "datasets_observation_value_unless_missing": (
        make_observation,
        {"period": "1999", "value": ""},
        "value",
    ),
    "datasets_observation_decimals_stored": (
        make_observation,
        {"period": "1999", "decimals": "7"},
        "decimals",
    ),
    "datasets_observation_code_is_no_number": (
        make_observation,
        {"period": "1999", "code": "2023"},
        "code",
    ),
    "policies_policy_has_source": (
        make_policy,
        OTHER | {"no_source_reason": ""},
        "no_source_reason",
    ),
    "policies_policy_official_address": (
        make_policy,
        OTHER | {"source_url": "https://example.org/"},
        "source_url",
    ),
    "policies_proposedfact_once": (
        lambda: ProposedFact.objects.create(
            policy=make_policy(), field="summary_en", value="Text"
        ),
        {},
        "field",
    ),
    "policies_policy_code_not_reserved": (make_policy, {"code": "feed"}, "code"),
    "swot_claim_code_not_reserved": (make_claim, {"code": "feed"}, "code"),
    "swot_claim_range_is_between": (
        make_claim,
        OTHER | {"comparison": "between", "stated_low": "3", "stated_high": "2"},
        "comparison",
    ),
    "swot_claim_decimals_stored": (
        make_claim,
        OTHER | {"stated_decimals": "7"},
        "stated_decimals",
    ),
    "swot_claim_finding_or_expression": (
        make_claim,
        OTHER | {"finding": "date", "expression": '{"op": "const", "value": "1"}'},
        "finding",
    ),
    "swot_claim_arithmetic_contradicts": (
        make_claim,
        OTHER | {"finding": "scope", "verdict": "no"},
        "verdict",
    ),
    "swot_claim_finding_of_an_editor": (
        make_claim,
        OTHER | {"verdict": "label"},
        "finding",
    ),
    "swot_entry_unique_code": (make_entry, {}, "code"),
    "swot_entry_code_names_quadrant": (
        make_entry,
        {"code": "S99", "quadrant": "W"},
        "code",
    ),
    "swot_recommendation_unique_code": (make_recommendation, {}, "code"),
    "swot_correction_one_subject": (
        make_correction,
        lambda: {"claim": make_claim().pk, "policy": make_policy().pk},
        "observation",
    ),
} | {
    f"{model._meta.app_label}_{model._meta.model_name}_{name}_in_addresses": (
        MAKERS[model._meta.model_name],
        {name: "a b"},
        name,
    )
    for model, name in code_fields()
}


def evidence(kind, make):
    """A second piece of evidence that names the same as the first."""

    def rows():
        entry, target = make_entry(), make()
        entry.evidence.create(**{kind: target})
        return entry, {kind: target.pk, "role": "supports"}

    return rows, kind


def second_point():
    value = make_observation()
    figure = make_figure([value])
    return figure, {"observation": value.pk, "role": "paper", "position": 1}


def second_figure():
    analysis, figure = make_analysis(), make_figure()
    analysis.figure_links.create(figure=figure)
    return analysis, {"figure": figure.pk, "position": 1}


def second_issuer():
    issuer = make_issuer()
    return make_policy([issuer]), {"issuer": issuer.pk, "position": 1}


def event(answering, *, repeated=False, stated="", with_act=False):
    """An event that breaks one rule, and the field with the error."""

    def rows():
        policy = make_policy()
        if repeated:
            make_policy_event(policy, "repealed", "2024-01-01")
        values = {
            "kind": "repealed",
            "happened_on": "2024-01-01",
            "happened_precision": "day",
            "stated": stated,
            "confidence": "editor",
        }
        if with_act:
            values |= {"act": make_policy().pk, "act_name": "No. 5"}
        return policy, values

    return rows, answering


def relation(
    answering, *, repeated=False, is_outside=False, is_double=False, itself=False
):
    """A relation that breaks one rule, and the field with the error."""

    def rows():
        policy = make_policy()
        other = policy if itself else make_policy()
        values = {"kind": "implements", "confidence": "editor"}
        if not is_outside:
            values["other"] = other.pk
        if is_outside or is_double:
            values["other_name"] = "No. 5"
        if repeated:
            PolicyRelation.objects.create(
                policy=policy,
                kind="implements",
                other=None if is_outside else other,
                other_name="No. 5" if is_outside else "",
            )
        return policy, values

    return rows, answering


def attachment(url):
    """A file whose address is taken, or not that of an authority."""

    def rows():
        policy = make_policy()
        file = {"title_zh_hans": "附件", "url": "https://www.gov.cn/a"}
        policy.attachments.create(**file)
        return policy, file | {"role": "annex", "position": 1, "url": url}

    return rows, "url"


# A row of an inline, and the field with the error.
INLINES = {
    "datasets_figureobservation_once": (second_point, "observation"),
    "swot_analysisfigure_once": (second_figure, "figure"),
    "policies_policyissuer_once": (second_issuer, "issuer"),
    "policies_policyattachment_once": attachment("https://www.gov.cn/a"),
    "policies_policyattachment_official": attachment("https://example.org/"),
    "policies_policyrelation_once": relation("other", repeated=True),
    "policies_policyrelation_name_once": relation(
        "other_name", repeated=True, is_outside=True
    ),
    "policies_policyrelation_one_act": relation("other_name", is_double=True),
    "policies_policyrelation_not_itself": relation("other", itself=True),
    "policies_policyevent_once": event("happened_on", repeated=True),
    "policies_policyevent_stated": event("stated", stated="expired"),
    "policies_policyevent_one_act": event("act_name", with_act=True),
    "swot_evidence_one_target": (
        lambda: (make_entry(), {"role": "supports"}),
        "observation",
    ),
    "swot_evidence_observation_once": evidence("observation", make_observation),
    "swot_evidence_figure_once": evidence("figure", make_figure),
    "swot_evidence_policy_once": evidence("policy", make_policy),
    "swot_evidence_claim_once": evidence("claim", make_claim),
    "swot_evidence_event_once": evidence("event", make_event),
}
# No form can break these: they are about what only the site itself writes.
WRITTEN_BY_THE_SITE = {
    "datasets_namemapping_once",
    "datasets_revision_ordered",
    "policies_forceperiod_in_order",
    "policies_forceperiod_once",
    "policies_policychange_once",
    "policies_policyevent_latest",
    # A date and its precision are one field of the form.
    "policies_policy_written_precision",
    "policies_policy_published_precision",
    "policies_pilotzone_ended_precision",
    "policies_policychange_says_something",
    "swot_claim_interval_ordered",
    "swot_quadrantmove_differs",
    "swot_report_answered_has_moment",
    "swot_verdictchange_differs",
}


@pytest.fixture
def editor(client):
    client.cookies["django_language"] = "en"
    client.force_login(make_user(is_superuser=True))
    return client


def address(item, name, *args):
    meta = item._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=args)


def values_of(form):
    """What a browser sends for a form without changes."""
    found = {}
    for name in form.fields:
        value = form[name].value()
        if value is not None and value is not False:
            found[form.add_prefix(name)] = value
    return found


def page_values(editor, item):
    """(values, formsets) of the page on which a row is changed."""
    context = context_of(editor, address(item, "change", item.pk))
    values = values_of(context["adminform"].form)
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    for formset in formsets:
        for form in (formset.management_form, *formset.initial_forms):
            values |= values_of(form)
    return values, formsets


def test_every_rule_is_tried_here():
    names = {constraint.name for _model, constraint in stated_constraints()}
    names = {name for name in names if not name.endswith("_published_has_moment")}

    assert names == FORMS.keys() | INLINES.keys() | WRITTEN_BY_THE_SITE
    assert names == BROKEN.keys()


@pytest.mark.parametrize("name", FORMS)
def test_form_of_a_new_row_reports_at_the_field(editor, name):
    make, changes, field = FORMS[name]
    item = make()
    values, formsets = page_values(editor, item)
    for formset in formsets:
        for count in ("TOTAL_FORMS", "INITIAL_FORMS"):
            values[f"{formset.prefix}-{count}"] = 0
    values |= {"seen_version": ""} | (changes() if callable(changes) else changes)

    with undrawn():
        response = editor.post(address(item, "add"), values)

    assert response.status_code == 200
    assert words_of(name) in response.context_data["adminform"].form.errors[field]
    assert type(item).objects.filter(pk__gt=item.pk).count() == 0


# A uniqueness rule needs a second row; an entry that changes its quadrant is moved.
STORED = [name for name in FORMS if "_unique_" not in name]
STORED.remove("policies_proposedfact_once")
STORED.remove("swot_entry_code_names_quadrant")


@pytest.mark.parametrize("name", STORED)
def test_form_of_a_stored_row_reports_at_the_field(editor, name):
    make, changes, field = FORMS[name]
    item = make()
    values, _formsets = page_values(editor, item)
    values |= changes() if callable(changes) else changes

    with undrawn():
        response = editor.post(address(item, "change", item.pk), values)

    assert response.status_code == 200
    assert words_of(name) in response.context_data["adminform"].form.errors[field]


@pytest.mark.parametrize("name", INLINES)
def test_row_of_an_inline_reports_at_the_field(editor, name):
    rows, field = INLINES[name]
    item, row = rows()
    values, formsets = page_values(editor, item)
    model, _constraint = found(name)
    (formset,) = (formset for formset in formsets if formset.model is model)
    count = len(formset.initial_forms)
    values[f"{formset.prefix}-TOTAL_FORMS"] = count + 1
    values |= {f"{formset.prefix}-{count}-{key}": value for key, value in row.items()}

    with undrawn():
        response = editor.post(address(item, "change", item.pk), values)

    assert response.status_code == 200
    (formset,) = (
        inline.formset
        for inline in response.context_data["inline_admin_formsets"]
        if inline.formset.model is model
    )
    assert words_of(name) in formset.forms[-1].errors[field]


def found(name):
    return next(pair for pair in stated_constraints() if pair[1].name == name)


def words_of(name):
    return str(find(name).violation_error_message)


def test_an_incomplete_move_and_a_wrong_code_are_reported_together(editor):
    entry = make_entry(code="S6", quadrant="S")
    values, _formsets = page_values(editor, entry)

    response = editor.post(
        address(entry, "change", entry.pk), values | {"quadrant": "W", "code": "W6"}
    )

    assert response.context["adminform"].form.errors.keys() == {
        "moved_on",
        "move_reason_zh_hans",
        "code",
    }
    entry.refresh_from_db()
    assert (entry.code, entry.quadrant) == ("S6", "S")
