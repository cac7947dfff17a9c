"""What the foot of each page says about who runs the site: the setting SITE_FACTS.

A fact is a text, or one for each language: {"zh-hans": "…", "en": "…"}. "filings" is a
list of numbers, each a text or {"number": "…", "url": "…"}.
"""

from dataclasses import dataclass

from django.conf import settings

from .base.foreign import has_chinese
from .base.languages import CHINESE, bcp47, reading_order

TEXTS = ("organiser", "contact", "accessibility", "privacy")


@dataclass(frozen=True)
class Fact:
    """A text with the tag of its language, "" for the page's; `url` may be empty."""

    text: str
    lang: str = ""
    url: str = ""

    def __str__(self):
        return self.text


def site_facts() -> dict:
    """The facts that are set, in the reader's language where there is a choice."""
    given = settings.SITE_FACTS
    facts = {name: _in_language(given.get(name)) for name in TEXTS}
    facts["filings"] = [_filing(number) for number in given.get("filings", [])]
    return {name: fact for name, fact in facts.items() if fact}


def _in_language(given) -> Fact | None:
    own, other = reading_order()
    if isinstance(given, dict):
        for language in (own, other):
            if text := given.get(language.code):
                lang = "" if language == own else bcp47(language.code)
                return Fact(text, lang)
        return None
    is_foreign = own != CHINESE and given and has_chinese(given)
    return Fact(given, CHINESE.tag if is_foreign else "") if given else None


def _filing(given) -> Fact:
    own, _other = reading_order()
    lang = "" if own == CHINESE else CHINESE.tag
    if isinstance(given, dict):
        return Fact(given["number"], lang, given.get("url", ""))
    return Fact(given, lang)
