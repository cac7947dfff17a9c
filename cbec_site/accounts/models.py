"""What the site keeps about accounts beside Django's own tables."""

from django.contrib.auth.models import Group
from django.db import models


class ShippedRole(models.Model):
    """A role that was made once and is not made again.

    An administrator may rename it, change what it allows or delete it.
    """

    name = models.CharField(max_length=150, unique=True)
    group = models.OneToOneField(
        Group, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    def __str__(self):
        return self.name
