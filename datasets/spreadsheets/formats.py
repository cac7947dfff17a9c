"""How a spreadsheet shows a number: its format may contain a unit, % or a scale."""

import re
import unicodedata

from django.utils.translation import gettext as _

from .sheets import Cell

# A spreadsheet program keeps 15 significant digits of a number; the two that a file
# may have beyond them are left over from binary arithmetic (12.299999999999999).
_DIGITS = 15
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|\[\$([^\]-]*)(-[^\]]*)?\]|\[[^\]]*\]')
# A semicolon inside a literal does not separate sections.
_SECTION = re.compile(r'((?:"[^"]*"|[\\!_*].|\[[^\]]*\]|[^;])*);')
_CONDITION = re.compile(r"\[[<>=][^\]]*\]")
# Currency signs as cells and formats show them. Yuan and yen share a sign.
CURRENCIES = {
    "us$": "USD", "usd": "USD", "$": "USD", "hk$": "HKD", "hkd": "HKD", "€": "EUR",
    "eur": "EUR", "£": "GBP", "gbp": "GBP", "jpy": "JPY", "jp¥": "JPY", "円": "JPY",
    "cny": "CNY", "rmb": "CNY", "cn¥": "CNY", "¥": "CNY", "￥": "CNY",
}  # fmt: skip
# A dollar or yen sign belongs to the country of the language code after it.
_BY_COUNTRY = {
    ("$", "c04"): "HKD", ("$", "409"): "USD", ("$", ""): "USD",
    ("¥", "411"): "JPY", ("￥", "411"): "JPY",
}  # fmt: skip
# [$…] contains a currency, of any country.
_NOWHERE = " "
# Signs that add nothing to the number; an arrow or a star may do so.
_MEANINGLESS = re.compile(r"[-+−–()（）△▲\s]")
_MINUS = re.compile(r"[-−–(（△▲]")


def number_cell(value: int | float, number_format: str) -> Cell:
    """A cell with a number as text, with the words that its format shows around it.

    The code of a currency other than the yuan is put before the number. A format that
    shows a different number (#,##0, shows thousands) or hides its sign yields a
    `fault`, since it is unclear which of the two the sheet means.
    """
    text, fault = _digits(value)
    if number_format in ("General", "@", ""):
        return Cell(text, fault=fault)
    sections = [_Section(part) for part in _SECTION.findall(f"{number_format};")]
    section = sections[0]
    if len(sections) > 1 and value < 0:
        section = sections[1]
    elif len(sections) > 2 and value == 0:
        section = sections[2]
    is_own = section is not sections[0]
    if _is_another(sections, section, value, is_own and value < 0):
        message = _("The sheet shows this number in a format of its own: %s")
        return Cell(text, fault=message % number_format)
    if not section.has_figures:
        # A word in place of the number; a dash is how accounts print a zero.
        word = section.before.strip()
        return Cell(text if not value and word in "-–—" else word, fault=fault)
    return Cell(section.around(text), is_percent=section.is_percent, fault=fault)


def _is_another(
    sections: list["_Section"],
    section: "_Section",
    value: int | float,
    has_own_sign: bool,
) -> bool:
    """Whether what is shown is not the number itself."""
    condition = any(map(_CONDITION.search, (each.text for each in sections)))
    is_doubtful = condition and any(s.meaning != section.meaning for s in sections)
    shows_nothing = not section.has_figures and not section.before.strip()
    # For a zero, #,### shows nothing at all.
    is_empty = section.has_figures and not value and "0" not in section.figures
    shows_minus = bool(_MINUS.search(section.signs))
    is_turned = has_own_sign != shows_minus and value != 0
    return (
        section.is_scaled
        or is_doubtful
        or shows_nothing
        or (is_empty and "?" not in section.figures)
        or section.is_broken
        or (not section.has_figures and value != 0)
        or is_turned
        or section.currency is None
    )


class _Section:
    """The part of a format for positive numbers, for negative ones or for zero."""

    def __init__(self, text: str) -> None:
        self.text = text = re.sub("General", "0", text, flags=re.IGNORECASE)
        literals = list(_LITERAL.finditer(text))
        bare = _LITERAL.sub(lambda match: "\0" if match[1] or match[2] else "", text)
        words = [match[1] or match[2] for match in literals if match[1] or match[2]]
        places = [match.start() for match in re.finditer(r"[0#?]", bare)]
        first, last = (places[0], places[-1]) if places else (len(bare), len(bare))
        split = bare[:first].count("\0")
        self.before, self.after = "".join(words[:split]), "".join(words[split:])
        self.figures = "".join(bare[position] for position in places)
        self.has_figures = bool(places)
        # Words between the digits, or digits in the words beside them: 0"."0 shows 12
        # as 1.2, and 0"9" shows 129.
        self.is_broken = bool(
            re.search(r"\0|(?<!E)-", bare[first:last])
            or re.search(r"[\d.,]\s*\Z", self.before)
            or re.match(r"\s*(?:e[-+]?)?[\d.,]", self.after, re.IGNORECASE)
        )
        # In 年1-9月 the dash is not a sign.
        signs = [word for word in words if not re.search(r"[^\W_]", word)]
        self.signs = bare[:first] + "".join(signs)
        self.currency = _currency(bare, words, literals)
        self.is_percent = "%" in bare
        self.is_scaled = bool(re.search(r"[0#?],+(?![0#?,])", bare))
        self.meaning = (
            self.is_percent, self.is_scaled, self.before, self.after, self.currency,
        )  # fmt: skip

    def around(self, text: str) -> str:
        """A number with the words before and after it; signs and spaces are not
        words."""
        before, after = map(self._said, (self.before, self.after))
        code = f"{self.currency} " if self.currency not in ("", "CNY") else ""
        return code + before + text + after

    def _said(self, words: str) -> str:
        """The words beside a number, "" for signs and for the currency alone."""
        said = _MEANINGLESS.sub("", words)
        is_currency = bool(self.currency) and said.lower() in CURRENCIES
        return "" if not said or is_currency else words


def _currency(bare: str, words: list[str], literals: list[re.Match]) -> str | None:
    """The code of the currency that a section shows, "" for none, None if unknown."""
    signs = [(word.strip(), "") for word in words]
    signs += [(char, "") for char in bare if unicodedata.category(char) == "Sc"]
    for match in literals:
        if match[3]:
            country = (match[4] or "").lstrip("-").lower()[-3:]
            signs.append((match[3].strip(), country.lstrip("0") or _NOWHERE))
    currencies = set()
    for sign, country in signs:
        low = sign.lower()
        code = _BY_COUNTRY.get((low, country.strip())) or CURRENCIES.get(low)
        if low == "$" and (low, country.strip()) not in _BY_COUNTRY:
            code = None
        elif code is None and not any(map(_is_sign, sign)) and not country:
            # Words in quotation marks are read with the number.
            continue
        currencies.add(code)
    if len(currencies) > 1:
        return None
    return currencies.pop() if currencies else ""


def _is_sign(char: str) -> bool:
    return unicodedata.category(char) == "Sc"


def _digits(value: int | float) -> tuple[str, str]:
    """A number as text without the noise of binary arithmetic, and what is wrong."""
    if isinstance(value, int):
        return str(value), ""
    if value.is_integer() and abs(value) < 10**_DIGITS:
        return str(int(value)), ""
    text = f"{value:.{_DIGITS}g}"
    if abs(value) >= 10**_DIGITS and float(text) != value:
        return text, _("More digits than a sheet keeps; write the number as text.")
    return text, ""
