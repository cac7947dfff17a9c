import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbec_site.base.search_index.folding import fold, fold_with_places, split_terms
from cbec_site.base.search_index.pieces import term_pieces, text_pieces


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("跨境電商", "跨境电商"),
        ("臺灣 關稅", "台湾 关税"),
        ("ＧＤＰ１００％", "gdp100%"),
        ("国函〔2022〕126号", "国函2022126号"),
        ("国函［２０２２］126号", "国函【2022】126号"),
        ("e-commerce", "E‑Commerce"),
        ("“十四五”规划", "十四五规划"),
        ("《通知》", "通知"),
        ("café", "cafe\u0301"),
        ("don’t", "don't"),
        ("a\u200bb", "ab"),
        ("贸易，出口", "贸易 出口"),
    ],
)
def test_spellings_of_the_same_fold_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("国函2022126号", "国函2022 126号"),
        ("gz_cbec", "gz cbec"),
        ("0.16%", "016%"),
        ("跨境", "跨 境"),
        ("思—路", "思路"),
    ],
)
def test_spellings_of_different_things_do_not(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("（）《》", []),
        ("  跨境   电商 ", ["跨境", "电商"]),
        ("cross-border e-commerce", ["cross", "border", "ecommerce"]),
        ("2022-03", ["202203"]),
        ("国函〔2020〕47号", ["国函202047号"]),
        ("Roads, and roads.", ["roads", "and"]),
        ("same SAME", ["same"]),
        ("a b c d e f g h i j", list("abcdefgh")),
        ("x" * 200, ["x" * 100]),
    ],
)
def test_queries_are_split_into_folded_terms(text, terms):
    assert split_terms(text) == terms


@given(st.text(), st.text())
def test_parts_of_a_text_fold_to_parts_of_the_folded(before, after):
    joined, places = fold_with_places(before + after)

    assert joined == fold_with_places(before)[0] + fold_with_places(after)[0]
    assert len(places) == len(joined)
    assert places == sorted(places)
    assert fold(before + after) == " ".join(joined.split())


@given(st.text(alphabet="ab0 .跨境电", max_size=20), st.data())
def test_a_text_has_the_pieces_of_each_part_of_it(text, data):
    for word in fold(text).split():
        start = data.draw(st.integers(0, len(word) - 1))
        term = word[start : data.draw(st.integers(start + 1, len(word)))]
        pieces = text_pieces(fold(text))
        if len(term) == 1:
            assert any(piece.startswith(term) for piece in pieces)
        assert set(term_pieces(term)) <= set(pieces)


@pytest.mark.parametrize(
    ("term", "pieces"),
    [
        ("税", []),
        ("关税", ["关税"]),
        ("tongren", ["gre", "ren", "ton"]),
        ("国函20", ["20", "函2", "国函"]),
        ("国函2022", ["022", "202", "函2", "国函"]),
        ("b2b出口", ["b2b", "b出", "出口"]),
    ],
)
def test_terms_are_looked_up_by_few_pieces(term, pieces):
    assert sorted(term_pieces(term)) == pieces
