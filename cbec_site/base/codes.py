"""Codes, which name things in addresses, files, formulas and texts.

There is one rule for all of them: a validator for forms and importers, a constraint
of the database for every other write, and a path converter for addresses.

A breakdown is not such a code: it repeats the words of a source (“batch 1 (Hangzhou)”)
and is not part of any path.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _

PATTERN = "[A-Za-z0-9][A-Za-z0-9_-]*"
# Not “$”, which also matches before a final line break.
WHOLE = rf"\A{PATTERN}\Z"
MESSAGE = _(
    "Use only letters from A to Z, digits, hyphens and underscores, and begin with a "
    "letter or a digit."
)

NUMBER = r"\A[0-9]+\Z"
NUMBER_MESSAGE = _("A code of digits alone could be taken for a number: add a letter.")
RESERVED_MESSAGE = _("This word is already the address of another page.")

validate_code = RegexValidator(WHOLE, MESSAGE, code="invalid_code")
validate_letter = RegexValidator(
    NUMBER, NUMBER_MESSAGE, code="number", inverse_match=True
)


def validate_unreserved(*words):
    """A validator for codes that must not be one of these words, which are
    addresses."""
    pattern = rf"\A(?:{'|'.join(words)})\Z"
    return RegexValidator(
        pattern, RESERVED_MESSAGE, code="reserved", inverse_match=True
    )


class CodeConverter:
    """The same rule in a path: <code:slug>."""

    regex = PATTERN

    def to_python(self, value):
        return value

    def to_url(self, value):
        return str(value)


register_converter(CodeConverter, "code")


class CodeField(models.CharField):
    """A code or slug; its model also has a `code_constraint`.

    Migrations see a CharField, since the database knows no validators.
    """

    default_validators = (validate_code,)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, "django.db.models.CharField", args, kwargs


def code_constraint(field="code", *, may_be_empty=False):
    """The constraint that holds the rule for a field of a model."""
    condition = models.Q(**{f"{field}__regex": WHOLE})
    if may_be_empty:
        condition = models.Q(**{field: ""}) | condition
    return models.CheckConstraint(
        condition=condition,
        name=f"%(app_label)s_%(class)s_{field}_in_addresses",
        violation_error_message=MESSAGE,
    )


def letter_constraint(field="code", *, may_be_empty=False):
    """The constraint for `validate_letter`."""
    condition = ~models.Q(**{f"{field}__regex": NUMBER})
    if may_be_empty:
        # First, since SQLite asks Python for the other, once a row.
        condition = models.Q(**{field: ""}) | condition
    return models.CheckConstraint(
        condition=condition,
        name=f"%(app_label)s_%(class)s_{field}_is_no_number",
        violation_error_message=NUMBER_MESSAGE,
    )


def unreserved_constraint(*words):
    """The constraint for `validate_unreserved`."""
    return models.CheckConstraint(
        condition=~models.Q(code__in=words),
        name="%(app_label)s_%(class)s_code_not_reserved",
        violation_error_message=RESERVED_MESSAGE,
    )
