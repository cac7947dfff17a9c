"""Named choices for code without a database: Django's own come with its models."""

import enum
from collections.abc import Iterator
from typing import Any


class _ChoicesType(enum.EnumType):
    """Provides the choices of a class in the form that fields of models and forms
    expect."""

    def __contains__(cls, value: object) -> bool:
        """Whether this is a choice or the value of one."""
        return any(member == value for member in cls.members())

    def members(cls) -> Iterator[Any]:
        return iter(cls.__members__.values())

    @property
    def choices(cls) -> list[tuple[str, Any]]:
        return [(member.value, member.label) for member in cls.members()]

    @property
    def values(cls) -> list[str]:
        return [member.value for member in cls.members()]

    @property
    def labels(cls) -> list[Any]:
        return [member.label for member in cls.members()]


class LabelledChoices(enum.StrEnum, metaclass=_ChoicesType):
    """Choices written as NAME = "value", _("label"), as Django's TextChoices are.

    A choice is the string of its value. Unlike Django's, these can be imported without
    Django's models.
    """

    # Templates may access the class without calling it.
    do_not_call_in_templates = enum.nonmember(True)

    def __new__(cls, value: str, label: Any = "") -> "LabelledChoices":
        """A choice with its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    label: Any
