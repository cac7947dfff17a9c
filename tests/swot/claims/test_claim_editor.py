"""The editor of a claim: choices instead of JSON, the verdict before it is saved."""

import json
import re
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cbec_site.accounts.roles import EDITOR, READER
from swot.checking.expressions import FUNCTIONS, MAX_DEPTH, REFERENCES
from swot.checking.vocabulary import vocabulary
from swot.claims import live_check as live
from swot.models import Claim, VerdictChange
from tests.factories import (
    make_claim,
    make_indicator,
    make_observation,
    make_region,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db

EDITORS, READERS = EDITOR, READER
LOOK = reverse("admin:swot_claim_check")
LOOKUP = reverse("admin:swot_claim_lookup")
GROWTH = {
    "op": "pct_change",
    "args": [{"op": "value", "code": "y2020"}, {"op": "value", "code": "y2019"}],
}


def enter(client, role=EDITORS, language="en"):
    user = make_user()
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    client.cookies["django_language"] = language
    return client


@pytest.fixture
def editor(client):
    return enter(client)


@pytest.fixture
def series(db):
    """13 and 27.17 in one series, of 2019 and 2020."""
    first = make_observation("13", period="2019", code="y2019")
    second = make_observation(
        "27.17",
        period="2020",
        code="y2020",
        indicator=first.indicator,
        region=first.region,
        source=first.source,
    )
    return first, second


def look(client, expression="", **fields):
    """What the checker says of a form that is being filled in."""
    if not isinstance(expression, str):
        expression = json.dumps(expression)
    data = {"stated_unit": "PERCENT", "expression": expression} | fields
    return client.post(LOOK, data)


@pytest.mark.parametrize("address", [LOOK, LOOKUP])
def test_only_editors_of_claims_may_ask(client, address):
    ask = client.post if address == LOOK else client.get
    assert ask(address).status_code == 302
    enter(client, READERS)

    assert ask(address).status_code == 403


def test_checking_takes_post_and_choices_take_get(editor):
    assert editor.get(LOOK).status_code == 405
    assert editor.post(LOOKUP).status_code == 405


def test_value_interval_and_verdict_are_shown_in_both_languages(editor, series):
    answer = look(editor, GROWTH, stated_low=Decimal(109), comparison="exactly").json()

    outcome = answer["outcome"]
    assert answer["errors"] == {}
    assert (outcome["verdict"], outcome["label"]) == ("yes", "holds")
    assert (outcome["value"], outcome["interval"]) == ("109.0%", "101.2% to 117.4%")
    assert outcome["computation"] == {
        "zh-hans": "(27.17 − 13) ÷ 13 = 109.0%",
        "en": "(27.17 − 13) ÷ 13 = 109.0%",
    }
    assert outcome["why"]["en"] == "Recomputed: 109.0%. Stated: 109%."
    assert outcome["why"]["zh-hans"].startswith("重算：109.0%")
    assert [row["code"] for row in outcome["inputs"]] == ["y2020", "y2019"]
    assert editor.get(outcome["inputs"][0]["url"]).status_code == 200


def test_a_formula_is_shown_as_the_tree_it_stands_for(editor, series):
    answer = look(
        editor, formula="(y2020 - y2019) / y2019 * 100", stated_low="2"
    ).json()

    assert answer["expression"] == GROWTH
    assert answer["outcome"]["verdict"] == "no"


def test_a_value_is_computed_before_its_number_is_written(editor, series):
    answer = look(editor, GROWTH).json()

    assert list(answer["errors"]) == ["stated_low"]
    assert answer["outcome"]["value"] == "109.0%"


def test_checking_while_typing_writes_nothing(editor, series):
    with CaptureQueriesContext(connection) as queries:
        look(editor, GROWTH, stated_low=Decimal(109))

    verbs = {query["sql"].split()[0] for query in queries}
    assert verbs <= {"SELECT", "SAVEPOINT", "RELEASE", "DECLARE"}
    assert not Claim.objects.exists()


def nested(depth):
    tree = {"op": "const", "value": "1"}
    for _level in range(depth):
        tree = {"op": "sum", "args": [tree]}
    return tree


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        (
            {"formula": "y2020 + nothing"},
            "formula",
            "There is no observation “nothing”.",
        ),
        ({"formula": "y2020 ** 9 ** 9"}, "formula", "only codes, numbers and + − × ÷"),
        ({"formula": "hours + y2020"}, "formula", "These units do not fit together."),
        ({"formula": "__import__('os')"}, "formula", "only codes, numbers"),
        ({"expression": nested(MAX_DEPTH)}, "expression", "nested more than 8 deep"),
        ({"expression": {"op": "eval", "args": []}}, "expression", "not an operation"),
        (
            {"expression": {"op": "latest", "indicator": "x", "region": ""}},
            "expression",
            "“Region” is empty.",
        ),
        ({"expression": {"op": "value"}}, "expression", "“Indicator” is missing."),
        ({"expression": "{"}, "expression", "Enter a valid JSON."),
        ({"expression": "[" * 9000}, "expression", "cannot be read"),
        ({"expression": "1" * 9000}, "expression", "cannot be read"),
        ({"expression": " " * 20_000}, "expression", "too long"),
        ({"subject_period": "then"}, "subject_period", "“then” is not a period."),
        ({"stated_unit": "PARSEC"}, "stated_unit", "There is no such unit."),
        ({"stated_decimals": "99"}, "stated_decimals", "less than or equal to 6"),
        ({"comparison": "like"}, "comparison", "Select a valid choice"),
    ],
)
def test_errors_are_explained_in_words(editor, series, fields, field, words):
    make_observation("16", code="hours", indicator=make_indicator(unit="HOURS"))
    answer = look(editor, **({"stated_low": "1"} | fields)).json()

    assert words in " ".join(answer["errors"][field])
    assert answer["outcome"] is None


@pytest.mark.parametrize(
    ("tree", "verdict", "why"),
    [
        (
            {
                "op": "share",
                "args": [GROWTH["args"][0], {"op": "value", "code": "nil"}],
            },
            "missing",
            {"en": "The computation divides by zero.", "zh-hans": "除数为零"},
        ),
        (
            {"op": "share", "args": [GROWTH["args"][0], {"op": "value", "code": "no"}]},
            "missing",
            {"en": "No value for: no.", "zh-hans": "缺少数值：no"},
        ),
        (
            {
                "op": "diff",
                "args": [GROWTH["args"][0], {"op": "value", "code": "hours"}],
            },
            "n/a",
            {"en": "The units do not fit together.", "zh-hans": "单位"},
        ),
    ],
)
def test_reason_for_no_result_is_given_in_both_languages(
    editor, series, tree, verdict, why
):
    make_observation("16", code="hours", indicator=make_indicator(unit="HOURS"))
    make_observation("0", code="nil")

    outcome = look(editor, tree, stated_low="1").json()["outcome"]

    assert outcome["verdict"] == verdict
    assert outcome["why"]["en"].startswith(why["en"])
    assert why["zh-hans"] in outcome["why"]["zh-hans"]


def test_errors_are_in_the_language_of_the_editor(client, series):
    enter(client, language="zh-hans")

    answer = look(client, formula="y2020 + nothing", stated_low="1").json()

    assert "没有" in answer["errors"]["formula"][0]


def test_a_body_beyond_what_a_claim_needs_is_refused(editor):
    response = look(editor, "x" * 70_000)

    assert response.status_code == 413
    assert response.json() == {"message": "The expression is too long."}


def test_check_reads_a_limited_number_of_values(editor, series, monkeypatch):
    monkeypatch.setattr(live, "VALUES_READ", 1)

    outcome = look(editor, GROWTH, stated_low=Decimal(109)).json()["outcome"]

    assert outcome["verdict"] == "n/a"
    assert outcome["why"]["en"] == "The computation reads more than 1 values."


def test_a_range_to_the_end_of_the_calendar_is_refused(editor, series):
    first, _second = series
    node = {
        "op": "range",
        "indicator": first.indicator.code,
        "region": first.region.code,
        "from": "0001",
        "to": "9999",
    }

    with CaptureQueriesContext(connection) as queries:
        answer = look(editor, {"op": "sum", "args": [node]}, stated_unit="CNY_100M")

    assert answer.json()["errors"] == {"expression": ["“9999” is not a period."]}
    assert len(queries) < 20


def choices(client, field, **given):
    return client.get(LOOKUP, {"field": field} | given).json()["choices"]


def test_choices_are_found_in_both_languages_and_narrowed_by_the_series(editor):
    source = make_source(code="yearbook")
    trade = make_indicator(code="trade", title_zh_hans="贸易额", title_en="Trade")
    gdp = make_indicator(code="gdp", title_zh_hans="生产总值", title_en="Output")
    here = make_region(code="520000", name_zh_hans="贵州省", name_en="Guizhou")
    there = make_region(code="510000", name_zh_hans="四川省", name_en="Sichuan")
    given = {"indicator": trade, "region": here, "source": source}
    make_observation("1", period="2020", code="t2020", **given)
    make_observation("2", period="2021", breakdown="road", vintage="revised", **given)
    make_observation("3", period="2022", indicator=gdp, region=there)

    assert choices(editor, "indicator", q="贸易") == [["trade", "贸易额 / Trade"]]
    assert choices(editor, "indicator", q="outp") == [["gdp", "生产总值 / Output"]]
    assert choices(editor, "region", indicator="trade") == [
        ["520000", "贵州省 / Guizhou"]
    ]
    assert choices(editor, "period", indicator="trade", region="520000") == [
        ["2021", ""],
        ["2020", ""],
    ]
    assert choices(editor, "breakdown", indicator="trade", region="520000") == [
        ["road", ""]
    ]
    assert choices(editor, "vintage", indicator="trade") == [["revised", ""]]
    (found,) = choices(editor, "source", indicator="trade")
    assert found[0] == "yearbook"
    assert choices(editor, "code", q="贵州 贸易") == [
        ["t2020", "贵州省 贸易额 2020 = 1亿元 / Trade"]
    ]


def test_choices_are_limited_and_take_a_fixed_number_of_queries(editor):
    for number in range(25):
        make_indicator(code=f"many{number:02}")

    with CaptureQueriesContext(connection) as queries:
        found = choices(editor, "indicator", q="many")

    assert len(found) == 20
    # One of them asks whether the account has a second factor.
    assert len(queries) <= 7


@pytest.mark.parametrize("text", ["\x00", "a\nb", "\u2028"])
def test_search_with_unprintable_characters_finds_nothing(editor, text):
    assert choices(editor, "indicator", q=f"x{text}x") == []


def test_a_field_without_choices_is_refused(editor):
    response = editor.get(LOOKUP, {"field": "password"})

    assert response.status_code == 400
    assert "password" in response.json()["message"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_operation_can_be_chosen(client, language):
    enter(client, language=language)
    content = client.get(reverse("admin:swot_claim_add")).content.decode()

    text = re.search(r'id="expression-vocabulary"[^>]*>(.*?)</script>', content).group(
        1
    )
    groups = json.loads(text)["groups"]

    offered = {choice["op"] for group in groups for choice in group["operations"]}
    assert offered == {*FUNCTIONS, *REFERENCES, "const", "code"}
    is_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in groups[0]["label"])
    assert is_chinese == (language == "zh-hans")


def test_named_arguments_fit_what_an_operation_takes():
    for group in vocabulary()["groups"]:
        for choice in group["operations"]:
            named = len(choice.get("arguments", ()))
            assert named in (0, *FUNCTIONS.get(choice["op"], ()))


def change_page(claim):
    return reverse("admin:swot_claim_change", args=[claim.pk])


def submit(client, claim, **changed):
    """Send the form of a claim as a browser would, with some fields changed."""
    page = client.get(change_page(claim))
    form = page.context["adminform"].form
    data = {}
    for name, field in form.fields.items():
        value = field.prepare_value(form.get_initial_for_field(field, name))
        data[name] = "" if value is None else value
    for formset in page.context["inline_admin_formsets"]:
        data |= {
            f"{formset.formset.prefix}-TOTAL_FORMS": 0,
            f"{formset.formset.prefix}-INITIAL_FORMS": 0,
        }
    if not data["is_published"]:
        del data["is_published"]
    return client.post(change_page(claim), data | changed)


def test_an_expression_is_built_without_a_formula(editor, series):
    claim = make_claim(
        stated_unit="PERCENT", stated_low=Decimal(109), is_published=False
    )

    response = submit(editor, claim, expression=json.dumps(GROWTH))

    assert response.status_code == 302
    claim.refresh_from_db()
    assert claim.expression == GROWTH
    assert (claim.verdict, claim.recomputed_value) == ("yes", "109")


def test_a_new_verdict_is_shown_before_it_is_saved_and_needs_a_reason(editor, series):
    claim = make_claim(
        code="C7", expression=GROWTH, stated_unit="PERCENT", stated_low=Decimal(109)
    )

    first = submit(editor, claim, stated_low="90")
    form = first.context["adminform"].form

    assert [(c.code, c.before, c.after) for c in form.consequences] == [
        ("C7", "holds", "contradicted")
    ]
    assert "Nothing is saved yet" in first.content.decode()
    assert 'value="90"' in first.content.decode()
    assert Claim.objects.get().verdict == "yes"
    seen = {"seen_consequences": form.data["seen_consequences"]}

    silent = submit(editor, claim, stated_low="90", **seen)
    told = submit(editor, claim, stated_low="90", change_reason="Misread", **seen)

    assert list(silent.context["adminform"].form.errors) == ["change_reason"]
    assert told.status_code == 302
    claim.refresh_from_db()
    assert (claim.verdict, claim.history.first().history_change_reason) == (
        "no",
        "Misread",
    )
    assert VerdictChange.objects.get().reason == "Misread"


def test_a_draft_takes_its_new_verdict_at_once(editor, series):
    claim = make_claim(
        expression=GROWTH,
        stated_unit="PERCENT",
        stated_low=Decimal(109),
        is_published=False,
    )

    response = submit(editor, claim, stated_low="90")

    assert response.status_code == 302
    assert Claim.objects.get().verdict == "no"


def test_a_finding_given_another_verdict_needs_a_reason_too(editor):
    claim = make_claim(code="C9", finding="wording", verdict="n/a")

    response = submit(editor, claim, verdict="imprecise")

    form = response.context["adminform"].form
    assert [(c.before, c.after) for c in form.consequences] == [
        ("not testable", "imprecise wording")
    ]
    assert Claim.objects.get().verdict == "n/a"


def test_a_finding_on_wording_contradicts_nothing(editor):
    claim = make_claim(code="C9", finding="wording", verdict="n/a")

    response = submit(editor, claim, verdict="no")

    errors = response.context["adminform"].form.errors
    assert "Only arithmetic contradicts" in errors["verdict"][0]
    assert Claim.objects.get().verdict == "n/a"
