"""Finds numbers that a sentence denies: 并非46家, did not fall by 5%."""

import re

_CHINESE = re.compile(
    r"(?:不是|并非|而非|绝非|不再是|不等于|不为|没有|没|除了?|未能?|从未|尚未|不曾)"
    r"(?:出现|实现|达到?|完成|有|增长|增加|下降|减少|上升|上涨|下跌|回落|提高|降低|扩大|到|"
    r"超过|突破|多|少|约|近|逾|了|过|这|那)*\s*\Z"
)
_ENGLISH = re.compile(
    r"(?:\b(?:not|never|cannot|no longer|nor|rather than|instead of|all but|except|"
    r"fail(?:s|ed|ing)? to)|n['’]t)"
    r"(?! (?:only|just|merely|least|surprisingly|until))"
    r"(?:,? (?:have|has|had|been|be|is|was|rise|rose|risen|fall|fell|fallen|grow|grew|"
    r"grown|drop|dropped|decline|declined|increase|increased|decrease|decreased|gain|"
    r"lose|change|changed|reach|reached|exceed|exceeded|top|surpass|hit|number|total|"
    r"account for|make up|amount to|come to|stand at|by|to|at|an?|the|about|around|"
    r"some|even|up|down|more|than|over))* ?[($€£¥]*\Z",
    re.IGNORECASE,
)


def is_negated(text: str, first: int) -> bool:
    """Whether the words before a phrase, which starts at `first`, deny it."""
    before = text[max(first - 48, 0) : first]
    return bool(_CHINESE.search(before) or _ENGLISH.search(before))
