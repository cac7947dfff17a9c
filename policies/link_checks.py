"""Try the official pages of acts, where the site may reach the network."""

import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from cbec_site.base.official_hosts import is_official

from .models import Policy

# As many pages are tried at a time, those not tried longest first.
AT_ONCE = 200
SECONDS = 10
AGAIN_AFTER = timedelta(days=7)
# Pages that refuse a program are there all the same.
ALIVE = (401, 403, 405, 429)


class _OfficialRedirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to other pages of authorities alone."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):
        if not is_official(newurl):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def is_alive(address: str) -> bool:
    """Whether a page answers; a refusal counts, a page that is gone does not."""
    opener = urllib.request.build_opener(_OfficialRedirects)
    agent = {"User-Agent": "CBEC Evidence link check"}
    # A constraint keeps every address at an authority's http or https page.
    request = urllib.request.Request(address, headers=agent)  # noqa: S310
    try:
        with opener.open(request, timeout=SECONDS) as response:
            return response.status < 400
    except urllib.error.HTTPError as error:
        return error.code in ALIVE or 300 <= error.code < 400
    except (OSError, ValueError):
        return False


def due() -> Iterable[Policy]:
    """The acts whose page was not tried of late, the longest ago first."""
    before = timezone.now() - AGAIN_AFTER
    acts = Policy.objects.exclude(source_url="").exclude(link_checked_at__gt=before)
    return acts.order_by("link_checked_at", "pk")[:AT_ONCE]


def check_links(alive: Callable[[str], bool] = is_alive) -> tuple[int, int]:
    """Try the pages that are due; returns how many were tried and how many are dead.

    Does nothing unless CHECK_LINKS is set: a site may have no network.
    """
    if not settings.CHECK_LINKS:
        return 0, 0
    tried = dead = 0
    for policy in due():
        is_dead = not alive(policy.source_url)
        tried, dead = tried + 1, dead + is_dead
        # No word of an editor, hence no version of the history.
        rows = Policy.objects.filter(pk=policy.pk, source_url=policy.source_url)
        rows.update(is_link_dead=is_dead, link_checked_at=timezone.now())
    return tried, dead
