"""Pieces of forms are written as Django's own templates write them."""

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


class Typed(forms.Form):
    name = forms.CharField(label="A & <b>")
    is_short = forms.BooleanField(required=False, label="“Short”")
    hidden = forms.IntegerField(widget=forms.HiddenInput)


def test_labels_and_errors_are_written_as_djangos_templates_write_them():
    for data in ({}, {"name": "n", "hidden": "x"}, {"name": '"<', "hidden": "2"}):
        for use in (True, False):
            ours, django = (
                Typed(data, renderer=renderer, use_required_attribute=use)
                for renderer in (Renderer(), DjangoTemplates())
            )
            for name in Typed.base_fields:
                written, expected = ours[name], django[name]
                assert str(written.errors) == str(expected.errors)
                assert written.label_tag() == expected.label_tag()
                assert written.legend_tag(attrs={"class": "<", "hidden": True}) == (
                    expected.legend_tag(attrs={"class": "<", "hidden": True})
                )
                assert without_blanks(str(written)) == without_blanks(str(expected))
            assert without_blanks(str(ours)) == without_blanks(str(django))


def test_options_are_written_as_djangos_templates_write_them():
    widgets = [
        forms.Select(choices=CHOICES),
        forms.Select(choices=CHOICES, attrs={"class": 'a"b', "disabled": False}),
        forms.Select(choices=[]),
        forms.SelectMultiple(choices=CHOICES, attrs={"size": 3}),
        forms.TextInput(attrs={"class": "<"}),
        forms.NumberInput(attrs={"max": 2.5, "readonly": True}),
        forms.DateInput(),
        forms.HiddenInput(),
        forms.CheckboxInput(attrs={"disabled": False}),
        forms.Textarea(attrs={"rows": 2}),
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
