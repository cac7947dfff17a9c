"""Bodies are bounded before they are read; every answer has its headers."""

import io

import pytest
from django.contrib.auth.models import Group
from django.test import Client, RequestFactory
from django.urls import reverse

from cbec_site import safety
from cbec_site.accounts.roles import DATA_EDITOR, READER
from tests.factories import make_page, make_user

pytestmark = pytest.mark.django_db


class Untouched(io.BytesIO):
    """A body that must not be read."""

    def read(self, *args):
        raise AssertionError("The body was read.")

    readline = readlines = __iter__ = read


def send(client, url, length):
    return client.generic(
        "POST",
        url,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(length),
        **{"wsgi.input": Untouched()},
    )


@pytest.mark.sampled
@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/en/",
        "/en/search/",
        "/zh-hans/swot/reports/new/",
        "/admin/login/",
        "/admin/password-reset/",
        "/admin/datasets/observation/import/",
        "/admin/policies/policy/import-file/",
        "/nothing-here/",
    ],
)
def test_large_anonymous_body_is_refused_without_reading_it(client, url):
    response = send(client, url, 300_000_000)

    assert response.status_code == 413


def test_only_those_who_import_may_upload_files(settings):
    url = reverse("admin:datasets_observation_import")
    clients = {}
    for role in (READER, DATA_EDITOR):
        user = make_user()
        user.groups.add(Group.objects.get(name=role))
        clients[role] = Client()
        clients[role].force_login(user)
    too_much = settings.IMPORT_MAX_BYTES + safety.AROUND_FILE + 1

    assert send(clients[READER], url, 100_000_000).status_code == 413
    assert send(clients[DATA_EDITOR], url, 100_000_000).status_code == 200
    assert send(clients[DATA_EDITOR], url, too_much).status_code == 413
    elsewhere = reverse("admin:datasets_observation_changelist")
    assert send(clients[DATA_EDITOR], elsewhere, 100_000_000).status_code == 413


def test_large_forms_of_the_admin_are_read_only_with_an_account(client):
    """The text of a policy is longer than any public form."""
    url = reverse("admin:policies_policy_add")

    assert send(client, url, 100_000).status_code == 413
    client.force_login(make_user())
    assert send(client, url, 100_000).status_code == 403
    assert send(client, url, 2_600_000).status_code == 413


@pytest.mark.parametrize("stated", ["x", "-1", "+5", "²", "５", "9" * 19, "9" * 30])
def test_body_without_a_valid_length_is_refused_without_reading_it(client, stated):
    assert send(client, "/admin/login/", stated).status_code == 413


@pytest.mark.parametrize("url", ["/en/", "/admin/login/", "/en/swot/reports/new/"])
def test_body_in_chunks_is_empty_for_the_site(client, url):
    """It states no length; nginx counts it and states one, within its own limit."""
    response = client.generic(
        "POST",
        url,
        b"",
        content_type="multipart/form-data; boundary=x",
        HTTP_TRANSFER_ENCODING="chunked",
        **{"wsgi.input": Untouched()},
    )

    assert response.status_code in (200, 400, 405)


@pytest.mark.parametrize(("stated", "length"), [("", 0), ("0", 0), ("17", 17)])
def test_stated_length_is_trusted(stated, length):
    request = RequestFactory().post("/")
    request.META["CONTENT_LENGTH"] = stated

    assert safety.length_of(request) == length


@pytest.mark.sampled
@pytest.mark.parametrize(
    "url",
    [
        "/",
        "/en/",
        "/en/nothing/",
        "/api/v1/claims",
        "/api/v1/nothing",
        "/robots.txt",
        "/healthz",
        "/admin/login/",
        "/static/css/site.css",
    ],
)
def test_every_answer_has_its_headers(client, url):
    response = client.get(url)

    policy = "cross-origin" if url.startswith("/api/") else "same-origin"
    assert {
        "Cross-Origin-Resource-Policy": policy,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Permissions-Policy": safety.PERMISSIONS_POLICY,
    }.items() <= dict(response.items()).items()


def test_policy_of_the_admin_allows_no_more_than_its_theme_needs(client):
    def directives(url):
        policy = client.get(url)["Content-Security-Policy"]
        pairs = (part.split(maxsplit=1) for part in policy.split("; "))
        return {name: set(sources.split()) for name, sources in pairs}

    public, admin = directives("/en/"), directives("/admin/login/")

    assert admin.pop("script-src") - public.pop("script-src") == {"'unsafe-eval'"}
    assert admin.pop("style-src") - public.pop("style-src") == {"'unsafe-inline'"}
    assert admin.pop("frame-src") == {"'self'"}
    assert admin == public


def test_description_of_a_page_cannot_close_an_attribute(client):
    page = make_page(body='Say "x" onload="alert(1)" <b>& </b> \'y\' &quot;z')

    content = client.get(f"/en/pages/{page.slug}/").content.decode()

    description = content.split('name="description"')[1].split(">")[0]
    assert description.count('"') == 2
    assert "&quot;x&quot;" in description
