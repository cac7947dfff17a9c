import re
from functools import partial
from html import unescape

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from cbec_site.base.search_index.finding import find as find_documents
from cbec_site.base.search_index.folding import fold, split_terms
from cbec_site.named_values import find_values
from cbec_site.search import KINDS
from datasets.models import Indicator, Observation, Region
from tests.factories import (
    make_analysis,
    make_claim,
    make_correction,
    make_entry,
    make_figure,
    make_indicator,
    make_observation,
    make_page,
    make_policy,
    make_recommendation,
    make_region,
    make_source,
    make_zone,
)
from tests.html import on_one_line

pytestmark = pytest.mark.django_db

VALUE_TEXTS = st.text(alphabet="跨境ab 2.0〔%_", max_size=6)
COLUMNS = ("zh_hans", "en")


def find(client, text, language="en", **more):
    return client.get(f"/{language}/search/", {"q": text} | more)


def found(response):
    """The codes of the kinds found, each with its number of results."""
    return {group.code: group.total for group in response.context["groups"]}


def make_one_of_each(word):
    region = make_region(name=f"{word} region")
    source = make_source(title=f"{word} source")
    make_observation(
        region=region,
        source=source,
        indicator=make_indicator(title=f"{word} indicator"),
        code=f"value_{Observation.objects.count()}",
    )
    make_figure(title=f"{word} figure")
    make_policy(title=f"{word} policy")
    make_zone(region=region)
    analysis = make_analysis(title=f"{word} analysis", region=region)
    make_entry(analysis=analysis, title=f"{word} entry")
    make_recommendation(analysis=analysis, title=f"{word} advice")
    make_claim(statement=f"{word} claim")
    make_correction(title=f"{word} correction")
    make_page(title=f"{word} page")


def test_search_finds_every_kind(client):
    make_one_of_each("needle")

    assert found(find(client, "needle")) == {kind.code: 1 for kind in KINDS}
    # Those who look for a number need not scroll past the policies.
    order = list(found(find(client, "needle")))
    assert order.index("figures") < order.index("values") < order.index("policies")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("text", ["跨境", "cross-border", "CROSS-BORDER"])
def test_search_looks_in_both_languages(client, language, text):
    make_policy(
        title_zh_hans="关于跨境贸易的通知", title_en="Notice on cross-border trade"
    )

    assert found(find(client, text, language)) == {"policies": 1}


def test_search_requires_every_word(client):
    make_claim(statement="exports grew")
    make_claim(statement="imports grew")

    assert found(find(client, "grew exports")) == {"claims": 1}


@pytest.mark.parametrize(
    "text",
    [
        "国函[2020]47号",
        "国函（2020）47号",
        "国函【2020】47号",
        "国函（2020）第047号",
        "国函202047",
        "國函202047號",
        "２０２０ 47号",
        "47号 国函",
    ],
)
def test_search_finds_a_document_number_in_any_spelling(client, text):
    make_policy(document_number="国函〔2020〕47号", is_number_confirmed=True)

    assert found(find(client, text)) == {"policies": 1}


@pytest.mark.parametrize(
    "text", ["商务部公告2021年第5号", "商务部公告 2021年5号", "商务部公告20215"]
)
def test_search_finds_an_announcement_by_its_number(client, text):
    make_policy(document_number="商务部公告2021年第5号", is_number_confirmed=True)
    make_policy(document_number="商务部公告2021年第6号", is_number_confirmed=True)

    assert found(find(client, text)) == {"policies": 1}


@pytest.mark.parametrize(
    "text",
    [
        "跨境電商",
        "ecommerce",
        "e-commerce",
        "E‑Commerce",
        "cross-border",
        "cross border",
        "电商 跨境",
        "Ｅ－ＣＯＭＭＥＲＣＥ",
    ],
)
def test_search_ignores_differences_of_spelling(client, text):
    make_policy(title_zh_hans="跨境电商通知", title_en="Cross-border e-commerce")
    make_policy(title_zh_hans="物流通知", title_en="Logistics")

    assert found(find(client, text)) == {"policies": 1}


def test_search_marks_what_is_spelt_otherwise(client):
    make_policy(title_zh_hans="关于（跨境）电商", title_en="")

    hit = find(client, "跨境電商").context["groups"][0].hits[0]

    assert hit.title == "关于（<mark>跨境）电商</mark>"


@pytest.mark.parametrize("text", ["铜仁综试区", "综试区 铜仁", "Tongren pilot zone"])
def test_search_finds_a_pilot_zone_and_the_act_that_approved_it(client, text):
    act = make_policy(title_zh_hans="批复", title_en="Approval")
    region = make_region(name_zh_hans="铜仁市", name_en="Tongren")
    make_zone(region=region, approved_by=act)
    make_zone(region=make_region(name_zh_hans="遵义市", name_en="Zunyi"))

    assert found(find(client, text)) == {"policies": 1, "zones": 1}
    assert found(find(client, "approval Tongren")) == {"policies": 1, "zones": 1}


def test_search_of_policies_ignores_draft_zones(client):
    act = make_policy(title_zh_hans="批复", title_en="Approval")
    region = make_region(name_zh_hans="铜仁市", name_en="Tongren")
    zone = make_zone(region=region, approved_by=act, is_published=False)

    assert found(find(client, "铜仁综试区")) == {}
    zone.is_published = True
    zone.save()
    assert found(find(client, "铜仁综试区")) == {"policies": 1, "zones": 1}


def test_search_counts_up_to_a_limit(client, monkeypatch):
    monkeypatch.setattr("cbec_site.search.find", partial(find_documents, most=7))
    for number in range(9):
        make_claim(statement=f"needle {number}")

    response = find(client, "needle")
    content = response.content.decode()

    assert found(response) == {"claims": 7}
    assert "7+ results" in content
    assert "All 7+: Claims" in content


def test_search_ignores_unconfirmed_numbers(client):
    make_policy(document_number="国函〔2020〕47号", is_number_confirmed=False)

    assert found(find(client, "国函〔2020〕47号")) == {}


@pytest.mark.parametrize("text", ["100%", "a_b", "%%", "__", "\\\\"])
def test_search_treats_wildcards_as_text(client, text):
    make_claim(statement="one hundred, a b")

    assert found(find(client, text)) == {}


def test_search_puts_titles_first(client):
    make_claim(code="C01", remark_zh_hans="needle")
    make_claim(code="C02", statement="a needle")

    group = find(client, "needle").context["groups"][0]

    assert [hit.code for hit in group.hits] == ["C02", "C01"]


@pytest.mark.parametrize(
    ("asked", "is_shown"), [("needle", False), ("hay_needle", True)]
)
def test_code_of_a_result_is_shown_to_those_who_ask_by_it(client, asked, is_shown):
    make_indicator(code="hay_needle", title="a needle")

    response = find(client, asked)

    assert found(response)["indicators"] == 1
    shown = '<code class="muted">hay_needle</code>' in response.content.decode()
    assert shown == is_shown


def test_search_marks_the_word_and_escapes_the_text(client):
    make_claim(statement="<script>needle</script>")

    content = find(client, "needle").content.decode()

    assert "&lt;script&gt;<mark>needle</mark>&lt;/script&gt;" in content
    assert "<script>needle" not in content


def test_search_quotes_the_text_that_was_found(client):
    make_entry(title="Roads", body_zh_hans="**班列**每天开行", body_en="")

    hit = find(client, "班列").context["groups"][0].hits[0]

    assert (hit.title, hit.title_lang) == ("Roads", "en")
    assert (hit.quote, hit.quote_lang) == ("<mark>班列</mark>每天开行", "zh-Hans")


def test_search_says_which_language_a_title_has(client):
    make_claim(statement_zh_hans="只有中文", statement_en="")

    hit = find(client, "只有中文").context["groups"][0].hits[0]

    assert hit.title_lang == "zh-Hans"


def test_search_shows_five_and_links_to_the_rest(client):
    for number in range(7):
        make_claim(statement=f"needle {number}")

    response = find(client, "needle")
    group = response.context["groups"][0]

    assert (group.total, len(group.hits), group.has_more) == (7, 5, True)
    assert "?q=needle&amp;kind=claims" in response.content.decode()


def test_search_pages_through_one_kind(client):
    for number in range(30):
        make_claim(statement=f"needle {number}")
    make_policy(title="needle")

    response = find(client, "needle", kind="claims", page="2")

    assert found(response) == {"claims": 30}
    assert len(response.context["groups"][0].hits) == 5


@pytest.mark.parametrize("more", [{"kind": "nothing"}, {"kind": "claims", "page": "9"}])
def test_search_has_no_other_kind_or_page(client, more):
    make_claim(statement="needle")

    assert find(client, "needle", **more).status_code == 404


@pytest.mark.parametrize("text", ["a", "（）", "\0", "税"])
def test_search_needs_two_characters(client, text):
    response = find(client, text)

    assert response.status_code == 200
    assert "Enter at least two letters" in response.content.decode()


def test_search_without_text_shows_the_form(client):
    response = client.get("/en/search/")

    assert response.status_code == 200
    assert 'name="q"' in response.content.decode()


def test_search_cuts_a_long_text(client):
    make_claim(statement="x" * 100)

    assert found(find(client, "x" * 5000)) == {"claims": 1}


def test_search_shows_the_text_again(client):
    content = unescape(find(client, 'say "hi" <now>').content.decode())

    assert re.search(r'id="page-q".*value="say "hi" <now>"', content)


def test_search_hides_regions_and_sources_of_drafts(client):
    region, source = make_region(name="needle"), make_source(title="needle")
    make_observation(region=region, source=source, is_published=False)
    make_zone(region=region, is_published=False)
    make_analysis(region=region, is_published=False)

    assert found(find(client, "needle")) == {}


def test_search_hides_parts_of_draft_analyses(client):
    analysis = make_analysis(is_published=False)
    make_entry(analysis=analysis, title="needle")
    make_recommendation(analysis=analysis, title="needle")

    assert found(find(client, "needle")) == {}


def test_search_query_count_is_constant(client):
    make_one_of_each("needle")
    with CaptureQueriesContext(connection) as one:
        find(client, "needle")
    for _number in range(2):
        make_one_of_each("needle")
    with CaptureQueriesContext(connection) as three:
        find(client, "needle")

    # Two queries find, one for each kind reads what is shown, one the version of
    # the data.
    assert len(three) == len(one) == 3 + len(KINDS)


@pytest.mark.parametrize(
    "text",
    [
        "Guizhou exports 2022",
        "贵州 出口 2022",
        "39.70",
        "gz_exports_2022",
        "exports 39.7",
    ],
)
def test_search_finds_a_value_by_series_period_number_and_code(client, text):
    make_named_value("gz_exports_2022", "2022")
    make_named_value("gz_exports_2021", "2021", value="38")
    make_named_value("gz_draft", "2023", is_published=False)

    response = find(client, text)

    assert found(response)["values"] == 1
    shown = {group.code: group.hits[0] for group in response.context["groups"]}
    assert shown["values"].code == "gz_exports_2022"
    assert shown["values"].name.startswith("Exports · Guizhou · 2022: ")


def make_named_value(code, period, value="39.70", **more):
    return make_observation(
        code=code,
        period=period,
        value=value,
        decimals=2,
        indicator=indicator(),
        region=guizhou(),
        **more,
    )


def guizhou():
    given = {"name_zh_hans": "贵州省", "name_en": "Guizhou"}
    return Region.objects.filter(code="gz").first() or make_region(code="gz", **given)


def indicator():
    given = {"title_zh_hans": "出口额", "title_en": "Exports"}
    existing = Indicator.objects.filter(code="exports").first()
    return existing or make_indicator(code="exports", **given)


@given(st.lists(VALUE_TEXTS, max_size=4), st.lists(VALUE_TEXTS, max_size=3))
def test_values_are_those_that_like_finds(titles, queries):
    with transaction.atomic():
        made = [
            make_observation(
                code=f"v{number}",
                period=str(2020 + number % 2),
                value=number,
                indicator=make_indicator(title_zh_hans=title or "x", title_en=""),
            )
            for number, title in enumerate(titles)
        ]
        queries += [part for title in titles for part in (title, title[1:4], "2020")]
        for terms in filter(None, map(split_terms, queries)):
            expected = [row for row in made if has_all(row, terms)]
            expected.sort(key=lambda row: (row.period != "2021", row.code))
            assert find_values(terms).keys == [row.pk for row in expected]
        transaction.set_rollback(True)


def has_all(row, terms):
    """Whether each term is in a text by which the value is found."""
    texts = [row.code, row.period, row.plain_value]
    for about, name in ((row.indicator, "title"), (row.region, "name")):
        texts += [about.code, *(getattr(about, f"{name}_{c}") for c in COLUMNS)]
    return all(any(term in fold(text or "") for text in texts) for term in terms)


def test_search_shows_near_words_only_where_nothing_is_found(client):
    make_claim(statement="Shipping grew")

    response = find(client, "Shiping")
    content = on_one_line(response.content.decode())
    assert found(response) == {"claims": 1}
    assert "Nothing contains all the words of “Shiping”" in content
    assert '<a href="?q=shipping" lang="en">shipping</a>' in content
    assert "<mark>Shipping</mark> grew" in content

    make_page(title="Shiping, a place")
    response = find(client, "Shiping")
    assert found(response) == {"pages": 1}
    assert "Nothing contains" not in response.content.decode()


def test_suggestions_are_a_few_titles(client):
    for number in range(5):
        make_claim(code=f"C{number}", statement=f"needle <b> {number}")
    make_claim(code="C9", remark_zh_hans="needle")
    make_policy(code="P1", title="A needle")
    make_policy(code="P2", title="A needle", is_published=False)

    response = client.get("/en/search/suggestions/", {"q": "need", "no": "thing"})
    hits = response.json()["suggestions"]

    assert [hit["code"] for hit in hits] == ["C0", "C1", "C2", "P1"]
    assert hits[0]["title"] == "needle <b> 0"
    assert hits[0]["url"] == "/en/swot/claims/C0/"
    assert "public" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


@pytest.mark.parametrize("text", ["", "n", " . ", "%", "\0", "x" * 5000])
def test_no_suggestions_for_too_short_a_text(client, text):
    make_claim(statement="a needle")
    response = client.get("/zh-hans/search/suggestions/", {"q": text})

    assert response.status_code == 200
    assert response.json() == {"suggestions": []}
