"""The WSGI callable that granian serves: Django with the page cache around it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cbec_site.settings")


def make_application():
    """Django, the page cache around it, and the logging and counting around both."""
    application = get_wsgi_application()

    from django.conf import settings
    from django.urls import reverse

    from .metrics import Metrics
    from .serving import RecordedRequests

    # Loads the URLs and all views now, as the first request to this process
    # would otherwise wait for that.
    reverse("admin:index")
    count = None
    if settings.METRICS_TOKEN:
        count = Metrics(settings.METRICS_DIRECTORY).count
    return RecordedRequests(
        with_page_cache(application), is_logged=settings.ACCESS_LOG, count=count
    )


def with_page_cache(application):
    """Django inside the page cache, or without it if the settings give it no memory."""

    from django.conf import settings

    from .content_version import make_source
    from .page_cache import Copies, PageCache, Version

    if not settings.PAGE_CACHE_BYTES:
        return application
    return PageCache(
        application,
        version=Version(make_source()),
        most_bytes=settings.PAGE_CACHE_BYTES,
        copies=Copies(settings.PAGE_COPIES),
        scheme_header=(settings.SECURE_PROXY_SSL_HEADER or ("",))[0],
    )


application = make_application()
