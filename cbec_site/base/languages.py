"""The site's languages: names, punctuation, and how one stands in for the other."""

from dataclasses import dataclass

from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import to_locale as django_locale

from .foreign import TAG, marked_html
from .line_breaks import unbroken

# Full-width punctuation includes its own space. "、" separates the items of a list.
_SIGNS_ZH = {", ": "，", "、": "、", "; ": "；", ": ": "：", ". ": "。"}
# Between two sentences Chinese has no space.
_SIGNS_ZH |= {" (": "（", ")": "）", " ": ""}


@dataclass(frozen=True)
class Language:
    """A language of the site and what it is called in each place.

    `code` in addresses and settings, `tag` in HTML (BCP 47), `locale` in Open Graph,
    `column` in the columns of the database, `short` in the API and in files.
    """

    code: str
    tag: str
    locale: str
    column: str
    short: str
    name: str


CHINESE = Language("zh-hans", TAG, "zh_CN", "zh_hans", "zh", "简体中文")
ENGLISH = Language("en", "en", "en_GB", "en", "en", "English")
LANGUAGES = (CHINESE, ENGLISH)
_BY_CODE = {language.code: language for language in LANGUAGES}


def by_code(code: str) -> Language:
    """The language of a code such as zh-hans."""
    return _BY_CODE[code]


def reading_order() -> tuple[Language, Language]:
    """The reader's language, then the one that is used in its absence."""
    return LANGUAGES[::-1] if get_language() == ENGLISH.code else LANGUAGES


def bcp47(code):
    """The language tag for HTML: zh-hans becomes zh-Hans."""
    return _BY_CODE[code].tag if code in _BY_CODE else code


def og_locale(code):
    """The locale for Open Graph: zh_CN or en_GB."""
    return _BY_CODE[code].locale if code in _BY_CODE else django_locale(code)


def sign(mark):
    """The active language's form of a punctuation mark given as in English.

    "、" between the items of a list is a comma in English.
    """
    if get_language() == "en":
        return ", " if mark == "、" else mark
    return _SIGNS_ZH[mark]


def in_language(name, code) -> str:
    """What a form calls the column of a language: Title (English), 标题（英文）."""
    language = {CHINESE.code: gettext("Chinese"), ENGLISH.code: gettext("English")}
    return f"{name}{sign(' (')}{language[code]}{sign(')')}"


name_in_language = lazy(in_language, str)


def text(item, field):
    """A translated field; a text that exists only in the other language says so.

    As HTML, in which words that a line may not break stay whole and Chinese words
    within English are marked.
    """
    value = getattr(item, field)
    language, other = reading_order()
    if not value:
        return value
    value = unbroken(value)
    if getattr(item, f"{field}_{language.column}", value):
        return value if language == CHINESE else marked_html(value, language.tag)
    return format_html(
        '<span lang="{}">{}</span> <small class="fallback">{}</small>',
        other.tag,
        value,
        gettext("(Chinese only)") if other == CHINESE else gettext("(English only)"),
    )


def other_code():
    """The language the reader did not choose."""
    _own, other = reading_order()
    return other.code


def other_language(item, field):
    """The same field in the language the reader did not choose, or ""."""
    _own, other = reading_order()
    return getattr(item, f"{field}_{other.column}", "")
