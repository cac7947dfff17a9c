"""Managers of parts of rows."""

from django.db import models


class WithLinks(models.Manager):
    """Rows with what they link to, by which they are named; `links` says what.

    As a base manager, for pages that name many at once, such as before a deletion.
    """

    def __init__(self, *links):
        super().__init__()
        self.links = links

    def get_queryset(self):
        return super().get_queryset().select_related(*self.links)
