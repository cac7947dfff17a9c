from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CbecSiteConfig(AppConfig):
    name = "cbec_site"
    verbose_name = _("Site")

    def ready(self):
        from . import shipped_reasons  # noqa: F401 (the history shows them)
        from .base import bulk_writes, kept
        from .content_version import counted_once, read_version

        bulk_writes.around = counted_once
        kept.read_version = read_version
        post_migrate.connect(count_content_changes, sender=self)
        post_migrate.connect(look_at_tables, sender=self)


def count_content_changes(using, **kwargs):
    """Let the database count changes in the tables that pages are made from."""
    from .content_version import count_changes

    count_changes(using)


def look_at_tables(using, plan=(), **kwargs):
    """Let the database gather statistics on tables that migrations have rebuilt."""
    from .base.query_statistics import refresh

    if plan:
        refresh(using)
