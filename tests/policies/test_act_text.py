"""The text of an act: articles, marked passages, terms, files, and what is missing."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cbec_site.base.official_hosts import is_adviser, is_official
from policies.act_text import articles
from policies.dependents import Passage
from policies.importing.importer import policies
from policies.models import Policy, PolicyAttachment
from swot.models import Evidence
from tests.factories import make_entry, make_policy

TEXT = """## 第一条
自**出口之日**起6个月内，因滞销、退货原因原状退运进境的商品免征进口关税。

## 第二条
<script>alert(1)</script>本公告自公布之日起施行。"""


def passage(words, code="S1"):
    return Passage(words, code, f"/swot/{code}/")


def html_of(text, *passages):
    return "".join(article.html for article in articles(text, list(passages), "zh"))


def test_articles_have_headings_anchors_and_safe_text():
    found = articles(TEXT, [], "zh-hans")

    assert [(a.anchor, a.heading) for a in found] == [
        ("text-zh-hans-1", "第一条"),
        ("text-zh-hans-2", "第二条"),
    ]
    assert "<strong>出口之日</strong>" in found[0].html
    assert "<script" not in found[1].html


def test_text_before_the_first_heading_stays():
    assert [a.heading for a in articles("一\n\n# 二\n三", [], "zh")] == ["", "二"]
    assert articles("", [], "zh") == articles(None, [], "zh") == []


def test_passages_are_marked_and_linked_in_any_order():
    html = html_of(TEXT, passage("自公布之日起", "T1"), passage("因滞销、退货原因"))

    assert '<mark>因滞销、退货原因</mark> <a class="note" href="/swot/S1/"' in html
    assert '<mark>自公布之日起</mark> <a class="note" href="/swot/T1/"' in html


@pytest.mark.parametrize(
    "words",
    [
        "没有这句话",
        "",
        # Across markup, across a line, in a heading.
        "自**出口",
        "商品免征进口关税。\n\n## 第二条",
        "第一条",
    ],
)
def test_text_that_is_not_a_passage_is_not_marked(words):
    assert "<mark>" not in html_of(TEXT, passage(words))


def test_overlapping_passages_give_sound_html():
    html = html_of(
        TEXT, passage("因滞销、退货"), passage("退货原因原状"), passage("原状")
    )

    assert html.count("<mark>") == html.count("</mark>") == 2


def test_private_use_characters_are_not_taken_for_marks():
    assert html_of("甲\ue000乙\ue001丙") == html_of("甲乙丙")


def test_hostile_codes_and_addresses_of_entries_stay_text():
    html = html_of("甲乙丙", Passage("乙", "<b>", 'javascript:"x"'))

    assert "<b>" not in html and "javascript" not in html


@pytest.mark.django_db
def test_page_shows_text_terms_files_and_links_to_entries(client):
    policy = make_policy(
        code="P1",
        text_zh_hans=TEXT,
        text_scope="full",
        licence_note_zh_hans="可自由转载",
        licence_note_en="Free to copy",
    )
    PolicyAttachment.objects.create(
        policy=policy,
        title_zh_hans="附件1",
        title_en="Annex 1",
        url="http://mof.gov.cn/1",
    )
    entry = make_entry(policies=[policy])
    entry.evidence.update(passage="因滞销、退货原因")

    html = client.get("/en/policies/P1/").content.decode()

    assert "<mark>因滞销、退货原因</mark>" in html
    assert f'href="{entry.get_absolute_url()}"' in html
    for words in ("Full text", "Free to copy", "Annex 1", "no official translation"):
        assert words in html
    row = client.get("/api/v1/policies/P1").json()
    assert (row["text_zh"], row["text_scope"]) == (TEXT, "full")
    assert row["attachments"][0]["url"] == "http://mof.gov.cn/1"


@pytest.mark.django_db
def test_passages_of_drafts_are_not_linked(client):
    policy = make_policy(code="P1", text_zh_hans=TEXT)
    entry = make_entry(policies=[policy], is_published=False)
    entry.evidence.update(passage="因滞销、退货原因")

    assert "<mark>" not in client.get("/en/policies/P1/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "No official address is known to us, and we do not have its text."),
        ("zh-hans", "本站未掌握其官方网址，也没有正文。"),
    ],
)
def test_page_says_that_no_official_address_is_known(client, language, words):
    make_policy(code="P1")

    html = client.get(f"/{language}/policies/P1/").content.decode()

    assert words in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "is_fit"),
    [("因滞销、退货原因", True), ("因滞销而退货", False), ("自**出口之日", False)],
)
def test_passage_has_to_be_in_the_text_word_for_word(words, is_fit):
    policy = make_policy(text_zh_hans=TEXT)
    evidence = Evidence(entry=make_entry(), policy=policy, passage=words)

    if is_fit:
        evidence.full_clean()
        return
    with pytest.raises(ValidationError) as error:
        evidence.full_clean()
    assert set(error.value.message_dict) == {"passage"}


@pytest.mark.parametrize(
    ("address", "official", "adviser"),
    [
        ("https://www.gov.cn/zhengce/x.htm", True, False),
        ("http://English.WWW.GOV.CN", True, False),
        ("http://www.npc.gov.cn:80/c2?x=1#y", True, False),
        ("https://gov.cn/", True, False),
        ("https://gov.cn.example.org/", False, False),
        ("https://example.org/www.gov.cn/", False, False),
        ("https://notgov.cn/", False, False),
        ("https://user@evil.org/.gov.cn", False, False),
        ("https://www.gov.cn@evil.org/", False, False),
        ("ftp://www.gov.cn/", False, False),
        ("https://www.shndlaw.com/post/1758", False, True),
        ("http://www.dtlawyers.com.cn/a", False, True),
        ("https://kaizencpa.com/a", False, True),
        ("https://www.leetsai.com/a", False, True),
        # A database of law and a site of news sell no advice.
        ("http://lawinfochina.com/a", False, False),
        ("http://law.foodmate.net/a", False, False),
        ("https://www.news.cn/a", False, False),
        ("https://[", False, False),
    ],
)
def test_hosts_of_authorities_and_advisers(address, official, adviser):
    assert (is_official(address), is_adviser(address)) == (official, adviser)


BARE = {"code": "P9", "title_zh_hans": "文", "level": "national"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "is_fit"),
    [
        ({}, False),
        ({"text_en": ""}, False),
        ({"paper_location": "Table 1"}, False),
        ({"source_url": "https://www.gov.cn/a"}, True),
        ({"text_zh_hans": "正文"}, True),
        ({"text_en": "Text"}, True),
        ({"no_source_reason": "Only on paper"}, True),
        ({"is_published": False}, True),
    ],
)
def test_published_policy_has_a_source_or_a_reason(given, is_fit):
    """The rule is in the database, so nothing can bypass it."""
    policy = Policy(**(BARE | {"is_published": True} | given))

    if is_fit:
        policy.full_clean()
        policy.save()
        return
    with pytest.raises(ValidationError) as error:
        policy.full_clean()
    assert set(error.value.message_dict) == {"no_source_reason"}
    with pytest.raises(IntegrityError), transaction.atomic():
        policy.save()


@pytest.mark.django_db
def test_an_address_of_another_host_is_refused_by_the_database():
    policy = Policy(**BARE, source_url="https://www.shndlaw.com/post/1")

    with pytest.raises(ValidationError) as error:
        policy.full_clean()
    assert set(error.value.message_dict) == {"source_url"}
    with pytest.raises(IntegrityError), transaction.atomic():
        policy.save()


@pytest.mark.django_db
@pytest.mark.usefixtures("english")
def test_a_file_that_publishes_without_a_source_is_refused():
    rows = "code,title_zh_hans,level,is_published\nP9,文,national,yes\n"

    outcome = policies.import_file(rows.encode())

    (problem,) = outcome.plan.errors
    assert "say why there is neither" in problem.message
    assert not Policy.objects.exists()
