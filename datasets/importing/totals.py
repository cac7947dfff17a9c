"""Rows that add others up: they are listed and left out."""

from datasets.spreadsheets.folding import fold_key

_TOTALS = frozenset("合计 总计 小计 总和 total sum grandtotal".split())
_ALL_PARTNERS = frozenset("总值 总额 全部 全球 世界 world all".split())


def is_total(name: str) -> bool:
    """Whether a name means a sum: 合 计, Grand total."""
    return fold_key(name) in _TOTALS


def is_all_partners(name: str) -> bool:
    """Whether the name of a trading partner means all of them: 总值, World."""
    return fold_key(name) in _ALL_PARTNERS
