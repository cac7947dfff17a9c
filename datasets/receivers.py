"""What this app itself answers when it is asked what values are used for."""

from django.db.models import Count, Q
from django.dispatch import receiver

from .models import Figure
from .signals import Touched, values_touched

NAMED = 50


@receiver(values_touched)
def name_figures(observations, gained, lost, **kwargs):
    """The published figures that show these observations, points gained and lost."""

    def points(**condition):
        return Count("points", filter=Q(**condition), distinct=True)

    figures = (
        Figure.objects.published()
        .filter(points__observation__in=observations)
        .annotate(
            touched=points(points__observation__in=observations),
            gained=points(points__observation__in=gained),
            lost=points(points__observation__in=lost),
        )
        .order_by("number")[:NAMED]
    )
    return [
        Touched(
            kind="figure",
            code=figure.number,
            title=figure.title,
            url=figure.get_absolute_url(),
            count=figure.touched,
            gained=figure.gained,
            lost=figure.lost,
        )
        for figure in figures
    ]
