"""Parses document numbers: 国函〔2020〕47号 as issuer's mark, year and serial number.

Two shapes are read: a mark with the year in brackets, and an announcement or order with
the year before 年. The official form has the brackets 〔〕, half-width digits and a
serial without leading zeros; any other number is left as printed.
"""

import re
import unicodedata
from typing import NamedTuple

_OPENING = r"\[【(〔［（﹝{｛「〖"
OPEN, CLOSE = rf"[{_OPENING}]", r"[\]】)〕］）﹞}｝」〗]"
# What follows the issuing bodies in the numbers of announcements and orders.
KIND_WORDS = "(?:公告|通告|通知|令)"
_BRACKETED = re.compile(
    rf"(?P<mark>[^\d{_OPENING}]+?)\s*{OPEN}\s*(?P<year>\d{{4}})\s*年?\s*{CLOSE}"
    r"\s*第?\s*0*(?P<serial>[1-9]\d*)\s*号"
)
_DATED = re.compile(
    r"(?P<mark>\D+?)\s*(?P<year>\d{4})\s*年\s*第?\s*0*(?P<serial>[1-9]\d*)\s*号"
)
# What follows the mark when a number occurs in running text.
_BRACKETS_IN_TEXT = re.compile(
    rf"\s*{OPEN}\s*(\d{{4}})\s*年?\s*{CLOSE}\s*第?\s*0*([1-9]\d*)\s*号"
)
_DATE_IN_TEXT = re.compile(
    rf"({KIND_WORDS})\s*(\d{{4}})\s*年\s*第?\s*0*([1-9]\d*)\s*号"
)


class DocumentNumber(NamedTuple):
    """A document number in the parts by which it is indexed."""

    mark: str
    year: int
    serial: int
    is_bracketed: bool = True

    def __str__(self):
        if self.is_bracketed:
            return f"{self.mark}〔{self.year}〕{self.serial}号"
        return f"{self.mark}{self.year}年第{self.serial}号"


def parse_number(text: str) -> DocumentNumber | None:
    """The parts of a document number in any of its written forms; None if
    unreadable."""
    plain = _with_plain_digits(text).strip()
    for pattern, is_bracketed in ((_BRACKETED, True), (_DATED, False)):
        if match := pattern.fullmatch(plain):
            return DocumentNumber(
                _mark(match["mark"]),
                int(match["year"]),
                int(match["serial"]),
                is_bracketed,
            )
    return None


def _mark(text: str) -> str:
    """The mark with one space between bodies that issued together: 财政部、海关总署."""
    spaced = re.sub(r"[\s、]+", " ", text.strip())
    return re.sub(rf" (?={KIND_WORDS}\Z)", "", spaced)


def official_form(text: str) -> str:
    """A document number as authorities print it; other text unchanged."""
    number = parse_number(text)
    return str(number) if number else text


def official_forms(text: str) -> str:
    """A text in which each number is as authorities print it: 国函[2020]第47号 批复."""
    plain = _with_plain_digits(text)
    if number := parse_number(plain):
        return str(number)
    plain = _BRACKETS_IN_TEXT.sub(r"〔\1〕\2号", plain)
    return _DATE_IN_TEXT.sub(r"\1\2年第\3号", plain)


def _with_plain_digits(text: str) -> str:
    return "".join(
        unicodedata.normalize("NFKC", char) if char.isdigit() else char for char in text
    )
