"""Reads one cell as a value: numbers, missing marks, qualifiers, units and footnotes.

Nothing is guessed: what does not fit the patterns here raises `NumberError`.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, getcontext

from django.utils.translation import gettext as _

from datasets.spreadsheets.folding import (
    figure_of_another_size,
    fold,
    without_invisible,
)
from datasets.spreadsheets.formats import CURRENCIES
from datasets.spreadsheets.tidying import done_to_number
from datasets.units import Unit

from .printed_units import SCALES, find_unit

MAX_DIGITS, MAX_DECIMALS = 24, 6

_MISSING = frozenset("/ n/a na null none 空 无 缺 暂无 无数据 未公布".split())
_MISSING |= {"", "not available"}
_DASHES = re.compile(r"[-‐‒–—―─━]+\Z|\.{2,}\Z")

_BEFORE = (
    (
        re.compile(r"(?:大约|约为|约|≈|~|about|approximately|approx\.?|ca\.)\s*"),
        "about",
    ),
    (
        re.compile(r"(?:超过|逾|超|≥|>=|>|more than|over|at least|不低于|至少)\s*"),
        "at_least",
    ),
    # Not "<": a value below 5 need not be just under it.
    (re.compile(r"(?:将近|接近|不足|近|nearly|almost|just under)\s*"), "just_under"),
)
_AFTER = (
    ("左右", "about"),
    ("以上", "at_least"),
    ("余", "at_least"),
    ("多", "at_least"),
)
# The unit meant by a currency sign or code before or after a number.
_CURRENCY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_SIGN_BEFORE = re.compile(rf"(?P<minus>-?)(?P<sign>{_CURRENCY})\s*", re.IGNORECASE)
_SIGN_BEHIND = re.compile(rf"\s*(?P<sign>{_CURRENCY})\Z", re.IGNORECASE)
# 105 106 may be two numbers of a pasted line; a no-break space is a thousands mark.
_TWO_NUMBERS = re.compile(r"(?<![\d,.])(?<!\d )\d{3}(?: \d{3})+(?![\d,])", re.ASCII)
# 1,200 and 1.200 where either sign may mark decimals; 0,200 is not a thousand.
_GROUP_OR_DECIMALS = re.compile(r"\D*[1-9]\d{0,2}[.,]\d{3}(?:[^\d.,].*)?", re.ASCII)
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?\Z", re.ASCII)
_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+)(?:\.\d+)?"
    r"(?:e[+-]?\d{1,3})?)(?P<rest>.*)\Z",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)


class NumberError(ValueError):
    """A cell that is neither a number nor a missing mark; the message says why."""


@dataclass(frozen=True)
class Number:
    """A cell's value in `unit` (None if the cell names none); a None value is missing.

    `scale` is a bare 万 or 亿, for which the column has to name what is counted;
    `shift` the powers of ten between printed unit and `unit`; `currency` that of the
    sign beside the number; `tidied` what was done to the cell's text, as keys of
    `tidying`.
    """

    value: Decimal | None
    unit: str | None = None
    decimals: int = 0
    qualifier: str = ""
    scale: int = 0
    tidied: tuple[str, ...] = ()
    currency: str = ""
    shift: int = 0

    @property
    def is_missing(self) -> bool:
        return self.value is None


def is_missing_mark(text: str) -> bool:
    """Whether a folded cell says that there is no value: —, …, 空 or nothing."""
    return text.lower() in _MISSING or bool(_DASHES.match(text))


def read_number(
    text: str, *, is_percent: bool = False, has_decimal_commas: bool = False
) -> Number:
    """Read one cell; `is_percent` says that the sheet shows 0.995 as 99.5%.

    If a file may write decimals with a comma, 1,200 is ambiguous. Raises NumberError
    for anything that would have to be guessed.
    """
    plain = fold(text)
    if is_missing_mark(plain):
        return Number(None)
    _refuse_doubtful(text, plain, has_decimal_commas)
    rest, qualifier = _words_before(plain)
    rest, currency = _sign_before(rest)
    match = _NUMBER.match(rest)
    if match is None:
        raise NumberError(_why_not(plain))
    value, tail = _decimal(match["number"]), match["rest"].strip()
    if match["number"].endswith(" 100") and tail.lower().startswith("million"):
        # 5 100 million is five thousand one hundred million, or five of 100 million.
        raise NumberError(
            _("100 million could be part of the number: give the unit its own column.")
        )
    tail, qualifier = _words_after(tail, qualifier)
    if sign := _SIGN_BEHIND.match(tail):
        tail, currency = "", _currency(sign)
    unit, shift, scale = _tail_unit(tail, plain)
    tidied = _tidied(text, match["number"], qualifier)
    if is_percent and not tail:
        unit, value = Unit.PERCENT, value.scaleb(2)
        tidied.append("percent")
    if shift:
        tidied.append(unit)
    value, decimals = fit(value.scaleb(shift))
    return Number(
        value, unit, decimals, qualifier, scale, tuple(tidied), currency, shift
    )


def _refuse_doubtful(text, plain, has_decimal_commas):
    """Refuse what looks like a number but could be a different one."""
    if char := figure_of_another_size(text):
        raise NumberError(
            _("Write a footnote mark as [1]; %s could be taken for a digit.") % char
        )
    if _TWO_NUMBERS.search(without_invisible(text)):
        raise NumberError(
            _("One number or several? Write it without spaces between its digits.")
        )
    if has_decimal_commas and _GROUP_OR_DECIMALS.fullmatch(plain):
        raise NumberError(
            _(
                "In a file divided by semicolons a comma may be the decimal sign, "
                "and a point the thousands separator: write 1200 or 1.2."
            )
        )


def _words_before(rest):
    for pattern, meaning in _BEFORE:
        if match := pattern.match(rest):
            return rest[match.end() :], meaning
    return rest, ""


def _sign_before(rest):
    match = _SIGN_BEFORE.match(rest)
    if match is None or match.end() == len(rest):
        return rest, ""
    return match["minus"] + rest[match.end() :], _currency(match)


def _currency(match):
    """The code of a sign; ¥ is returned as it is, since it means yuan or yen."""
    return "¥" if match["sign"] in "¥￥" else CURRENCIES[match["sign"].lower()]


def _words_after(tail, qualifier):
    for word, meaning in _AFTER:
        if word in (tail[: len(word)], tail[-len(word) :]):
            tail = tail.replace(word, "", 1).strip()
            qualifier = _one_of(qualifier, meaning)
    if tail == "+":
        tail, qualifier = "", _one_of(qualifier, "at_least")
    return tail, qualifier


def _tidied(text, number, qualifier):
    kinds = [] if _PLAIN.match(text) else done_to_number(text)
    if qualifier:
        kinds.append("words")
    if "e" in number.lower():
        kinds.append("scientific")
    return kinds


def _one_of(qualifier, meaning):
    """约1300余 is both about 1300 and more than 1300: it is unclear which."""
    if qualifier not in ("", meaning):
        raise NumberError(_("The words around this number do not agree."))
    return meaning


def _tail_unit(tail, plain):
    if not tail:
        return None, 0, 0
    if unit := find_unit(tail):
        return unit[0], unit[1], 0
    if tail in SCALES:
        return None, 0, SCALES[tail]
    if re.match(r",|\d", tail):
        message = _(
            "Write thousands separators between groups of three digits, and "
            "decimals after a point."
        )
        raise NumberError(message)
    if tail.startswith("."):
        raise NumberError(_("This is not a number."))
    raise NumberError(_("Unknown unit or words after the number: %s") % tail)


def _decimal(text):
    try:
        value = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        raise NumberError(_("This is not a number.")) from None
    # Arithmetic would round what is longer than this to the context's precision.
    if len(value.as_tuple().digits) > getcontext().prec:
        raise NumberError(_too_long())
    return value


def _too_long():
    return _("More digits than can be stored without rounding.")


def fit(value: Decimal) -> tuple[Decimal, int]:
    """A value as the column can store it, and its decimals.

    Zeros beyond the last stored place are dropped. Raises NumberError where anything
    else would be.
    """
    decimals = max(-value.as_tuple().exponent, 0)
    if decimals > MAX_DECIMALS:
        value = value.normalize()
        decimals = max(-value.as_tuple().exponent, 0)
    if decimals > MAX_DECIMALS or value.adjusted() >= MAX_DIGITS - MAX_DECIMALS:
        raise NumberError(_too_long())
    if value.as_tuple().exponent > 0:
        value = value.quantize(Decimal(1))
    # Zero has no sign.
    value = value or abs(value)
    return value, decimals


def _why_not(plain):
    low = plain.lower()
    if low in ("nan", "inf", "-inf", "infinity", "+inf") or low.startswith("#"):
        return _("Not a finite number; leave the cell empty if there is no value.")
    if re.match(r"\(.*\d.*\)\Z", plain):
        return _("Write a negative number with a minus sign, not in brackets.")
    return _("This is not a number.")
