"""Every rule about data: the form explains it, the database enforces it."""

import datetime
from functools import partial

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cbec_site.base.dates import parse_partial_date
from cbec_site.base.publishing import Publishable
from cbec_site.models import Page
from datasets.models import FigureObservation, NameMapping, Observation, Revision
from policies.models import (
    ForcePeriod,
    Policy,
    PolicyAttachment,
    PolicyBatch,
    PolicyChange,
    PolicyEvent,
    PolicyIssuer,
    PolicyRelation,
    ProposedFact,
)
from swot.models import (
    Claim,
    Correction,
    Entry,
    Evidence,
    QuadrantMove,
    Recommendation,
    Report,
    VerdictChange,
)
from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_event,
    make_figure,
    make_issuer,
    make_observation,
    make_policy,
    make_policy_event,
    make_recommendation,
    make_zone,
)
from tests.rows import APPS, code_fields, copy_of, unsaved

pytestmark = [
    pytest.mark.whole,
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]

LATER, EARLIER = timezone.now(), timezone.now() - datetime.timedelta(days=1)


def period():
    """The first period of force of an act."""
    return ForcePeriod.objects.filter(policy_key=make_policy().pk).first()


def observation(**changes):
    return copy_of(make_observation(), **changes)


def policy_change(save=True, **changes):
    batch = PolicyBatch.objects.create(file_name="policies.csv", sha256="0" * 64)
    fields = {"batch": batch, "code": "P1", "after": {"code": "P1"}} | changes
    change = PolicyChange(**fields)
    if save:
        change.save()
    return change


def event_of(kind, day, *, repeated=False, **changes):
    policy = make_policy()
    if repeated:
        make_policy_event(policy, kind, day)
    day, precision = parse_partial_date(day)
    values = {"happened_on": day, "happened_precision": precision} | changes
    return PolicyEvent(policy=policy, kind=kind, latest_on=day, **values)


def relation_of(*, repeated=False, itself=False, **changes):
    policy = make_policy()
    if itself:
        changes["other"] = policy
    relation = PolicyRelation(policy=policy, kind="implements", **changes)
    if repeated:
        copy_of(relation).save()
    return relation


def policy(**changes):
    return copy_of(make_policy(), **({"code": "P-other"} | changes))


def attachment(*, save=True, **changes):
    fields = {"title_zh_hans": "附件", "url": "https://www.gov.cn/a"} | changes
    made = PolicyAttachment(policy=make_policy(), **fields)
    if save:
        made.save()
    return made


def claim(**changes):
    return copy_of(make_claim(), **({"code": "C-other"} | changes))


def repeated_evidence(name, target):
    entry = make_entry()
    return copy_of(Evidence.objects.create(entry=entry, **{name: target}))


# What breaks each rule that a model declares.
BROKEN = {
    "datasets_namemapping_once": lambda: copy_of(
        NameMapping.objects.create(batches="b", role="region", name="州", code="R0")
    ),
    "datasets_figureobservation_once": lambda: copy_of(
        make_figure([make_observation()]).points.get()
    ),
    "datasets_observation_unique_key": lambda: observation(),
    "datasets_observation_unique_code": lambda: copy_of(
        make_observation(code="taken"), period="2023"
    ),
    "datasets_observation_code_is_no_number": lambda: observation(
        code="2023", period="2023"
    ),
    "datasets_observation_value_unless_missing": lambda: observation(
        period="2023", value=None, status="A"
    ),
    "datasets_observation_decimals_stored": lambda: observation(
        period="2023", decimals=7
    ),
    "datasets_revision_ordered": lambda: Revision(
        observation=make_observation(),
        valid_from=LATER,
        valid_to=EARLIER,
        decimals=0,
        status="O",
        unit="COUNT",
    ),
    "policies_policy_written_precision": lambda: policy(
        written_on=datetime.date(2022, 1, 1), written_precision=""
    ),
    "policies_policy_published_precision": lambda: policy(published_on=None),
    "policies_policy_has_source": lambda: policy(no_source_reason=""),
    "policies_policy_official_address": lambda: policy(
        source_url="https://example.org/"
    ),
    "policies_policyattachment_once": lambda: copy_of(attachment()),
    "policies_policyattachment_official": lambda: attachment(
        url="https://example.org/", save=False
    ),
    "policies_policy_code_not_reserved": lambda: policy(code="feed"),
    "policies_policychange_once": lambda: copy_of(policy_change()),
    "policies_policychange_says_something": lambda: policy_change(after=None, save=0),
    "policies_policyissuer_once": lambda: copy_of(
        make_policy([make_issuer()]).policyissuer_set.get()
    ),
    "policies_pilotzone_ended_precision": lambda: copy_of(
        make_zone(), code="other", ended_on=datetime.date(2025, 4, 25)
    ),
    "policies_policyrelation_once": lambda: relation_of(
        other=make_policy(), repeated=True
    ),
    "policies_policyrelation_name_once": lambda: relation_of(
        other_name="No. 5", repeated=True
    ),
    "policies_policyrelation_one_act": lambda: relation_of(),
    "policies_policyrelation_not_itself": lambda: relation_of(itself=True),
    "policies_proposedfact_once": lambda: copy_of(
        ProposedFact.objects.create(
            policy=make_policy(), field="summary_en", value="Text"
        )
    ),
    "policies_forceperiod_once": lambda: copy_of(period(), last_on=LATER),
    "policies_forceperiod_in_order": lambda: copy_of(
        period(), first_on=LATER, last_on=EARLIER
    ),
    "policies_policyevent_once": lambda: event_of("repealed", "2024", repeated=True),
    "policies_policyevent_stated": lambda: event_of(
        "repealed", "2024", stated="expired"
    ),
    "policies_policyevent_one_act": lambda: event_of(
        "repealed", "2024", act=make_policy(), act_name="No. 5"
    ),
    "policies_policyevent_latest": lambda: event_of(
        "repealed", "2024", happened_precision="week"
    ),
    "swot_entry_unique_code": lambda: copy_of(make_entry()),
    "swot_entry_code_names_quadrant": lambda: copy_of(
        make_entry(quadrant="S"), code="W99"
    ),
    "swot_quadrantmove_differs": lambda: QuadrantMove(
        entry=make_entry(), old_quadrant="S", new_quadrant="S"
    ),
    "swot_report_answered_has_moment": lambda: Report(state="answered"),
    "swot_correction_one_subject": lambda: Correction(
        claim=make_claim(), policy=make_policy()
    ),
    "swot_evidence_one_target": lambda: Evidence(entry=make_entry()),
    "swot_evidence_observation_once": lambda: repeated_evidence(
        "observation", make_observation()
    ),
    "swot_analysisfigure_once": lambda: copy_of(
        make_analysis().figure_links.create(figure=make_figure())
    ),
    "swot_evidence_figure_once": lambda: repeated_evidence("figure", make_figure()),
    "swot_evidence_policy_once": lambda: repeated_evidence("policy", make_policy()),
    "swot_evidence_claim_once": lambda: repeated_evidence("claim", make_claim()),
    "swot_evidence_event_once": lambda: repeated_evidence("event", make_event()),
    "swot_recommendation_unique_code": lambda: copy_of(make_recommendation()),
    "swot_claim_interval_ordered": lambda: claim(interval_low=2, interval_high=1),
    "swot_claim_range_is_between": lambda: claim(
        comparison="between", stated_low=3, stated_high=None
    ),
    "swot_claim_decimals_stored": lambda: claim(stated_decimals=7),
    "swot_claim_finding_or_expression": lambda: claim(
        finding="date", expression={"op": "const", "value": "1"}
    ),
    "swot_claim_arithmetic_contradicts": lambda: claim(finding="scope", verdict="no"),
    "swot_claim_finding_of_an_editor": lambda: claim(finding="", verdict="label"),
    "swot_claim_code_not_reserved": lambda: claim(code="feed"),
    "swot_verdictchange_differs": lambda: VerdictChange(
        claim=make_claim(), old_verdict="no", new_verdict="no"
    ),
}

BROKEN |= {
    f"{model._meta.app_label}_{model._meta.model_name}_{name}_in_addresses": partial(
        unsaved, model, name, "a b"
    )
    for model, name in code_fields()
}

# One instance of every model that can be published, for the rule they share.
PUBLISHED = {
    Page: lambda: Page(slug="page", title_zh_hans="页", body_zh_hans="文"),
    Observation: lambda: observation(period="2023"),
    Policy: policy,
    Claim: claim,
    Entry: lambda: copy_of(make_entry(), code="S-other"),
    Recommendation: lambda: copy_of(make_recommendation(), code="R-other"),
}


def stated_constraints():
    """(model, constraint) for every rule of ours, except those of history tables."""
    for name in APPS:
        for model in apps.get_app_config(name).get_models():
            if not model.__name__.startswith("Historical"):
                for constraint in model._meta.constraints:
                    yield model, constraint


def test_every_constraint_has_a_message_and_is_broken_here():
    shared = {
        f"{model._meta.app_label}_{model._meta.model_name}_published_has_moment"
        for model, _constraint in stated_constraints()
        if issubclass(model, Publishable)
    }
    names = {constraint.name for _model, constraint in stated_constraints()}

    assert names == BROKEN.keys() | shared
    for _model, constraint in stated_constraints():
        default = constraint.default_violation_error_message
        assert constraint.violation_error_message != default, constraint.name


@pytest.mark.parametrize("name", BROKEN)
def test_broken_rule_is_explained(name):
    broken = BROKEN[name]()
    constraint = find(name)

    with pytest.raises(ValidationError) as refusal:
        constraint.validate(type(broken), broken)

    assert refusal.value.messages == [str(constraint.violation_error_message)]


@pytest.mark.parametrize("name", BROKEN)
def test_database_refuses_what_breaks_a_rule(name):
    broken = BROKEN[name]()

    # Bypassing save() and clean(), as a script might.
    with pytest.raises(IntegrityError), transaction.atomic():
        type(broken).objects.bulk_create([broken])


@pytest.mark.parametrize("model", PUBLISHED)
def test_published_row_has_a_moment_of_publication(model):
    broken = PUBLISHED[model]()
    broken.is_published, broken.published_at = True, None

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.bulk_create([broken])


@pytest.mark.parametrize("model", PUBLISHED)
def test_saving_remembers_the_first_publication(model):
    item = PUBLISHED[model]()
    item.is_published, item.published_at = True, None
    item.save()
    first = item.published_at
    item.is_published = False
    item.save()
    item.is_published = True
    item.save()

    assert first is not None
    assert item.published_at == first


def test_source_and_vintage_distinguish_rows():
    row = make_observation()
    copy_of(row, vintage="first release").save()

    assert Observation.objects.count() == 2


def test_policy_may_have_two_issuers():
    policy = make_policy([make_issuer(), make_issuer()])

    assert PolicyIssuer.objects.filter(policy=policy).count() == 2


def test_one_value_may_stand_in_two_figures():
    value = make_observation()
    make_figure([value])
    make_figure([value])

    assert FigureObservation.objects.filter(observation=value).count() == 2


def test_two_analyses_may_use_one_code():
    make_entry(analysis=make_analysis(), code="S1")
    make_entry(analysis=make_analysis(), code="S1")

    assert Entry.objects.filter(code="S1").count() == 2


def find(name):
    return next(
        constraint
        for _model, constraint in stated_constraints()
        if constraint.name == name
    )
