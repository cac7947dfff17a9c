"""Chinese pages are punctuated as Chinese, English ones as English."""

import re
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from cbec_site.base.languages import sign
from cbec_site.models import Page
from datasets.models import Figure, Observation
from policies.models import Policy
from swot.models import Analysis, Claim
from tests.html import breakable
from tests.sample_site import PAGES, address, text_of

pytestmark = pytest.mark.whole

# A citation follows the standard, which wants half-width marks with a blank.
CITED = re.compile(
    r'<dl class="cite">.*?</dl>|<div class="citations">.*?</div>', re.DOTALL
)
HALF_WIDTH = re.compile(r".{0,12}[\u4e00-\u9fff][,;:?!] .{0,12}|.{0,12} [,;:] .{0,12}")


@pytest.fixture(scope="module")
def things(study):
    """Something of the study for every kind of page."""
    analysis = Analysis.objects.get()
    return SimpleNamespace(
        observation=Observation.objects.get(code="gz_cbec_2022"),
        figure=Figure.objects.get(number="F1"),
        policy=Policy.objects.get(code="P10"),
        analysis=analysis,
        entry=analysis.entries.get(code="W1"),
        recommendation=analysis.recommendations.get(code="R1"),
        claim=Claim.objects.get(code="C24"),
        page=Page.objects.get(slug="method"),
    )


@pytest.mark.sampled
@pytest.mark.parametrize("name", PAGES)
def test_chinese_pages_use_chinese_punctuation(client, things, name):
    response = client.get(address(name, things, "zh-hans"))
    content = CITED.sub("", breakable(response.content.decode()))
    response.content = content.replace(things.observation.source.citation_zh_hans, "")

    assert HALF_WIDTH.findall(text_of(response)) == []


@pytest.mark.parametrize(
    ("mark", "chinese", "english"),
    [
        (", ", "，", ", "),
        ("、", "、", ", "),
        ("; ", "；", "; "),
        (": ", "：", ": "),
        (" (", "（", " ("),
        (" ", "", " "),
    ],
)
def test_sign_between_parts_depends_on_the_language(mark, chinese, english):
    with override("zh-hans"):
        assert sign(mark) == chinese
    with override("en"):
        assert sign(mark) == english
