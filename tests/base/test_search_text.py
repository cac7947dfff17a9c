import pytest

from cbec_site.base.search_text import excerpt, has_word, mark_words, split_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("  跨境   电商 ", ["跨境", "电商"]),
        ("国函〔2020〕47号", ["国函", "2020", "47号"]),
        ("国函[2020]47号", ["国函", "2020", "47号"]),
        ("国函（２０２０）４７号", ["国函", "2020", "47号"]),
        ("Ｂ２Ｂ cross-border, 0.16%.", ["B2B", "cross-border", "0.16%"]),
        ("gz_cbec_2022", ["gz_cbec_2022"]),
        ("“十四五”冷链", ["十四五", "冷链"]),
        ("same same", ["same"]),
        ("a\0b\u200bc", ["a", "b", "c"]),
    ],
)
def test_split_words_tidies_widths_and_marks(text, words):
    assert split_words(text) == words


def test_split_words_reads_hundred_characters():
    assert split_words("x" * 200) == ["x" * 100]


def test_split_words_takes_eight_words():
    assert split_words("a b c d e f g h i j") == list("abcdefgh")


def test_has_word_ignores_capitals():
    assert has_word("Cross-Border", ["border"])


def test_has_word_is_false_without_words():
    assert not has_word("text", [])


def test_mark_words_marks_every_hit_and_escapes_the_rest():
    marked = mark_words("<b>跨境</b> Trade & trade", ["跨境", "trade"])

    assert marked == (
        "&lt;b&gt;<mark>跨境</mark>&lt;/b&gt; <mark>Trade</mark> &amp; "
        "<mark>trade</mark>"
    )


def test_mark_words_prefers_the_longer_word():
    assert mark_words("跨境电商", ["跨境", "跨境电商"]) == "<mark>跨境电商</mark>"


def test_mark_words_treats_patterns_as_text():
    assert mark_words("a.c abc", ["a.c"]) == "<mark>a.c</mark> abc"


def test_mark_words_without_words_only_escapes():
    assert mark_words("a < b", []) == "a &lt; b"


def test_excerpt_keeps_a_short_text():
    assert excerpt("One  short\ntext", ["short"]) == "One short text"


def test_excerpt_shows_the_word_far_inside():
    text = "甲" * 300 + "跨境" + "乙" * 300

    assert excerpt(text, ["跨境"], 30) == "…" + "甲" * 10 + "跨境" + "乙" * 18 + "…"


def test_excerpt_starts_with_a_whole_word():
    text = "alpha beta gamma delta border epsilon zeta"

    assert excerpt(text, ["border"], 30) == "…delta border epsilon zeta"


@pytest.mark.parametrize(
    ("text", "length", "piece"),
    [
        ("alpha beta gamma", 13, "alpha beta…"),
        ("alpha beta gamma", 10, "alpha beta…"),
        ("alpha beta", 10, "alpha beta"),
        ("全国货运量1250万吨", 7, "全国货运量…"),
        ("cross-border trade", 16, "cross-border…"),
    ],
)
def test_excerpt_ends_with_a_whole_word_or_number(text, length, piece):
    assert excerpt(text, [], length) == piece


def test_excerpt_keeps_the_found_word_at_its_end():
    assert excerpt("bordering", ["bord"], 6) == "border…"


def test_excerpt_without_a_hit_is_the_beginning():
    assert excerpt("a" * 50, ["b"], 10) == "a" * 10 + "…"
