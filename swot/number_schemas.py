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
    def resolve_numbers_zh(row):
        return marked_numbers(row.bound_items, *_text(row, CHINESE))

    @staticmethod
    def resolve_numbers_en(row):
        return marked_numbers(row.bound_items, *_text(row, ENGLISH))

    @staticmethod
    def resolve_checked_zh(row):
        return checked(row.bound_items, _text(row, CHINESE)[0])

    @staticmethod
    def resolve_checked_en(row):
        return checked(row.bound_items, _text(row, ENGLISH)[0])


def _text(row, language):
    return texts_of(row)[language.code], language.code


def prepare_numbers(rows):
    """Load what the texts of these rows bind, in at most three queries."""
    rows = list(rows)
    bound = load_bound(*(text for row in rows for text in texts_of(row).values()))
    for row in rows:
        row.bound_items = bound
