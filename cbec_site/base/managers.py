"""Managers of parts of rows."""

from django.db import models


class WithLinks(models.Manager):
    """Rows together with the related rows in `links`, which appear in their names.

    Used as a base manager, for pages that name many rows, such as before a deletion.
    """

    def __init__(self, *links):
        super().__init__()
        self.links = links

    def get_queryset(self):
        return super().get_queryset().select_related(*self.links)
