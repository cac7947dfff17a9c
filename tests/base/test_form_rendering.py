"""Lists of choices are written as Django's own templates write them."""

import re

from django import forms
from django.forms.renderers import DjangoTemplates

from cbec_site.base.form_rendering import Renderer

CHOICES = [
    ("", "All"),
    (1, "One & <b>only</b>"),
    ('"', "'"),
    ("Group <1>", [("a", "A"), (None, "None")]),
]


def test_options_are_written_as_djangos_templates_write_them():
    widgets = [
        forms.Select(choices=CHOICES),
        forms.Select(choices=CHOICES, attrs={"class": 'a"b', "disabled": False}),
        forms.Select(choices=[]),
        forms.SelectMultiple(choices=CHOICES, attrs={"size": 3}),
        forms.TextInput(attrs={"class": "<"}),
        forms.RadioSelect(choices=CHOICES[:2]),
        forms.CheckboxSelectMultiple(choices=CHOICES),
        forms.CheckboxSelectMultiple(choices=CHOICES, attrs={"id": "i", "class": "c"}),
    ]

    for widget in widgets:
        for value in ("", "1", ["a", '"'], None):
            asked = {"name": "n<", "value": value, "attrs": {"required": True}}
            django = widget.render(**asked, renderer=DjangoTemplates())
            ours = widget.render(**asked, renderer=Renderer())
            assert without_blanks(ours) == without_blanks(django)


def without_blanks(html):
    """Without what is between two elements: line breaks that nobody sees."""
    return re.sub(r">\s+<", "><", html)
