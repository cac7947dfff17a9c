"""The labels of choices are those that Django finds."""

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import override

from cbec_site.base.constraints import ConstraintsAtFields

FIELDS = [
    (model, field)
    for model in apps.get_models()
    if issubclass(model, ConstraintsAtFields)
    for field in model._meta.fields
    if field.choices
]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_labels_are_those_of_django(language):
    assert len(FIELDS) > 10
    with override(language):
        for model, field in FIELDS:
            for value in [*dict(field.flatchoices), "", "of no choice", None]:
                row = model(**{field.attname: value})
                named = getattr(row, f"get_{field.name}_display")()
                assert named == models.Model._get_FIELD_display(row, field)
                assert type(named) in (str, type(None))
