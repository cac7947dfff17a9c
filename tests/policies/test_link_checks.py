"""Dead official pages are found where the site may reach the network."""

import http.client
import io
import urllib.error

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from policies import link_checks
from policies.models import Policy
from tests.factories import make_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

ALIVE, DEAD = "https://www.gov.cn/alive", "https://www.gov.cn/dead"


@pytest.fixture
def acts():
    make_policy(code="L1", source_url=ALIVE)
    make_policy(code="L2", source_url=DEAD)
    make_policy(code="L3")


def look():
    return link_checks.check_links(alive=lambda address: address != DEAD)


@pytest.mark.usefixtures("acts")
def test_no_link_is_checked_unless_the_setting_is_on(settings):
    settings.CHECK_LINKS = False

    assert look() == (0, 0)
    assert not Policy.objects.filter(link_checked_at__isnull=False).exists()
    out = io.StringIO()
    call_command("check_links", stdout=out)
    assert "not set" in out.getvalue()


@pytest.mark.usefixtures("acts")
def test_dead_links_are_listed_on_the_start_page_and_at_the_policy(
    settings, client, admin_client
):
    settings.CHECK_LINKS = True
    versions = Policy.history.count()

    assert look() == (2, 1)

    assert Policy.history.count() == versions
    start = admin_client.get(reverse("admin:index")).context["waiting"]
    (item,) = [item for item in start if "events=dead-link" in item["url"]]
    assert item["count"] == 1
    assert admin_client.get(item["url"]).context["cl"].result_count == 1
    words = "could not be reached when we last tried"
    assert words in client.get("/en/policies/L2/").content.decode()
    assert words not in client.get("/en/policies/L1/").content.decode()


@pytest.mark.usefixtures("acts")
def test_dead_link_is_checked_again_after_a_week(settings):
    settings.CHECK_LINKS = True
    look()

    assert look() == (0, 0)
    long_ago = timezone.now() - link_checks.AGAIN_AFTER * 2
    Policy.objects.update(link_checked_at=long_ago)
    assert link_checks.check_links(alive=lambda address: True) == (2, 0)
    assert not Policy.objects.filter(is_link_dead=True).exists()


class Answer(io.BytesIO):
    status = 200


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("outcome", "alive"),
    [
        (Answer(), True),
        (urllib.error.HTTPError(ALIVE, 403, "", None, None), True),
        (urllib.error.HTTPError(ALIVE, 302, "", None, None), True),
        (urllib.error.HTTPError(ALIVE, 404, "", None, None), False),
        (urllib.error.HTTPError(ALIVE, 410, "", None, None), False),
        (urllib.error.HTTPError(ALIVE, 500, "", None, None), False),
        (urllib.error.URLError("no name"), False),
        (TimeoutError(), False),
        (http.client.BadStatusLine("no HTTP"), False),
        (http.client.InvalidURL("a blank"), False),
        (OverflowError("port must be 0-65535"), False),
    ],
)
def test_what_counts_as_alive(monkeypatch, outcome, alive):
    class Opener:
        def open(self, request, timeout):
            assert timeout == link_checks.SECONDS
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

    monkeypatch.setattr("urllib.request.build_opener", lambda *handlers: Opener())

    assert link_checks.is_alive(ALIVE) is alive


def test_redirects_to_other_hosts_are_not_followed():
    handler = link_checks._OfficialRedirects()
    request = link_checks.urllib.request.Request(ALIVE)

    assert handler.redirect_request(request, None, 302, "", {}, "http://[::1]/") is None
    followed = handler.redirect_request(request, None, 302, "", {}, DEAD)
    assert followed.full_url == DEAD
