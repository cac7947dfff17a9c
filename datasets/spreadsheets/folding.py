"""Text as people mean it: one width, one kind of space, no invisible characters."""

import re
import unicodedata
from functools import lru_cache

# A cell is read by several functions, and names recur in every row.
REMEMBERED = 4096
_MARK = re.compile(r"(?:[①-⑳㊀-㊉*†‡]|\[\d{1,2}\]|［\d{1,2}］)+\s*\Z")
# Letters and marks by category, but not drawn: fillers and variation selectors.
_FILLERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)

_APOSTROPHE = re.compile(r"\A\s*'(?=[=+\-@\t\r])")
_LINE_END = re.compile(r"\s*[\r\n]+\s*")
# Marks that are typed one for another: brackets, quotation marks, dashes, dots.
_ROUND = str.maketrans("[]{}〔〕【】〖〗﹝﹞❲❳", "()" * 7)
_ALIKE = _ROUND | str.maketrans("‐‑‒–—―─·・•‧∙⋅", "-" * 7 + "·" * 6)
_ALIKE |= str.maketrans("“”„‟«»″「」『』‘’‚‛′`´", '"' * 11 + "'" * 7)
_ALIKE |= str.maketrans("〈〉《》⟨⟩", "<>" * 3)
# Chinese characters and punctuation, which are not separated by spaces.
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]")


def is_invisible(char: str) -> bool:
    """Whether a character is invisible; spaces and line ends do not count."""
    if char in "\t\n\r\x0b\x0c\x85":
        return False
    return unicodedata.category(char) in ("Cf", "Cc", "Cn") or bool(
        _FILLERS.match(char)
    )


@lru_cache(REMEMBERED)
def without_invisible(text: str) -> str:
    """A text without invisible characters; spaces and line ends stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char for char in text if not is_invisible(char))


def has_invisible(text: str) -> bool:
    """Whether a name has invisible characters, which `tidy_name` removes."""
    return without_invisible(text) != text


@lru_cache(REMEMBERED)
def fold(text: str) -> str:
    """A text in half-width with single spaces, no invisible characters, stripped.

    A cell of a file is folded as `Cell.plain`; what reads cells takes the cell, or its
    folded text as `plain`. `fold` itself is for texts that come from elsewhere (names
    in the database, what an editor types) and for readers that have to see the text as
    written too, because folding would hide something in it, such as the mark in 203².
    A test counts the modules that call it.
    """
    plain = without_invisible(text)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
        plain = plain.replace("−", "-").replace("﹣", "-")
    return re.sub(r"\s+", " ", plain).strip()


@lru_cache(REMEMBERED)
def tidy_name(text: str) -> str:
    """A name with half-width letters and digits, but its punctuation as written."""
    plain = without_invisible(text)
    if not plain.isascii():
        plain = "".join(
            unicodedata.normalize("NFKC", char)
            if "Ａ" <= char <= "ｚ" or "０" <= char <= "９"
            else char
            for char in plain
        )
    return re.sub(r"\s+", " ", plain).strip()


def fold_case(text: str) -> str:
    """A text folded and without regard to case, as names and labels are compared."""
    return fold(text).casefold()


def round_brackets(text: str) -> str:
    """A text in which brackets of every other shape are round: 【单位：万元】."""
    return text.translate(_ROUND)


def fold_marks(text: str) -> str:
    """A folded text in which marks typed one for another are the same: 〔〕, “”, —."""
    return fold(text).translate(_ALIKE)


@lru_cache(REMEMBERED)
def fold_key(text: str) -> str:
    """What makes two spellings of a name one: width, marks, blanks, composition."""
    return re.sub(r"\s+", "", fold_marks(text)).casefold() if text else ""


def close_up(text: str) -> str:
    """A name without spaces between its Chinese characters: 贵 州."""
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)


def split_marks(text: str) -> tuple[str, list[str]]:
    """A cell without its trailing footnote marks, and the marks: 203[2], 全国①."""
    match = _MARK.search(text)
    if match is None or not text[: match.start()].strip():
        return text, []
    marks = re.findall(
        r"[①-⑳㊀-㊉*†‡]|\[\d{1,2}\]", match[0].replace("［", "[").replace("］", "]")
    )
    return text[: match.start()].rstrip(), marks


def figure_of_another_size(text: str) -> str:
    """A superscript or circled digit in a text, "" if there is none.

    It is a footnote mark, and folding would turn 203² into 2032. Full-width and
    mathematical digits are ordinary digits; m² and ㎡ are a unit.
    """
    if text.isascii():
        return ""
    before = ""
    for char in text:
        if not char.isascii() and re.search(
            "[0-9]", unicodedata.normalize("NFKC", char)
        ):
            kind = unicodedata.decomposition(char).split(" ")[0]
            is_unit = before.lower() == "m"
            if kind not in ("", "<wide>", "<font>", "<square>") and not is_unit:
                return char
        before = char
    return ""


def fold_note(text: str) -> str:
    """A note as written, on one line and without invisible characters.

    A line end becomes a space, or nothing between Chinese characters. The apostrophe
    that our files put before what looks like a formula is removed.
    """
    return without_invisible(join_lines(without_apostrophe(text))).strip()


def join_lines(text: str) -> str:
    """A text on one line: line ends become spaces, or nothing between Chinese."""
    return _LINE_END.sub(_joint, text.strip())


def _joint(match: re.Match[str]) -> str:
    sides = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return "" if all(_WIDE.match(side) for side in sides) else " "


def without_apostrophe(text: str) -> str:
    """A text without the apostrophe before what a spreadsheet takes for a formula."""
    return _APOSTROPHE.sub("", text)
