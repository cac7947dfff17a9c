"""The TOWS board, the evidence of an entry, and what rests on a thing."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from cbec_site.base.used_by import SHOWN
from swot.models import Entry
from swot.tows import board
from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_event,
    make_figure,
    make_indicator,
    make_observation,
    make_policy,
    make_recommendation,
)
from tests.html import on_one_line
from tests.sample_site import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def analysis():
    return make_analysis(title_en="The study")


def entries_of(analysis, *codes):
    return {
        code: make_entry(analysis=analysis, quadrant=code[0], code=code)
        for code in codes
    }


def board_of(analysis):
    found = analysis.recommendations.prefetch_related("answers").order_by("code")
    return board(list(analysis.entries.order_by("code")), list(found))


def test_recommendation_is_in_every_cell_it_answers(analysis):
    entries = entries_of(analysis, "S1", "W1", "W2", "O1")
    make_recommendation(analysis=analysis, code="R1", answers=entries.values())

    found = board_of(analysis)

    assert {
        kind: [
            [entry.code for entry in (*advice.internal, *advice.external)]
            for advice in cell.advice
        ]
        for kind, cell in found.cells.items()
    } == {"SO": [["S1", "O1"]], "WO": [["W1", "W2", "O1"]], "ST": [], "WT": []}


@pytest.mark.parametrize("page", ["recommendation", "article", "claim", "value"])
def test_entries_are_listed_in_the_order_of_the_matrix(client, analysis, page):
    value, claim = make_observation(indicator=make_indicator()), make_claim()
    entries = [
        make_entry(
            analysis=analysis,
            code=code,
            quadrant=code[0],
            observations=[value],
            claims=[claim],
        )
        for code in ("T1", "O1", "W2", "W1", "S1")
    ]
    advice = make_recommendation(analysis=analysis, answers=entries)
    address = {
        "recommendation": advice,
        "article": analysis,
        "claim": claim,
        "value": value.indicator,
    }[page].get_absolute_url()

    shown = client.get(address).content.decode()
    # On the page of the study, where it says what its advice answers.
    shown = shown.partition('class="entry recommendation"')[2] or shown
    codes = re.findall(r'<a\s+href="[^"]*?([SWOT]\d)[/"]', shown)

    assert list(dict.fromkeys(codes)) == ["S1", "W1", "W2", "O1", "T1"]


def test_gaps_are_named(analysis):
    entries = entries_of(analysis, "S1", "S2", "O1", "T1")
    make_recommendation(
        analysis=analysis, code="R1", answers=[entries["S1"], entries["O1"]]
    )
    aside = make_recommendation(analysis=analysis, code="R2", answers=[entries["S1"]])

    found = board_of(analysis)

    assert [entry.code for entry in found.open_entries] == ["S2", "T1"]
    assert [cell.kind for cell in found.empty_cells] == ["WO", "ST", "WT"]
    assert found.elsewhere == [aside]


def test_quadrants_of_the_board_come_before_its_cells(client, analysis):
    address = reverse("swot:analysis-tows", args=[analysis.slug])

    page = client.get(address).content.decode()

    parts = re.findall(r'id="(?:side|cell)-(\w+)"', page)
    assert parts == ["S", "W", "O", "T", "SO", "WO", "ST", "WT"]


@pytest.mark.parametrize(
    ("language", "gap"), [("en", "nothing answers it"), ("zh-hans", "尚无对策")]
)
def test_board_page_shows_gaps_in_words(client, analysis, language, gap):
    entry = entries_of(analysis, "S1")["S1"]
    with override(language):
        url = reverse("swot:analysis-tows", args=[analysis.slug])

    text = text_of(client.get(url))

    assert f"{entry.code} " in text
    assert gap in text


@pytest.mark.parametrize(
    ("language", "heading", "aim"),
    [
        ("en", "S Strengths", "SO Use strengths to take opportunities; WO Use"),
        ("zh-hans", "S 优势", "SO 发挥优势，把握机会； WO 利用机会"),
    ],
)
def test_article_explains_the_kinds_of_advice(client, analysis, language, heading, aim):
    entries_of(analysis, "S1")
    with override(language):
        url = reverse("swot:analysis-detail", args=[analysis.slug])

    text = text_of(client.get(url))

    assert heading in text and aim in text


def test_moved_entry_is_in_its_new_quadrant(analysis):
    entry = entries_of(analysis, "S1")["S1"]
    entry.quadrant = "W"
    entry.save()

    assert board_of(analysis).sides["W"].entries == [entry]
    assert Entry.objects.get().first_quadrant == "S"


@pytest.mark.parametrize(
    ("verdict", "role", "is_told"),
    [
        ("no", "supports", True),
        ("superseded", "supports", True),
        ("label", "supports", True),
        ("yes", "supports", False),
        ("no", "weakens", False),
    ],
)
def test_no_doubtful_claim_supports_without_a_sign(client, verdict, role, is_told):
    finding = "scope" if verdict == "label" else ""
    entry = make_entry(claims=[make_claim(verdict=verdict, finding=finding)])
    entry.evidence.update(role=role)

    text = text_of(client.get(entry.get_absolute_url().replace("zh-hans", "en")))

    assert ("but the statement is marked" in text) == is_told
    is_contradicted = "The data contradict what the paper states here" in text
    assert is_contradicted == (verdict == "no")


@pytest.mark.parametrize(
    ("verdict", "language", "words"),
    [
        ("no", "en", "1 claim contradicted"),
        ("no", "zh-hans", "1条论断与数据矛盾"),
        ("superseded", "en", "1 claim superseded"),
        ("superseded", "zh-hans", "1条论断已有新数据"),
    ],
)
def test_board_counts_doubtful_claims(client, analysis, verdict, language, words):
    wrong, right = make_claim(verdict=verdict), make_claim(verdict="yes")
    draft = make_claim(verdict=verdict, is_published=False)
    entries = entries_of(analysis, "S1", "O1")
    entries["S1"].claims.set([wrong, right, draft])
    make_recommendation(analysis=analysis, answers=entries.values(), claims=[wrong])

    with override(language):
        url = reverse("swot:analysis-tows", args=[analysis.slug])
    text = text_of(client.get(url))

    assert text.count(words) == 2


@pytest.mark.parametrize("count", [1, 5])
def test_board_takes_a_fixed_number_of_queries(
    client, analysis, django_assert_num_queries, count
):
    for number in range(count):
        entries = entries_of(analysis, f"S{number}", f"O{number}")
        make_recommendation(analysis=analysis, answers=entries.values())

    with override("en"):
        url = reverse("swot:analysis-tows", args=[analysis.slug])
    # The analysis, its entries, its recommendations and what they answer.
    with django_assert_num_queries(5):
        client.get(url)


def test_evidence_shows_role_note_and_day(client):
    entry = make_entry(
        observations=[make_observation()],
        policies=[make_policy(title_en="An act")],
        claims=[make_claim()],
        figures=[make_figure(title_en="A chart")],
        events=[make_event(title_en="A day")],
    )
    assert set(entry.evidence.values_list("role", flat=True)) == {"context"}
    entry.evidence.update(role="supports")
    entry.evidence.filter(policy__isnull=False).update(
        role="weakens",
        note_en="Only for new firms",
        checked_on=datetime.date(2026, 3, 9),
    )

    text = text_of(client.get(entry.get_absolute_url().replace("zh-hans", "en")))

    assert "An act March 2022 Weakens checked 9 March 2026 Only for new firms" in text
    assert text.count("Supports") == 4
    kinds = ["Data", "Figures", "Claims", "Policies", "Events"]
    assert kinds == sorted(kinds, key=lambda word: text.index(f" {word} "))


def test_draft_evidence_is_not_shown(client):
    draft = {"is_published": False, "title": "withheld secret"}
    entry = make_entry(
        observations=[make_observation("987.65", is_published=False)],
        policies=[make_policy(**draft)],
        figures=[make_figure(**draft)],
        events=[make_event(**draft)],
    )

    content = client.get(entry.get_absolute_url()).content.decode()

    assert "secret" not in content
    assert "987.65" not in content


def resting_pages(observation, figure):
    return [
        observation.indicator.get_absolute_url(),
        observation.region.get_absolute_url(),
        observation.source.get_absolute_url(),
        figure.get_absolute_url(),
    ]


def test_pages_list_what_rests_on_the_data(client):
    observation = make_observation()
    figure = make_figure([observation])
    entry = make_entry(code="S7", observations=[observation])
    make_recommendation(code="R7", analysis=entry.analysis, observations=[observation])
    make_claim([observation], statement_en="Exports grew")
    hidden = make_analysis(is_published=False)
    make_entry(code="S8", analysis=hidden, observations=[observation])
    make_claim([observation], statement_en="Imports grew", is_published=False)

    with override("en"):
        for url in resting_pages(observation, figure):
            text = text_of(client.get(url))
            # Claims by what they state, parts of the study by its own codes.
            assert all(f" {name} " in text for name in ("S7", "R7", "Exports grew")), (
                url
            )
            assert not any(f" {name} " in text for name in ("S8", "Imports grew")), url


def test_nothing_rests_on_a_draft_value(client):
    observation = make_observation(is_published=False)
    make_observation(indicator=observation.indicator)
    make_entry(code="S7", observations=[observation])

    content = client.get(observation.indicator.get_absolute_url()).content.decode()

    assert "S7" not in content


def test_entry_that_uses_the_figure_itself_rests_on_it_once(client):
    figure = make_figure([make_observation(), make_observation()])
    figures = [figure, make_figure()]
    make_entry(code="S7", figures=figures, observations=figure.observations.all())

    content = client.get(figure.get_absolute_url()).content.decode()

    assert content.count("S7 ") == 1


def test_long_list_is_cut_and_links_to_the_rest(client):
    indicator = make_indicator(code="trade")
    observation = make_observation(indicator=indicator)
    for _number in range(SHOWN + 3):
        make_claim([observation])

    with override("en"):
        content = on_one_line(client.get(indicator.get_absolute_url()).content.decode())
        url = "/en/swot/claims/?indicator=trade"
        claim_list = client.get(url)

    assert f'<a href="{url}">and 3 more claims</a>' in content
    assert len(claim_list.context["table"].rows) == SHOWN + 3


@pytest.mark.parametrize("name", ["indicator", "region", "source"])
def test_claim_list_is_narrowed_to_what_a_claim_reads(client, name):
    observation = make_observation()
    claim = make_claim([observation])
    make_claim([make_observation()])
    code = getattr(observation, name).code

    rows = client.get(f"/en/swot/claims/?{name}={code}").context["table"].rows
    found = client.get(f"/api/v1/claims?{name}={code}").json()["results"]

    assert [row.record.code for row in rows] == [claim.code]
    assert [row["code"] for row in found] == [claim.code]
    assert client.get(f"/en/swot/claims/?{name}=nothing").status_code == 400
