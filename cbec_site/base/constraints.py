"""Rules about rows whose errors are shown at the field to correct."""

from functools import cache

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.encoding import force_str

from .characters import control_error


@cache
def labels_of(field) -> dict:
    """The labels of a field's choices, translated where they are shown."""
    return dict(field.flatchoices)


class ConstraintsAtFields(models.Model):
    """Reports each violated constraint at one field instead of above the whole form."""

    # Constraint name → field to correct, where `field_of` would choose another.
    constraint_fields = {}

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field):  # noqa: N802 - Django's name
        """What `get_FIELD_display()` answers; Django collects all labels each time,
        which took a tenth of the time of a figure's page."""
        value = getattr(self, field.attname)
        return force_str(labels_of(field).get(value, value), strings_only=True)

    def clean_fields(self, exclude=None):
        """As in Django; texts must not hold control characters either."""
        errors = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for field in self._meta.fields:
            text = getattr(self, field.attname)
            if isinstance(text, str) and field.name not in (exclude or ()):
                if message := control_error(text):
                    errors.setdefault(field.name, []).append(ValidationError(message))
        if errors:
            raise ValidationError(errors)

    def validate_constraints(self, exclude=None):
        errors = {}
        for model, constraints in self.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self, exclude=exclude)
                except ValidationError as error:
                    field = self.field_of(constraint)
                    errors.setdefault(field, []).extend(error.error_list)
        if errors:
            raise ValidationError(errors)

    @classmethod
    def field_of(cls, constraint) -> str:
        """The field to correct: the stated one, the last of a key, or the first
        editable one."""
        if field := cls.constraint_fields.get(constraint.name):
            return field
        if isinstance(constraint, models.UniqueConstraint):
            return constraint.fields[-1]
        names = {lookup.partition("__")[0] for lookup in _lookups(constraint.condition)}
        named = [field for field in cls._meta.fields if field.name in names]
        return next((field.name for field in named if field.editable), named[0].name)


def _lookups(condition):
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from _lookups(child)
        else:
            yield child[0]
