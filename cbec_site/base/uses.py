"""Which links make a row used by another: said by the model that has the link.

A lower app does not know which models link to its rows; they register here::

    @uses("region", "source")
    class Observation(models.Model): ...
"""

from collections import defaultdict
from collections.abc import Callable
from functools import cache

from django.db.models import Field, Model

_registered: list[tuple[type[Model], tuple[str, ...]]] = []


def uses(*names: str) -> Callable[[type[Model]], type[Model]]:
    """For a model: its rows use those they link to by these fields."""

    def register(model):
        _registered.append((model, names))
        return model

    return register


def links_to(model: type[Model]) -> list[Field]:
    """The fields by which rows use those of a model."""
    return _links().get(model, [])


@cache
def _links() -> dict[type[Model], list[Field]]:
    # Asked once the models are there: some name what they link to as text.
    links = defaultdict(list)
    for model, names in _registered:
        for name in names:
            field = model._meta.get_field(name)
            links[field.related_model].append(field)
    return links
