"""What a library exports makes the same library again, event by event."""

import itertools

import pytest
from django.utils import translation

from cbec_site.base.confidence import Confidence
from cbec_site.base.dates import parse_partial_date
from policies.force import Kind, Stated
from policies.importing.bodies import CellError
from policies.importing.events import event_line, events_text, read_events
from policies.importing.importer import policies
from policies.importing.plan import PolicyOptions
from policies.importing.relations import read_relations, relation_line
from policies.models import Policy, PolicyEvent, PolicyRelation
from policies.models.events import STORED_KINDS
from policies.resources import PolicyExport
from tests.factories import make_issuer, make_policy, make_policy_event, make_topic

KINDS = [kind for kind, _label in STORED_KINDS]
# Texts that a file of events could be misread by.
WORDS = [
    "",
    "https://www.gov.cn/a?b=1:2",
    "policies.csv",
    "own judgement: http://en.people.cn/n3.html",
    "公告第3条：自公布之日起施行",
    "[seen-official] by P2: effective 2020",
    '"quoted" \\ and \\" more',
    "two  spaces,\tand a tab",
    "a line\nand another\u2028and one more",
    "=SUM(A1)",
]
NAMES = ["", "国发〔2015〕24号", '令"5"号 \\', "两  格\u3000名", "[editor]: x"]


def every_event():
    """Each kind, precision and confidence at least once with each text."""
    days = itertools.cycle(map(parse_partial_date, ["2021", "2021-03", "2021-03-19"]))
    ways = itertools.cycle(Confidence.values)
    for kind, evidence, name in itertools.product(KINDS, WORDS, NAMES):
        happened, precision = next(days)
        yield PolicyEvent(
            kind=kind,
            happened_on=happened,
            happened_precision=precision,
            stated=Stated.IN_FORCE if kind == Kind.STATED else "",
            evidence=evidence,
            act_name=name,
            confidence=next(ways),
        )


def test_every_event_is_read_as_it_was_written():
    events = list(every_event())

    assert {event.kind for event in events} == set(KINDS)
    for event in events:
        line = event_line(event)
        assert read_events(line, None) == line
        assert len(line.splitlines()) == 1


def test_every_relation_is_read_as_it_was_written():
    ways = itertools.cycle(Confidence.values)
    for kind, name in itertools.product(PolicyRelation.Kind.values, NAMES[1:]):
        relation = PolicyRelation(kind=kind, other_name=name, confidence=next(ways))
        line = relation_line(relation)
        assert read_relations(line, None) == line


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    "name", [r"\ud800", r"\u0000", r"x\u000bx", r"\q", r"\u12", r"\ud83d x"]
)
def test_a_quoted_name_that_no_page_could_show_is_refused_in_words(name):
    for read, line in (
        (read_events, f'amended 2024-12-15 by "{name}" [editor]: x'),
        (read_relations, f'implements "{name}" [editor]'),
    ):
        with pytest.raises(CellError, match=r"cannot be (read|shown)"):
            read(line, None)


@pytest.fixture
def library(db):
    """Acts whose events name each other, of every kind, drafts among them."""
    issuers, topics = [make_issuer(), make_issuer()], [make_topic()]
    acts = [
        make_policy(
            issuers, topics, code=code, status="unknown", title_zh_hans=f"题{code}"
        )
        for code in ("P1", "P2")
    ]
    acts.append(make_policy(issuers, code="P3", is_published=False, status="expired"))
    for number, kind in enumerate(kind for kind in KINDS if kind != Kind.STATED):
        for act, other in zip(acts, [*acts[1:], acts[0]], strict=True):
            happened = ("2021", "2022-03", "2023-04-05")[number % 3]
            given = {"act": other} if number % 2 else {"act_name": NAMES[number % 5]}
            given["confidence"] = Confidence.values[number % 4]
            given["evidence"] = WORDS[number]
            make_policy_event(act, kind, happened, **given)
    kinds = PolicyRelation.Kind.values
    for number, kind in enumerate(kinds):
        acts[number % 3].relations.create(kind=kind, other=acts[(number + 1) % 3])
        acts[number % 3].relations.create(kind=kind, other_name=NAMES[1 + number % 4])
    return acts


def exported():
    return PolicyExport().export().csv


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_empty_library_becomes_what_was_exported(library, language):
    with translation.override(language):
        file = exported()
        events = {
            a.code: events_text(a.events.all()) for a in Policy.objects.with_labels()
        }
        PolicyRelation.objects.all().delete()
        PolicyEvent.objects.all().delete()
        Policy.objects.all().delete()

        outcome = policies.import_file(
            file.encode(), options=PolicyOptions(publish=True)
        )

        assert [str(error) for error in outcome.plan.errors] == []
        assert outcome.plan.new_count == 3
        assert exported() == file
    acts = Policy.objects.with_labels()
    assert {act.code: events_text(act.events.all()) for act in acts} == events


def test_the_library_itself_is_left_as_it_is(library):
    before = list(PolicyEvent.objects.order_by("pk").values())

    outcome = policies.import_file(exported().encode())

    assert (outcome.plan.write_count, outcome.plan.unchanged) == (0, 3)
    assert list(PolicyEvent.objects.order_by("pk").values()) == before
