"""Text as people mean it: one width, one kind of blank, nothing that nobody sees."""

import re
import unicodedata

_MARK = re.compile(r"(?:[①-⑳㊀-㊉*†‡]|\[\d{1,2}\]|［\d{1,2}］)+\s*\Z")


def fold(text: str) -> str:
    """Half-width, one kind of blank, no invisible characters, no outer blanks."""
    shown = "".join(
        char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cc", "Cn") or char in "\t\n\r"
    )
    shown = unicodedata.normalize("NFKC", shown).replace("−", "-").replace("﹣", "-")
    return re.sub(r"\s+", " ", shown).strip()


def has_invisible(text: str) -> bool:
    """Whether a name has characters nobody sees, which `tidy_name` takes out."""
    return not text.isprintable() and any(
        unicodedata.category(char) in ("Cf", "Cn") for char in text
    )


def tidy_name(text: str) -> str:
    """A name with half-width letters and digits, its punctuation as written."""
    shown = "".join(
        unicodedata.normalize("NFKC", char)
        if "Ａ" <= char <= "ｚ" or "０" <= char <= "９"
        else char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cn")
    )
    return re.sub(r"\s+", " ", shown).strip()


def split_marks(text: str) -> tuple[str, list[str]]:
    """A cell without its trailing footnote marks, and the marks: 203[2], 全国①."""
    match = _MARK.search(text)
    if match is None or not text[: match.start()].strip():
        return text, []
    marks = re.findall(
        r"[①-⑳㊀-㊉*†‡]|\[\d{1,2}\]", match[0].replace("［", "[").replace("］", "]")
    )
    return text[: match.start()].rstrip(), marks


def fold_note(text: str) -> str:
    """A note as written, on one line and without invisible characters.

    The apostrophe goes that our file for Excel puts before what looks like a formula.
    """
    text = re.sub(r"\s*[\r\n]+\s*", "", text).strip()
    text = re.sub(r"\A'(?=[=+\-@])", "", text)
    return re.sub(r"[\u200b-\u200f\ufeff]", "", text).strip()
