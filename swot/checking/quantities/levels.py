"""Tells growth from percentages that are a share or a level: 占28%, fell to 28%."""

import re

# In the same clause, these words make the percentage a growth after all.
_GROWTH = re.compile(
    r"增速|增幅|降幅|涨幅|跌幅|升幅|增长|变动|变化|growth|increas|decreas|declin|expansion"
    r"|contraction|inflation|pace|rise|drop|chang",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:占|比重|占比|份额|比例|[降升增回落减跌涨]至|[降升增落减跌涨]到了?)"
    r"[^，。；、：,;\d]{0,10}\Z"
    r"|\b(?:share|proportion|accounted for|accounting for|accounts for|made up|"
    r"makes up|represented|represents|constituted)\b[^,.;:\d]{0,24}\Z"
    r"|\b(?:fell|fallen|falls|dropped|declined|rose|risen|rises|climbed|grew|slipped|"
    r"increased|decreased) to [^,.;:\d]{0,12}\Z",
    re.IGNORECASE,
)
_TO_BASE = re.compile(
    r"(?:到|至|为|是|于)(?:上年|去年|前年|上期|同期|原来|\d{4}年)的?\Z"
)
_BEHIND = re.compile(
    r"[ ]of (?:the|its|their|all|total|last|that|what|this|every|China|Guizhou)\b"
    r"|[ ]share\b|的?(?:份额|占比|比重)",
)
_CLAUSE = re.compile(r"[，。；,;.]")


def names_level(text: str, first: int, last: int) -> bool:
    """Whether the words around a percentage make it a share or a level."""
    before = _CLAUSE.split(text[max(first - 40, 0) : first])[-1]
    if _TO_BASE.search(before) or _BEHIND.match(text, last):
        return True
    return bool(_BEFORE.search(before)) and not _GROWTH.search(before)
