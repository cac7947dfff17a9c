"""What the API says about the numbers of a text: their marks, and how many are
checked."""

from ninja import Field, Schema

from cbec_site.base.languages import CHINESE, ENGLISH
from swot.models.texts import texts_of

from .texts.flagged import checked, marked_numbers
from .texts.markdown import load_bound


class NumberRow(Schema):
    """A number as printed in a text, what it is bound to, and its mark.

    `kind` is claim or obs. `verdict` is a verdict of claims, or unreadable. `cause`
    says what decided it: value, stated (the claim states another number) or verdict
    (the claim's own); or why nothing could: unread, unit, currency, change, no_number.
    """

    text: str
    kind: str
    code: str
    verdict: str = Field(alias="mark.name")
    cause: str = Field(alias="mark.cause")


class CheckedRow(Schema):
    """How many numbers of a text are checked against data, and which are not."""

    found: int
    checked: int = Field(alias="count")
    outside: list[str]


class HasNumbers(Schema):
    """The marks beside the numbers of a text and its coverage, in each language."""

    numbers_zh: list[NumberRow]
    numbers_en: list[NumberRow]
    checked_zh: CheckedRow
    checked_en: CheckedRow

    @staticmethod
    def resolve_numbers_zh(item):
        return marked_numbers(item.bound_items, *_text(item, CHINESE))

    @staticmethod
    def resolve_numbers_en(item):
        return marked_numbers(item.bound_items, *_text(item, ENGLISH))

    @staticmethod
    def resolve_checked_zh(item):
        return checked(item.bound_items, _text(item, CHINESE)[0])

    @staticmethod
    def resolve_checked_en(item):
        return checked(item.bound_items, _text(item, ENGLISH)[0])


def _text(item, language):
    return texts_of(item)[language.code], language.code


def prepare_numbers(items):
    """Load what the texts of these items bind, in at most three queries."""
    items = list(items)
    found = load_bound(*(text for item in items for text in texts_of(item).values()))
    for item in items:
        item.bound_items = found
