"""Unsaved rows, and the fields by which addresses name a model."""

import itertools

from django.apps import apps
from django.db.models import Model

from cbec_site.base.codes import CodeField
from datasets.models import Observation
from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_event,
    make_figure,
    make_indicator,
    make_issuer,
    make_observation,
    make_page,
    make_policy,
    make_recommendation,
    make_region,
    make_saved_view,
    make_source,
    make_topic,
    make_zone,
)

_numbers = itertools.count(1)

APPS = ("cbec_site", "datasets", "policies", "swot")
MAKERS = {
    "page": make_page,
    "source": make_source,
    "region": make_region,
    "indicator": make_indicator,
    "observation": make_observation,
    "figure": make_figure,
    "issuer": make_issuer,
    "topic": make_topic,
    "policy": make_policy,
    "pilotzone": make_zone,
    "savedview": make_saved_view,
    "analysis": make_analysis,
    "claim": make_claim,
    "entry": make_entry,
    "event": make_event,
    "recommendation": make_recommendation,
}


def copy_of(instance: Model, **changes):
    """An unsaved copy of a row, with some fields changed."""
    fields = {
        field.attname: getattr(instance, field.attname)
        for field in type(instance)._meta.concrete_fields
        if not field.primary_key
    }
    copy = type(instance)(**fields)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def code_fields():
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.local_fields:
                is_history = model.__name__.startswith("Historical")
                if isinstance(field, CodeField) and not is_history:
                    yield model, field.name


def unsaved(model, name, value):
    """A row that could be saved if it were not for this value of its code or slug."""
    made = MAKERS[model._meta.model_name]()
    others = {"period": "1999"} if model is Observation else {}
    for field in model._meta.fields:
        if field.unique and field.name != name and not field.primary_key:
            others[field.name] = f"o{next(_numbers)}"
    if hasattr(made, "first_quadrant"):
        others["first_quadrant"] = value[:1]
    return copy_of(made, **{name: value}, **others)
