"""What this app itself answers when it is asked what values are used for."""

from django.db.models import Count
from django.dispatch import receiver

from .models import Figure
from .signals import Touched, values_touched

NAMED = 50


@receiver(values_touched)
def name_figures(observations, **kwargs):
    """The published figures that show these observations."""
    figures = (
        Figure.objects.published()
        .filter(points__observation__in=observations)
        .annotate(touched=Count("points", distinct=True))
        .order_by("number")[:NAMED]
    )
    return [
        Touched("figure", f.number, f.title, f.get_absolute_url(), f.touched)
        for f in figures
    ]
