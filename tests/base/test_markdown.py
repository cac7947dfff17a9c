"""Editors' Markdown: emphasis also works in Chinese, where words have no spaces."""

import pytest

from cbec_site.base.markdown import render_markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**数据。**研究中", "<p><strong>数据。</strong>研究中</p>"),
        ("见**（表1）**为准", "<p>见<strong>（表1）</strong>为准</p>"),
        ("*“是”*吗", "<p><em>“是”</em>吗</p>"),
        # Unaffected: words without punctuation, English, and what is no emphasis.
        ("**数据**研究", "<p><strong>数据</strong>研究</p>"),
        ("a **b.** c", "<p>a <strong>b.</strong> c</p>"),
        ("2 * 3 * 4。* 5", "<p>2 * 3 * 4。* 5</p>"),
        ("文号。_a_b", "<p>文号。_a_b</p>"),
    ],
)
def test_emphasis_ends_at_a_chinese_sign(text, html):
    assert render_markdown(text).strip() == html
