"""The site's languages: their tags, punctuation and how one stands in for the other."""

from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import to_locale as django_locale

# Full-width signs bring their own blank. "、" divides the items of a list.
_SIGNS_ZH = {", ": "，", "、": "、", "; ": "；", ": ": "：", ". ": "。"}
_SIGNS_ZH |= {" (": "（", ")": "）"}

_BCP47 = {"zh-hans": "zh-Hans", "en": "en"}


def bcp47(code):
    """The language tag HTML wants: zh-hans becomes zh-Hans."""
    return _BCP47.get(code, code)


def og_locale(code):
    """The locale Open Graph wants: zh_CN or en_GB."""
    return {"zh-hans": "zh_CN", "en": "en_GB"}.get(code, django_locale(code))


def sign(mark):
    """A punctuation mark, written as in English, in the active language.

    "、" between the items of a list is a comma in English.
    """
    if get_language() == "en":
        return ", " if mark == "、" else mark
    return _SIGNS_ZH[mark]


def text(item, field):
    """A translated field; a text that exists only in the other language says so."""
    value = getattr(item, field)
    language = get_language() or settings.LANGUAGE_CODE
    if not value or getattr(item, f"{field}_{language.replace('-', '_')}", value):
        return value
    other = other_code()
    return format_html(
        '<span lang="{}">{}</span> <small class="fallback">{}</small>',
        bcp47(other),
        value,
        gettext("(Chinese only)") if other == "zh-hans" else gettext("(English only)"),
    )


def other_code():
    """The language the reader did not choose."""
    return "zh-hans" if get_language() == "en" else "en"


def other_language(item, field):
    """The same field in the language the reader did not choose, or ""."""
    return getattr(item, f"{field}_{other_code().replace('-', '_')}", "")
