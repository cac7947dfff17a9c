"""A date cell as the sheet shows it: as precise as its format, with its words."""

import datetime
import re

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|(?P<hidden>[_*].|\[[^\]]*\])'
    r"|(?P<part>y+|e+|m+|d+)|(?P<other>.)",
    re.IGNORECASE,
)
# Words that turn a date into another period, or no date at all: yyyy"年1-9月" shows
# nine months, "Mid" yyyy is not a whole year. All words do except those for year, month
# and day.
_MEANING = re.compile(
    r"[0-9０-９]|(?![年月日号份度末底])[\u3400-\u9fff]|\b(?:q|h|fy|s|w|a|e|f|p)\d?\b"
    r"|[a-z]{2}",
    re.IGNORECASE,
)
# Language and calendar codes that count years from another era.
_OTHER_CALENDAR = re.compile(
    r"\[\$[^\]]*-[0-9a-f]{0,2}0[3-8][0-9a-f]{4}\]", re.IGNORECASE
)
_ERA = re.compile(r"\[\$[^\]]*-(?:[0-9a-f]*)0?(?:411|404|412)\]", re.IGNORECASE)


def date_as_shown(value: datetime.date, number_format: str) -> str:
    """The text of a date cell, only as precise as the sheet shows it.

    If no year is shown, the stored one was not meant: 1-9 typed into a cell becomes 9
    January of the current year. The result is then not a period; nor is the format
    itself, which is returned for a year of another calendar.
    """
    section = number_format.split(";", maxsplit=1)[0]
    tokens = list(_TOKEN.finditer(section))
    # Colours, conditions and words in a format are not part of the date: "Mid" yyyy
    bare = "".join(m["part"] or m["other"] or "" for m in tokens).lower()
    if re.search(r"[gb]", bare) or _OTHER_CALENDAR.search(section):
        return number_format
    if "e" in bare and _ERA.search(section):
        return number_format
    if re.search(r"[hs]", bare) and "d" not in bare:
        return value.strftime("%H:%M:%S")
    words = "".join(m["quoted"] or m["escaped"] or "" for m in tokens)
    if _MEANING.search(words):
        return "".join(_shown(value, match) for match in tokens).strip()
    if not re.search(r"[ye]", bare):
        return value.strftime("%m-%d")
    if "d" in bare:
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m") if "m" in bare else value.strftime("%Y")


def _shown(value: datetime.date, match: re.Match[str]) -> str:
    """What one part of a format shows of a date; years always with four digits."""
    if part := (match["part"] or "").lower():
        return {"y": f"{value.year}", "e": f"{value.year}", "m": f"{value.month}"}.get(
            part[0], f"{value.day}"
        )
    other = match["other"] or ""
    return match["quoted"] or match["escaped"] or (other if other != "@" else "")
