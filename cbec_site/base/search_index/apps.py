from django.apps import AppConfig
from django.db.models.signals import (
    post_delete,
    post_migrate,
    post_save,
    pre_delete,
    pre_save,
)


class SearchIndexConfig(AppConfig):
    name = "cbec_site.base.search_index"
    label = "search_index"

    def ready(self):
        from . import receivers

        pre_save.connect(receivers.before_change)
        pre_delete.connect(receivers.before_change)
        post_save.connect(receivers.after_save)
        post_delete.connect(receivers.after_delete)
        post_migrate.connect(receivers.after_migrate)
