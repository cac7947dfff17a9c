"""The app of the pages; its tables are made from the models, without migrations."""

from django.apps import AppConfig


class WagtailSiteConfig(AppConfig):
    name = "tests.bench.wagtail_site"
    label = "peer"
