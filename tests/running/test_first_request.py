"""What a server process does before it answers its first request."""

from django.urls import clear_url_caches, get_resolver


def test_addresses_are_read_as_the_process_starts(settings):
    settings.PAGE_CACHE_BYTES = 0
    from cbec_site.wsgi import make_application

    clear_url_caches()
    make_application()

    assert "url_patterns" in vars(get_resolver())
