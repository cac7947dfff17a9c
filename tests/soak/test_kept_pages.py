"""Every change of the shipped content is seen on every page that is made of kept
parts."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from cbec_site.base import kept
from datasets.models import Figure
from swot.models import Analysis
from tests.content_changes import (
    kept_as_if_committed,
    other_words,
    public_models,
    withdraw,
)

pytestmark = pytest.mark.django_db

HALF = 2


def without_half(model):
    """Delete every other row of a model that nothing protects: a link."""
    if model._meta.auto_created:
        rows = model._base_manager.order_by("pk")
        rows.filter(pk__in=list(rows.values_list("pk", flat=True)[::HALF])).delete()


def with_other_numbers(model):
    """Give every other row the numbers of its neighbour."""
    names = [
        field.name
        for field in model._meta.concrete_fields
        if field.get_internal_type() == "DecimalField"
    ]
    rows = list(model._base_manager.order_by("pk")) if names else []
    for row, other in zip(rows[::HALF], rows[1::HALF], strict=False):
        values = {name: getattr(other, name) for name in names}
        # Some numbers belong together; then the row stays as it is.
        with suppress(IntegrityError), transaction.atomic():
            model._base_manager.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize("model", public_models(), ids=lambda model: model._meta.label)
def test_pages_are_those_made_anew(study, client, monkeypatch, model):
    # One language or the other, to take half the time.
    with override(("zh-hans", "en")[len(model.__name__) % 2]):
        addresses = [
            reverse("home"),
            reverse("policies:policy-list"),
            f"{reverse('policies:policy-list')}?sort=title&page=2&status=in_force",
            reverse("policies:pilotzone-list"),
            reverse("swot:claim-list"),
            reverse("datasets:figure-list"),
            f"{reverse('datasets:figure-list')}?data=today",
            Analysis.objects.published().first().get_absolute_url(),
            Figure.objects.published()
            .first()
            .points.first()
            .observation.indicator.get_absolute_url(),
        ]

    def read():
        return [client.get(address).content for address in addresses]

    with kept_as_if_committed(monkeypatch) as site:
        read()
        for change in (other_words, with_other_numbers, without_half, withdraw):
            change(model)
            site.version += 1
            pages = read()
            kept.forget()
            assert pages == read()
