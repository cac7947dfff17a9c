"""Shares in words: a third, two-thirds, half; which words are shares and which not."""

import re

PARTS = {
    name: number
    for number, names in enumerate(
        "half third fourth|quarter fifth sixth seventh eighth ninth tenth".split(),
        start=2,
    )
    for name in names.split("|")
}
# Half an hour, half price and half-finished are not shares of anything.
HALF = r"half(?!-|\s+(?:an?|years?|days?|hours?|price|time|term|way)\b)"
SINGLE = "|".join([HALF, *(name for name in PARTS if name != "half")])
PLURAL = "|".join(f"{name}s" for name in PARTS if name != "half")
# 六成五 is 65%; in 六成三线城市 the 三 belongs to what follows.
AFTER_TENTHS = (
    r"(?=[,.，。；;、:()\s]|\Z|的|以上|以下|以内|左右|上下|多|是|为|来自|在|由|都|属于|企业|"
    # 三成五升至四成, 由三成五降到两成.
    r"上升|上涨|下降|下滑|升[至到为高]|降[至到为低]|增[至到加长]|减[至到少]|提高|跌|扩大|到|至)"
)

# "A third" is a share before these, or between these and those; otherwise it is one
# more.
_NEXT = re.compile(
    r"\s+(?:of|as|the|more|less|fewer|higher|lower|larger|smaller|faster|slower)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:\A|\b(?:by|as|between|about|around|roughly|nearly|almost|over|under|than|only|just|some|"
    r"from|to|is|was)\s+)\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:\Z|[^\w\s-])|\s+(?:in|on|to|from|since|over|between|during|and|or|by|after|"
    r"before|within|while|when|compared|against)\b",
    re.IGNORECASE,
)


def is_share(name: str, text: str, start: int, end: int) -> bool:
    """Whether "a third" in a text is a part of something; "a third batch" is not."""
    if name in ("half", "quarter") or text[start : start + 3].lower() == "one":
        return True
    if _NEXT.match(text, end):
        return True
    before = text[max(start - 20, 0) : start]
    return bool(_BEFORE.search(before) and _AFTER.match(text, end))
