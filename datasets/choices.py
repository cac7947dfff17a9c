"""Named choices for what knows no database: Django's own come with its models."""

import enum
from collections.abc import Iterator
from typing import Any


class _ChoicesType(enum.EnumType):
    """Gives the choices of a class as the fields of models and forms take them."""

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

    A choice is the string of its value. Unlike those, these can be imported where no
    part of Django's models is.
    """

    # Templates show the class, they make no choice of it.
    do_not_call_in_templates = enum.nonmember(True)

    def __new__(cls, value: str, label: Any = "") -> "LabelledChoices":
        """A choice with what it is called."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    label: Any
