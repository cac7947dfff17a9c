"""Passages in the other language say so (`lang`)."""

import re

import pytest
from django.utils.translation import override

from cbec_site.base.foreign import has_chinese, marked, marked_html
from tests.passages import unmarked
from tests.sample_site import LANGUAGES

# Pages of the study with many names in the other language.
STUDY = (
    "",
    "pages/method/",
    "swot/claims/",
    "datasets/regions/520000/",
    "datasets/sources/paper-text/",
    "datasets/figures/f5-pilot-zones/",
    "policies/P09/",
    "policies/N05/",
    "swot/analyses/guizhou-cbec-2024/entries/S1/",
    "swot/claims/C42/",
    "search/?q=pilot",
    "search/?q=试验区",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_passages_in_the_other_language_are_marked(client, study, language):
    """`test_html` reads one page of every kind; these have the texts of the study."""
    found = {}
    for path in STUDY:
        address = f"/{language}/{path}"
        response = client.get(address)
        assert response.status_code == 200, address
        found[address] = unmarked(response.content.decode())

    assert {address: texts for address, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ('<html lang="en"><p>Notice 国发〔2015〕24号</p></html>', 1),
        ('<html lang="en"><p>By <span lang="zh-Hans">国务院</span></p></html>', 0),
        ('<html lang="en"><p lang="zh-Hans">国务院</p><br><p>国务院</p></html>', 1),
        ('<html lang="en"><img alt="国务院"><script>"国务院"</script></html>', 1),
        ('<html lang="zh-Hans"><p>数据可用 CSV、JSON 下载</p></html>', 0),
        ('<html lang="zh-Hans"><p>As of writing</p></html>', 1),
        ('<html lang="zh-Hans"><p lang="en">As of writing</p></html>', 0),
    ],
)
def test_what_is_not_marked_is_found(html, count):
    assert len(unmarked(html)) == count


def test_chinese_words_are_marked_in_english_alone():
    with override("en"):
        assert marked("<b> 国函〔2022〕126号, 2022") == (
            '&lt;b&gt; <span lang="zh-Hans">国函〔2022〕126号</span>, 2022'
        )
    with override("zh-hans"):
        assert marked("<b> 国务院") == "&lt;b&gt; 国务院"


def test_marking_passages_keeps_the_elements_of_a_text():
    english = '<p title="国">Twice “实验区” for <a href="/国/">综合</a></p>'
    chinese = "<p>数据可用 CSV 下载</p>"

    assert marked_html(english) == (
        '<p title="国">Twice “<span lang="zh-Hans">实验区</span>” for '
        '<a href="/国/"><span lang="zh-Hans">综合</span></a></p>'
    )
    assert marked_html(chinese) == chinese


def test_english_list_of_claims_has_no_chinese_cells(client, study):
    page = client.get("/en/swot/claims/?per_page=100").content.decode()
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page, re.DOTALL)

    assert len(cells) > 100
    assert [cell for cell in cells if has_chinese(re.sub(r"<[^>]+>", "", cell))] == []
    # The page of the claim quotes the paper's own words.
    claim = client.get("/en/swot/claims/C39/").content.decode()
    assert '<span lang="zh-Hans">无内河</span>' in claim
