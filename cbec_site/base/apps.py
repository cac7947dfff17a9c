from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Makes the template tags of the base known; it has no models of its own."""

    name = "cbec_site.base"
    label = "base"
