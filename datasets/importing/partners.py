"""Columns of trading partners (国别, 原产国), which are not what the values are about.

Such places are read as the breakdown once the region of the whole file is known: a
title names it, or an editor chooses it.
"""

import re

from django.utils.translation import gettext as _

from datasets.spreadsheets.folding import round_brackets

_HEADING = re.compile(
    r"(?:(?:进出口|出口|进口)?(?:商品)?(?:主要)?(?:国别|贸易伙伴|伙伴|产销国|原产国|起运国|运抵国"
    r"|目的国|来源国|目的地|来源地|最终目的国)(?:国家?)?|(?:出口|进口)(?:国家?|市场)|国家)"
    r"(?: ?[(/、和及与]?(?:国家?|地区|地)\)?)*"
    r"|(?:trading |trade )?partners?(?: (?:country|countries|economy|area))?"
    r"|countr(?:y|ies) of (?:origin|destination|consignment)"
    r"|(?:country )?destinations?|export markets?",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"国别|贸易伙伴|主要国家\(?地区|产销国|原产国|目的国"
    r"|\bby (?:trading )?(?:partner|country of|destination|origin)\b"
    r"|\btrading partners?\b",
    re.IGNORECASE,
)


def names_partners(plain: str) -> bool:
    """Whether a folded heading names trading partners: 国别(地区), or Country of
    origin."""
    return bool(_HEADING.fullmatch(round_brackets(plain)))


def is_by_partner(plain: str) -> bool:
    """Whether a folded title says that the rows of its table are of trading
    partners."""
    return bool(_TITLE.search(round_brackets(plain)))


def what_to_do() -> str:
    """What an editor can do where nothing says which place the values are about."""
    return _(
        "These are trading partners, not the place whose trade it is: choose that "
        "place as the region of the whole file; this column is then the breakdown."
    )
