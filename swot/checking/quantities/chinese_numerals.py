"""Adds up Chinese numbers: 二十七亿一千七百万, 12万5千, 500多亿, 十三点五, 七八百.

A run of digits and numerals becomes tokens that are added section by section as one
reads them aloud. 二百五 is 250 and 一万三 is 13,000, as they are spoken.
"""

import re
from decimal import Decimal

from .numerals import DIGITS, Numeral, UnreadableError, places, plain_digits

GAP = r"[ \t\u00a0]{0,4}"
NUMBERS = dict(
    zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, *range(3, 10)), strict=True)
)
TENS = {"十": 1, "百": 2, "千": 3}
_BIG = {"万": 4, "亿": 8}
_MORE = "多余几来"
_TOKEN = re.compile(
    rf"{GAP}(?:(?P<digits>{DIGITS})|(?P<sign>千(?![克米瓦卡])|百(?!分点)|"
    r"个(?=[ 多]?[万亿])|[零〇一二两三四五六七八九十万亿多余几点]|"
    r"来(?=[万亿个家人名种件项年岁天元块吨户辆条])))"
)
_SPACED = re.compile(rf"{GAP}\d+{GAP}[千百十]")
# 两百点两 has no value as written: it is neither 200.2 nor 200 and 2.
_NO_FRACTION = re.compile(rf"{GAP}两[百千万亿]*(?=[元美%倍吨]|个?百分点|\W|\Z)")
_FRACTION = re.compile(rf"{GAP}([零〇一二三四五六七八九]+|\d+)(?![点时分])")
_PAIRS = {(a, a + 1) for a in range(1, 9)} | {(3, 5)}


class Reader:
    """Adds up the tokens of one number from a position on."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start, self.end = text, start, start
        self.total = self.section = Decimal(0)
        self.number: Decimal | None = None
        self.pair: Decimal | None = None
        self.big: int | None = None
        self.step: int | None = None
        self.is_about = False
        self.has_zero = self.is_more = self.is_word = self.has_digits = False
        self.is_implied = False
        self.decimals = self.printed = self.width = 0
        self.extra = Decimal(0)
        self.last = ""

    @property
    def current(self) -> Decimal:
        """The digits since the last unit; 0 where there are none."""
        return self.number or Decimal(0)

    def read(self) -> Numeral | None:
        while token := _TOKEN.match(self.text, self.end):
            is_read: bool | str
            if token["digits"]:
                is_read = self._digits(token["digits"])
            else:
                is_read = self._sign(token["sign"], token.end())
            if not is_read:
                break
            if is_read is True:
                self.end = token.end()
        return self._result()

    def _digits(self, digits: str) -> bool:
        if self.last in ("digits", "digit", "more"):
            return False
        if self.last and self.start < self.end and self.text[self.end] == " ":
            # 7万 5千 is one number, "1亿 2020" two.
            if not _SPACED.match(self.text, self.end):
                return False
        self.number, self.last, self.has_digits = plain_digits(digits), "digits", True
        self.decimals = self.printed = places(digits)
        if digits.startswith("0") and len(digits) > 1 and "." not in digits:
            self.has_zero = True
        self.width = len(digits)
        return True

    def _sign(self, sign: str, end: int) -> bool | str:
        if sign in NUMBERS:
            return self._digit(NUMBERS[sign])
        if sign in TENS:
            return self._ten(TENS[sign])
        if sign in _BIG:
            return self._big(_BIG[sign])
        if sign == "个":
            # 5个亿, 3个多亿
            is_read = self.last in ("digit", "digits")
            self.last = "digits" if is_read else self.last
            return is_read
        if sign == "点":
            return self._point(end)
        if sign in _MORE:
            return self._more(sign, end)
        return False

    def _digit(self, digit: int) -> bool:
        if self.last == "digits":
            return False
        if self.last in ("digit", "pair"):
            return self._run_of_digits(digit)
        if digit == 0 and self.last in ("ten", "big"):
            self.has_zero = True
            return True
        self.number, self.last = Decimal(digit), "digit"
        self.is_word, self.width = True, 1
        self.decimals = 0
        return True

    def _run_of_digits(self, digit: int) -> bool:
        """〇二四 digit by digit; 七八 as seven or eight; 二五 is no number."""
        before = int(self.current)
        if self.width == 1 and self.last == "digit" and (before, digit) in _PAIRS:
            self.pair, self.last, self.width = Decimal(digit), "pair", 2
            return True
        if self.step is not None:
            raise UnreadableError(self.end + 1)
        number = self.current
        if self.pair is not None:
            number, self.pair = number * 10 + self.pair, None
        self.number, self.width = number * 10 + digit, self.width + 1
        self.last = "digit"
        return True

    def _ten(self, power: int) -> bool:
        is_whole = self.current == self.current.to_integral_value()
        if power == 1 and (self.last == "more" or not is_whole):
            return False
        self.is_implied |= self.number is None and not self.total and not self.section
        self.is_implied &= power > 1
        number = Decimal(1) if self.number is None else self.number
        if self.last == "ten" and self.step is not None and power >= self.step:
            return False
        self.section += number.scaleb(power)
        if self.pair is not None:
            self.extra = (self.pair - number).scaleb(power)
            self.pair = None
        self.number, self.step, self.last = None, power, "ten"
        self.is_word |= not self.has_digits
        self.has_zero = False
        self.decimals -= power if self.has_digits else 0
        return True

    def _big(self, power: int) -> bool:
        if self.pair is not None:
            self.extra, self.pair = self.pair - self.current, None
        section = self.section + self.current
        if self.number is None and not self.section and not self.total:
            if self.last:
                return False
            section, self.is_implied = Decimal(1), True
        if not section and self.last not in ("big", "more"):
            return False
        if not section or (self.big is not None and power > self.big):
            self.total = (self.total + section).scaleb(power)
        else:
            self.total += section.scaleb(power)
        self.extra = self.extra.scaleb(power)
        self.decimals -= power
        if self.last not in ("digits", "big", "more") or not self.has_digits:
            self.decimals = -power if self.last != "big" else self.decimals
            self.is_word = True if not self.has_digits else self.is_word
        self.section, self.number = Decimal(0), None
        self.big, self.step, self.last = power, power, "big"
        self.has_zero = False
        return True

    def _point(self, end: int) -> bool | str:
        match = _FRACTION.match(self.text, end)
        if self.last and (wrong := _NO_FRACTION.match(self.text, end)):
            raise UnreadableError(wrong.end())
        if not self.last or self.last in ("more", "pair") or match is None:
            return False
        if self.has_digits and not match[1].isdecimal():
            return False
        fraction = "".join(str(NUMBERS.get(sign, sign)) for sign in match[1])
        self._speak()
        self.number = self.current + Decimal(f"0.{fraction}")
        self.decimals = self.printed = len(fraction)
        self.last = "digits"
        self.has_digits = self.is_word = True
        self.end = match.end()
        return "done"

    def _more(self, sign: str, end: int) -> bool:
        if not self.last or self.last in ("digit", "pair", "more"):
            if not (sign == "几" and self.has_zero):
                return False
        if sign == "几" and self.last == "digits" and self.current % 10:
            return False
        if sign == "来":
            # 二十来个 and 30来家, not 5来.
            if self.last == "digits" and self.current % 10:
                return False
            self.is_about, self.last = True, "more"
            return True
        self.is_more, self.last = True, "more"
        return True

    def _speak(self) -> None:
        """二百五 is 250: a last digit counts in tenths of the unit before it."""
        digit = self.current
        is_spoken = self.last == "digit" or (self.last == "digits" and self.step == 4)
        if not is_spoken or self.step is None or self.step < 2 or self.has_zero:
            return
        if self.width == 1 and digit == digit.to_integral_value():
            self.number = digit.scaleb(self.step - 1)

    def _result(self) -> Numeral | None:
        if not self.last or (self.last == "more" and self.start == self.end):
            return None
        if self.pair is not None:
            self.extra = self.pair - self.current
        self._speak()
        value = self.total + self.section + self.current
        end = self.end
        return Numeral(
            self.start,
            end,
            value,
            self.decimals,
            value + self.extra if self.extra else None,
            is_word=self.is_word,
            has_scale=self.big is not None
            or (self.has_digits and self.step is not None),
            needs_unit=not self.has_digits,
            is_more=self.is_more,
            is_about=self.is_about,
            is_vague=self.is_implied,
            exponent=self.printed - self.decimals if self.has_digits else 0,
        )


def chinese_number(text: str) -> int | None:
    """The value of a Chinese numeral: 二十四 is 24, 一百零四 104, 二〇 20."""
    if not text or not all(sign in NUMBERS or sign in TENS for sign in text):
        return None
    read = Reader(text, 0).read()
    return None if read is None or read.end < len(text) else int(read.value)
