"""Choices that do not need Django's models behave as Django's own do."""

from django.db import models
from django.template import Context, Template

from datasets.choices import LabelledChoices


class Size(LabelledChoices):
    SMALL = "s", "small"
    NONE = "", "none"


class Same(models.TextChoices):
    SMALL = "s", "small"
    NONE = "", "none"


def test_choices_values_and_labels_are_as_in_django():
    assert Size.choices == Same.choices
    assert Size.values == Same.values
    assert Size.labels == Same.labels
    assert [str(size) for size in Size] == [str(size) for size in Same]
    assert [size.label for size in Size] == [size.label for size in Same]


def test_a_choice_is_its_value():
    assert Size("s") is Size.SMALL
    assert Size.SMALL == "s"
    assert "s" in Size
    assert Size.SMALL in Size
    assert "x" not in Size
    assert {"s": 1}[Size.SMALL] == 1


def test_templates_can_use_a_choice():
    shown = Template("{{ Size.SMALL.label }}").render(Context({"Size": Size}))

    assert shown == "small"
