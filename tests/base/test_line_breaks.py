"""Words stay whole where a line ends, and the text stays what it was."""

import pytest
from django.template import Context, Template
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from cbec_site.base.languages import text
from cbec_site.base.line_breaks import unbroken, unbroken_html
from tests.factories import make_figure


def whole(html):
    """The words that no line break may split, in their order."""
    return [
        part.partition("</span>")[0] for part in html.split('<span class="whole">')[1:]
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Guizhou's cross-border e-commerce", ["cross-border", "e-commerce"]),
        ("year-on-year growth", ["year-on-year"]),
        ("trade, 2018-2023", ["2018-2023"]),
        ("跨境电商规模与渗透率", ["跨境电商", "规模", "渗透率"]),
        ("贵州跨境电子商务发展", ["贵州", "跨境电子商务", "发展"]),
        ("中国(贵阳)综合试验区", ["中国", "贵阳", "综合试验区"]),
        ("截至2022年11月的数", ["2022年11月"]),
        ("2021年3月19日公布，2023年起", ["2021年3月19日", "2023年"]),
        ("as credited under Fig. 2) · Sec. 3.2 (W1)", ["Fig. 2", "Sec. 3.2"]),
        ("由2018年的≈ 1,030.5到", ["2018年", "≈ 1,030.5"]),
        # Near misses: a range of pages, a minus, a code, a word too long for a phone.
        ("5-7, -3 and a_b-c", []),
        ("Donaudampfschiff-fahrtsgesellschaft", []),
        ("a - b", []),
        ("第12022年", []),
        ("GB/T 7714-2015", []),
        ("", []),
    ],
)
def test_compounds_and_words_of_the_subject_stay_whole(text, words):
    html = unbroken(text)

    assert whole(html) == words
    assert strip_tags(html) == text.replace("'", "&#x27;")


def test_what_is_not_html_is_escaped():
    html = unbroken('<b title="x">cross-border</b> & 发展')

    assert html == (
        "&lt;b title=&quot;x&quot;&gt;"
        '<span class="whole">cross-border</span>&lt;/b&gt; &amp; '
        '<span class="whole">发展</span>'
    )


def test_what_is_html_already_is_left_alone():
    html = mark_safe('<a href="/cross-border/">cross-border</a>')

    assert unbroken(html) is html


def test_one_word_alone_needs_no_element():
    assert unbroken("cross-border") == "cross-border"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<p title="发展 > 规模">发展 &amp; x</p>',
            '<p title="发展 > 规模"><span class="whole">发展</span> &amp; x</p>',
        ),
        ('<a href="/e-commerce/">it</a>', '<a href="/e-commerce/">it</a>'),
        (
            "<em>cross</em>-border e-commerce",
            '<em>cross</em>-border <span class="whole">e-commerce</span>',
        ),
        ("a &lt;b-c&gt; d", 'a &lt;<span class="whole">b-c</span>&gt; d'),
        ("", ""),
    ],
)
def test_words_of_html_stay_whole_and_its_elements_as_they_are(html, expected):
    assert unbroken_html(html) == expected
    assert strip_tags(unbroken_html(html)) == strip_tags(html)


def test_filter_takes_numbers_and_nothing():
    template = Template("{% load evidence %}{{ 5|unbroken }}{{ none|unbroken }}")

    assert template.render(Context({"none": ""})) == "5"


@pytest.mark.django_db
def test_titles_of_rows_stay_whole_also_in_the_other_language(english):
    figure = make_figure(title="Cross-border <trade>")
    figure.title_en = ""

    assert text(figure, "title").startswith(
        '<span lang="zh-Hans"><span class="whole">Cross-border</span> &lt;trade&gt;'
    )
