"""What attackers try; no attempt gets in, and none causes a 500."""

import re
import time
from urllib.parse import quote

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode

from cbec_site.accounts.roles import EDITOR, READER
from cbec_site.base.drafts import acts
from cbec_site.base.drafts.models import Draft
from cbec_site.base.drafts.views import LINK_SALT, link_for
from datasets.models import ImportBatch
from tests.base.drafts.conftest import PAGE, drafted, enter
from tests.factories import make_issuer, make_page, make_policy, make_user

pytestmark = [pytest.mark.pages, pytest.mark.django_db]

EVIL = "evil.example"
PASSWORD = "a long enough password"
NAMES = ("policies_policy", "swot_claim")


@pytest.fixture
def root():
    client = Client(raise_request_exception=False)
    client.force_login(make_user(is_superuser=True))
    return client


@pytest.fixture
def reader():
    return Client(raise_request_exception=False)


# Hosts and addresses


@pytest.mark.sampled
@pytest.mark.parametrize("host", [EVIL, f"testserver:80@{EVIL}", f"testserver.{EVIL}"])
@pytest.mark.parametrize("path", ["/", "/en/", "/sitemap.xml", "/admin/login/"])
def test_no_page_is_made_for_another_host(reader, host, path):
    response = reader.get(path, headers={"host": host})

    assert response.status_code == 400
    assert EVIL not in response.content.decode()


@pytest.mark.sampled
@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Original-URL", "Forwarded"])
@pytest.mark.parametrize("path", ["/en/", "/en/policies/feed/", "/sitemap.xml"])
def test_no_public_page_contains_request_headers(reader, header, path):
    plain = reader.get(path)
    sent = reader.get(path, headers={header: f"host={EVIL}"})

    assert plain.status_code == sent.status_code
    assert EVIL not in sent.content.decode()
    assert len(plain.content) == len(sent.content)


@pytest.mark.parametrize(
    "path",
    [
        f"//{EVIL}/en",
        f"/{EVIL}//..",
        f"/en//{EVIL}",
        f"/%5c{EVIL}/en",
        "/en/policies/%2e%2e/%2e%2e/etc/passwd",
        "/static/../manage.py",
        "/static/%2e%2e/%2e%2e/manage.py",
        "/static/..%5c..%5cmanage.py",
        "/en/policies/%00/",
        "/en/policies/" + "a" * 4000 + "/",
        "/en/policies/" + quote("政" * 1000) + "/",
        "/%ff%fe/",
        "/en/swot/claims/C01%0d%0aSet-Cookie:%20a=b/",
        "/sitemap-../../x.xml",
        "/drafts/x/",
        "/.env",
        "/.git/config",
    ],
)
def test_odd_addresses_lead_to_no_other_site_or_file(reader, path):
    response = reader.get(path)

    assert response.status_code in (301, 302, 404)
    to = response.get("Location", "")
    assert not to.startswith(("//", "/\\", "http"))
    assert "set-cookie" not in response.headers
    assert b"import os" not in response.getvalue()


@pytest.mark.parametrize(
    "to", [f"https://{EVIL}/", f"//{EVIL}", f"/\\{EVIL}", "javascript:x"]
)
def test_nobody_is_redirected_to_another_site(reader, to):
    user = make_user(username="editor", password=PASSWORD)
    language = reader.post("/admin-language/setlang/", {"language": "en", "next": to})
    signed_in = reader.post(
        f"/admin/login/?next={quote(to)}",
        {"username": user.username, "password": PASSWORD, "next": to},
    )

    for response in (language, signed_in):
        assert response.status_code == 302
        assert EVIL not in response["Location"]
        assert "javascript" not in response["Location"]


@pytest.mark.sampled
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "X"])
@pytest.mark.parametrize("path", ["/en/", "/en/policies/", "/api/v1/claims"])
def test_unusual_methods_change_and_echo_nothing(reader, method, path):
    response = reader.generic(method, path, headers={"x-echo": "what-was-sent"})

    assert response.status_code == 405
    assert b"what-was-sent" not in response.getvalue()


# Forms, sessions and second factor


@pytest.mark.parametrize(
    "path",
    [
        "/admin/login/",
        "/admin/logout/",
        "/admin/password-reset/",
        "/admin/account/sign-out-everywhere/",
        "/admin/policies/policy/add/",
        "/admin/datasets/observation/import/",
        "/admin/drafts/draft/keep/",
        "/admin-language/setlang/",
    ],
)
def test_admin_accepts_no_form_from_another_site(path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(is_superuser=True))

    refused = client.post(path, {"x": "y"}, headers={"origin": f"https://{EVIL}"})

    assert refused.status_code == 403


def test_session_changes_when_signing_in(client):
    make_user(username="editor", password=PASSWORD)
    client.get("/admin/login/")
    planted = client.session
    planted["planted"] = True
    planted.save()
    client.cookies["sessionid"] = planted.session_key

    client.post("/admin/login/", {"username": "editor", "password": PASSWORD})

    assert client.cookies["sessionid"].value != planted.session_key
    assert client.cookies["sessionid"]["httponly"]


def test_password_without_the_code_opens_nothing(settings):
    """With only the password, where a code is required too."""
    settings.REQUIRE_SECOND_FACTOR = True
    make_user(username="root", password=PASSWORD, is_superuser=True)
    client = Client()
    client.post("/admin/login/", {"username": "root", "password": PASSWORD})

    for path in (
        "/admin/",
        "/admin/account/",
        "/admin/account/codes/",
        "/admin/password_change/",
        "/admin/auth/user/",
        "/admin/datasets/observation/export/",
        "/admin/autocomplete/?app_label=datasets&model_name=observation"
        "&field_name=indicator",
        "/admin/search/?s=x",
    ):
        for response in (client.get(path), client.post(path, {"x": "y"})):
            assert response.status_code == 302, path
            assert "/admin/login/" in response["Location"]
    assert client.get("/admin/account/set-up/").status_code == 200


def test_reset_link_works_once_and_for_its_account_only():
    first, second = (
        make_user(username=name, email=f"{name}@example.org", password=PASSWORD)
        for name in ("one", "two")
    )
    client = Client()
    client.post("/admin/password-reset/", {"email": "one@example.org"})
    for _attempt in range(50):
        if mail.outbox:
            break
        time.sleep(0.1)
    path = re.search(r"/admin/password-reset/\S+", mail.outbox[0].body)[0]
    other = re.sub(r"(reset/)[^/]+", rf"\1{_uid(second)}", path)

    assert b"new_password1" not in client.get(other, follow=True).content
    page = client.get(path, follow=True)
    assert b"new_password1" in page.content
    at = page.redirect_chain[-1][0]
    # The token is in no address that a link or a picture could reveal.
    assert path.rstrip("/").rsplit("/", 1)[1] not in at
    new = {"new_password1": "quite another word", "new_password2": "quite another word"}
    assert client.post(at, new).status_code == 302
    assert b"new_password1" not in client.get(path, follow=True).content
    first.refresh_from_db()
    assert first.check_password("quite another word")


def _uid(user):
    return urlsafe_base64_encode(str(user.pk).encode())


def test_reset_and_sign_in_do_not_reveal_who_has_an_account(reader):
    make_user(username="known", email="known@example.org", password=PASSWORD)
    found = [
        (
            reader.post("/admin/password-reset/", {"email": f"{name}@example.org"}),
            reader.post("/admin/login/", {"username": name, "password": "wrong"}),
        )
        for name in ("known", "nobody")
    ]

    for known, unknown in zip(*found, strict=True):
        assert known.status_code == unknown.status_code
        assert known.get("Location") == unknown.get("Location")
        assert _bare(known, "known") == _bare(unknown, "nobody")


def _bare(response, name):
    text = response.content.decode().replace(name, "")
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", text)


# Drafts by link


def test_links_to_drafts_are_signed_expire_and_are_never_cached(settings):
    editor = enter(EDITOR)
    policy = make_policy(
        code="P77", issuers=[make_issuer()], source_url=PAGE, is_published=False
    )
    draft = drafted(editor, policy, title_zh_hans="未公开的标题")
    token = link_for(draft, editor.user)
    client = Client()

    page = client.get(f"/drafts/{token}/")
    assert "未公开的标题" in page.content.decode()
    assert "no-store" in page["Cache-Control"] or "private" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page.get("X-Robots-Tag", "") + page.content.decode()

    forged = signing.dumps([draft.pk, editor.user.pk], salt=LINK_SALT, key="guessed")
    others = signing.dumps([draft.pk, editor.user.pk], salt="another purpose")
    for wrong in (forged, others, token[:-1], token.swapcase(), token + "x"):
        assert client.get(f"/drafts/{wrong}/").status_code == 404
    editor.user.is_active = False
    editor.user.save()
    assert client.get(f"/drafts/{token}/").status_code == 404
    editor.user.is_active = True
    editor.user.save()
    assert client.get(f"/drafts/{token}/").status_code == 200
    groups = list(editor.user.groups.all())
    editor.user.groups.clear()
    assert client.get(f"/drafts/{token}/").status_code == 404
    editor.user.groups.set(groups)
    assert client.get(f"/drafts/{token}/").status_code == 200
    acts.discard(Draft.objects.get(pk=draft.pk), editor.user)
    assert client.get(f"/drafts/{token}/").status_code == 404


# The admin's own questions


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "x" * 5000,
        "q=%27%22%3B--",
        "p=99999999999",
        "p=x",
        "o=99.-99.x",
        "e=1",
        "all=",
        "_popup=1",
        "_to_field=password",
        "id__exact=x",
        "pk__in=" + "1," * 2000,
        "history__history_user__password__startswith=a",
        "is_published__exact=%00",
        "nonsense__x=1",
        "code__regex=" + quote("(a+)+$"),
    ],
)
def test_odd_queries_of_lists_cause_no_error(root, name, query):
    response = root.get(reverse(f"admin:{name}_changelist") + f"?{query}")

    assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize("lookup", ["body_en__regex", "title_en__iregex", "pk__regex"])
def test_lists_cannot_be_filtered_by_regular_expression(root, lookup):
    make_page(body="a" * 40, title="a" * 40)
    began = time.monotonic()

    response = root.get(
        reverse("admin:cbec_site_page_changelist"), {lookup: "(a+)+(a+)+$b"}
    )

    assert response.status_code == 400
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", ["9" * 40, "-1", "x", "%00", "1_2F", "__", "1.5", "１"])
@pytest.mark.parametrize("view", ["change", "delete", "history"])
def test_odd_keys_of_rows_are_not_found(root, name, key, view):
    address = reverse(f"admin:{name}_{view}", args=["KEY"]).replace("KEY", key)

    assert root.get(address).status_code in (302, 404)


@pytest.mark.parametrize("key", ["x", "9" * 40, "9" * 5000, "-1", "１", "1.5"])
@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("datasets_region", ["parent"]),
        ("swot_recommendation", ["answers", "policies", "claims"]),
    ],
)
def test_odd_keys_in_forms_are_reported_at_their_fields(root, name, fields, key):
    response = root.post(reverse(f"admin:{name}_add"), dict.fromkeys(fields, key))

    # SQLite cannot compare numbers of many digits.
    if response.status_code == 400 and len(key) == 40:
        return
    assert response.status_code == 200
    errors = response.context["adminform"].form.errors
    assert set(fields) <= set(errors)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 900 + "]" * 900,
        '{"op":"sum","of":[' * 900 + "1" + "]}" * 900,
        "9" * 5000,
        "NaN",
        '{"op":"const","value":1e999999}',
        '"\\ud800"',
        '{"op":"value","code":"\\udfff"}',
        '{"op":"value","code":"\\u0000"}',
        '{"\\ud800":1}',
        "true",
        "\x00",
    ],
)
def test_odd_expressions_are_reported_at_their_field(root, text):
    form = {"expression": text}
    added = root.post(reverse("admin:swot_claim_add"), form)
    looked = root.post(reverse("admin:swot_claim_check"), form)

    assert added.status_code == looked.status_code == 200 or len(text) > 64_000
    assert "expression" in added.context["adminform"].form.errors


@pytest.mark.parametrize(
    "query",
    [
        "app_label=auth&model_name=user&field_name=password",
        "app_label=policies&model_name=policy&field_name=nothing",
        "app_label=x&model_name=y&field_name=z",
        "",
    ],
)
def test_choices_are_offered_only_for_fields_of_forms(root, query):
    assert root.get(f"/admin/autocomplete/?term=a&{query}").status_code in (
        400,
        403,
        404,
    )


@pytest.mark.parametrize("term", ["%00", "x" * 5000, "%25", "_"])
def test_odd_search_terms_cause_no_error(root, term):
    query = "app_label=datasets&model_name=observation&field_name=indicator"

    response = root.get(f"/admin/autocomplete/?{query}&term={term}")

    assert response.status_code in (200, 400)


@pytest.mark.parametrize("name", ["../../x.html", "..\\\\x.html", "a" * 400, "x\n.csv"])
def test_uploaded_file_is_stored_under_a_name_we_choose(root, name):
    body = (
        f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        "indicator,region,period,value\r\n--x--\r\n"
    )

    root.post(
        reverse("admin:datasets_observation_import"),
        body.encode(),
        content_type="multipart/form-data; boundary=x",
    )

    batch = ImportBatch.objects.get()
    assert re.fullmatch(r"\d{4}/\d\d/[0-9a-f]{16}\w*\.dat", batch.file.name)
    assert not {"/", "\\", "\n"} & set(batch.file_name)


@pytest.mark.parametrize("route", ["get", "post", "action", "selected"])
def test_nothing_is_exported_without_the_right(route):
    client = enter(READER)
    export = reverse("admin:policies_policy_export")
    rows = reverse("admin:policies_policy_changelist")
    policy = make_policy(title_zh_hans="草稿里的字", is_published=False)
    response = {
        "get": lambda: client.get(export, {"format": "0", "resource": "0"}),
        "post": lambda: client.post(export, {"format": "0", "resource": "0"}),
        "action": lambda: client.post(
            rows, {"action": "export_admin_action", "_selected_action": [policy.pk]}
        ),
        "selected": lambda: client.get(f"{export}?export_items={policy.pk}"),
    }[route]()

    assert "attachment" not in response.get("Content-Disposition", "")
    assert "草稿里的字" not in response.content.decode() or route == "action"


@pytest.mark.parametrize(
    "query",
    [
        "limit=99999999999",
        "limit=-1",
        "limit=x",
        "cursor=" + "x" * 3000,
        "cursor=%00",
        "page=99999999999999999999",
        "q=%00",
        "on=99999-01-01",
        "format=../../x",
    ],
)
@pytest.mark.parametrize("name", ["claims", "policies", "observations", "pilot-zones"])
def test_odd_queries_of_the_api_cause_no_error(reader, name, query):
    response = reader.get(f"/api/v1/{name}?{query}")

    assert response.status_code < 500
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers


def test_pages_of_an_account_are_never_cached(root, reader):
    paths = ("/admin/", "/admin/account/", "/admin/account/set-up/")
    # Django itself sets no header for those, nor for refusals.
    for path in (*paths, "/admin/password_change/", "/admin/r/1/999/"):
        for client in (root, reader):
            assert "no-store" in client.get(path)["Cache-Control"], path
