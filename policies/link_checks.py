"""Checks whether the official pages of acts answer, if the site may use the network."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cbec_site.base.official_hosts import is_official

from .models import Policy

# How many pages are tried per run, starting with those not tried for longest.
AT_ONCE = 200
SECONDS = 10
AGAIN_AFTER = timedelta(days=7)
# A page that refuses programs exists all the same.
ALIVE = (401, 403, 405, 429)


class _OfficialRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects only to pages of authorities."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if not is_official(newurl):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_alive(address: str) -> bool:
    """Whether a page exists; a refusal counts as an answer, "not found" does not."""
    opener = urllib.request.build_opener(_OfficialRedirects)
    agent = {"User-Agent": "CBEC Evidence link check"}
    # A constraint keeps every address at an authority's http or https page.
    request = urllib.request.Request(address, headers=agent)  # noqa: S310
    try:
        with opener.open(request, timeout=SECONDS) as response:
            return response.status < 400
    except urllib.error.HTTPError as error:
        return error.code in ALIVE or 300 <= error.code < 400
    except (OSError, ValueError, OverflowError, http.client.HTTPException):
        # The last two: a port beyond all ports, an answer that is no HTTP.
        return False


def due() -> Iterable[Policy]:
    """The acts whose page is due for a try, those tried longest ago first."""
    before = timezone.now() - AGAIN_AFTER
    acts = Policy.objects.exclude(source_url="").exclude(link_checked_at__gt=before)
    return acts.order_by("link_checked_at", "pk")[:AT_ONCE]


def check_links(alive: Callable[[str], bool] = is_alive) -> tuple[int, int]:
    """Try the pages that are due; returns how many were tried and how many are dead.

    Does nothing unless CHECK_LINKS is set, since a site may have no network.
    """
    if not settings.CHECK_LINKS:
        return 0, 0
    tried = dead = 0
    for policy in due():
        is_dead = not alive(policy.source_url)
        tried, dead = tried + 1, dead + is_dead
        # No editor changed anything, so the history gets no version.
        rows = Policy.objects.filter(pk=policy.pk, source_url=policy.source_url)
        rows.update(is_link_dead=is_dead, link_checked_at=timezone.now())
    return tried, dead
