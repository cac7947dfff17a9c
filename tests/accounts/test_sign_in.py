"""Signing in: counted attempts, second factor, sessions, forgotten passwords, log."""

import datetime
import re
import time

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from cbec_site.accounts import throttle
from cbec_site.accounts.models import AuditEntry, SignInAttempt
from cbec_site.accounts.roles import ADMINISTRATOR, EDITOR
from tests.factories import make_page, make_policy, make_user

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"
LOGIN = "/admin/login/"


@pytest.fixture
def editor():
    user = make_user(username="editor", password=PASSWORD, email="editor@example.org")
    user.groups.add(Group.objects.get(name=EDITOR))
    return user


@pytest.fixture
def secured(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def sign_in(client, name="editor", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": name, "password": password}, **more)


def code_of(device, step=0):
    """A code as the app shows it; each works once, so tests step through time."""
    made = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    made.time = time.time() + step * device.step
    return f"{made.token():06d}"


def acts():
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


# Attempts


def test_guessing_is_stopped_and_told_when_to_try_again(client, editor):
    answers = [sign_in(client, password="wrong").status_code for _number in range(25)]

    assert answers == [200] * throttle.PER_PAIR + [429] * (25 - throttle.PER_PAIR)
    refused = sign_in(client)
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 901
    assert acts().count("throttled") == 26 - throttle.PER_PAIR


def test_unknown_account_is_answered_like_a_known_one(client, editor, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    closed = make_user(username="closed", password=PASSWORD, is_active=False)
    outside = make_user(username="without-desk", password=PASSWORD, is_staff=False)
    pages = {}
    for name in ("editor", closed.username, outside.username, "nobody"):
        password = "wrong" if name == "editor" else PASSWORD
        page = sign_in(client, name, password).content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        pages[name] = page.replace(name, "NAME")

    assert pages["editor"].count("NAME") == 1
    assert len(set(pages.values())) == 1


def test_unknown_account_takes_as_much_hashing_as_a_known_one(
    client, editor, monkeypatch
):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed = []
    encode = MD5PasswordHasher.encode

    def counted(self, password, salt):
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    counts = []
    for name in ("editor", "nobody"):
        hashed.clear()
        sign_in(client, name, "wrong")
        counts.append(len(hashed))

    assert counts == [1, 1]


def test_known_browser_is_not_locked_out_by_strangers(client, editor):
    sign_in(client)
    client.post("/admin/logout/")
    network = 0
    for number in range(throttle.PER_ACCOUNT + 3):
        network += number % throttle.PER_PAIR == 0
        stranger = type(client)()
        last = sign_in(
            stranger, password="wrong", REMOTE_ADDR=f"198.51.{network}.{number}"
        )

    assert last.status_code == 429
    fresh = type(client)()
    assert sign_in(fresh, REMOTE_ADDR="203.0.113.1").status_code == 429
    assert sign_in(client).status_code == 302


def test_right_password_resets_the_count_and_accounts_are_counted_apart(client, editor):
    for _number in range(throttle.PER_PAIR - 1):
        sign_in(client, password="wrong")
    assert sign_in(client).status_code == 302
    client.post("/admin/logout/")

    for _number in range(throttle.PER_PAIR):
        assert sign_in(client, password="wrong").status_code == 200
    other = make_user(username="other", password=PASSWORD)
    assert sign_in(client, other.username).status_code == 302


def test_one_network_cannot_try_many_accounts(client):
    answers = [
        sign_in(client, f"name{number}", "wrong").status_code
        for number in range(throttle.PER_NETWORK + 1)
    ]

    assert answers == [200] * throttle.PER_NETWORK + [429]


def test_refused_attempts_do_not_fill_the_log(client, monkeypatch):
    monkeypatch.setattr(throttle, "RECORDED_REFUSALS", 3)
    for number in range(throttle.PER_PAIR + 6):
        sign_in(client, password="wrong", REMOTE_ADDR=f"2001:db8::{number}")
    sign_in(client, password="wrong", REMOTE_ADDR="198.51.100.1")

    refused = AuditEntry.objects.filter(act="throttled").order_by("pk")
    assert [entry.detail for entry in refused] == [
        "",
        "",
        "more of them within the hour are not recorded",
    ]


def test_attempts_expire_and_store_no_name_or_address(client, editor):
    for _number in range(throttle.PER_PAIR):
        sign_in(client, password="wrong")
    assert "editor" not in str(list(SignInAttempt.objects.values()))
    SignInAttempt.objects.update(tried_at=timezone.now() - throttle.WINDOW)

    assert sign_in(client).status_code == 302


# Passwords


@pytest.mark.parametrize("password", ["short7chars", "password1234", "123456789012"])
def test_weak_password_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_long_password_is_accepted():
    validate_password("kettle orbit marble")


def test_forgotten_password_is_reset_by_mail(client, editor, settings, monkeypatch):
    settings.SITE_URL = "https://evidence.example"
    monkeypatch.setattr(
        "threading.Thread.start",
        lambda thread: thread._target(*thread._args, **thread._kwargs),
    )
    sign_in(client)
    stranger = type(client)()

    known = stranger.post("/admin/password-reset/", {"email": editor.email})
    unknown = stranger.post("/admin/password-reset/", {"email": "no@example.org"})

    assert known["Location"] == unknown["Location"] == "/admin/password-reset/sent/"
    (sent,) = mail.outbox
    link = re.search(r"https://evidence\.example(/\S+)", sent.body)[1]
    page = stranger.get(link, follow=True)
    new = {
        "new_password1": "kettle orbit marble",
        "new_password2": "kettle orbit marble",
    }
    stranger.post(page.request["PATH_INFO"], new)
    assert sign_in(stranger, password="kettle orbit marble").status_code == 302
    assert client.get("/admin/").status_code == 302
    assert (
        "used or has expired"
        in stranger.get(
            link, follow=True, headers={"accept-language": "en"}
        ).content.decode()
    )


def test_reset_mails_are_limited_for_known_and_unknown_accounts(client, editor):
    for address in (editor.email, "no@example.org"):
        form = {"email": address}
        answers = [
            client.post("/admin/password-reset/", form)
            for _number in range(throttle.PER_PAIR + 1)
        ]
        statuses = [answer.status_code for answer in answers]
        assert statuses == [302] * throttle.PER_PAIR + [429]
        assert 0 < int(answers[-1]["Retry-After"]) <= 901


@pytest.mark.parametrize(("minutes", "works"), [(239, True), (241, False)])
def test_reset_link_expires_after_four_hours(editor, minutes, works):
    sent = default_token_generator._now() - datetime.timedelta(minutes=minutes)
    seconds = default_token_generator._num_seconds(sent)
    token = default_token_generator._make_token_with_timestamp(
        editor, seconds, default_token_generator.secret
    )

    assert default_token_generator.check_token(editor, token) is works


def test_changing_ones_password_ends_other_sessions_and_is_recorded(client, editor):
    other = type(client)()
    sign_in(client)
    sign_in(other)
    new = "kettle orbit marble"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    client.post("/admin/password_change/", form | {"old_password": "wrong"})
    assert "password" not in acts()
    client.post("/admin/password_change/", form)

    assert acts().count("password") == 1
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302


# Second factor


def set_up(client):
    client.get("/admin/account/set-up/")
    device = TOTPDevice.objects.get(confirmed=False)
    page = client.post("/admin/account/set-up/", {"code": code_of(device)})
    codes = re.findall(r"<code>(\w{12})</code>", page.content.decode())
    return TOTPDevice.objects.get(pk=device.pk), codes


def test_administrator_sets_up_a_second_factor_before_anything_else(client, secured):
    user = make_user(username="boss", password=PASSWORD)
    user.groups.add(Group.objects.get(name=ADMINISTRATOR))
    sign_in(client, "boss")

    refused = client.get("/admin/", follow=True)
    assert refused.request["PATH_INFO"] == "/admin/account/set-up/"
    device, codes = set_up(client)

    assert device.confirmed
    assert len(codes) == 10
    assert client.get("/admin/").status_code == 200
    assert client.post("/admin/account/remove/").status_code == 403


def test_second_factor_is_offered_to_all_and_required_once_set_up(
    client, editor, secured
):
    sign_in(client)
    assert client.get("/admin/").status_code == 200
    device, _codes = set_up(client)
    client.post("/admin/logout/")
    sign_in(client)

    assert client.get("/admin/").status_code == 302
    asked = client.get("/admin/cbec_site/page/", follow=True)
    assert asked.request["PATH_INFO"] == "/admin/account/code/"
    assert client.post("/admin/account/set-up/").status_code == 302
    wrong = client.post("/admin/account/code/", {"code": "000000"})
    assert wrong.status_code == 200
    TOTPDevice.objects.update(throttling_failure_count=0)
    right = client.post(
        "/admin/account/code/",
        {"code": code_of(device, 1), "next": "/admin/cbec_site/page/"},
    )
    assert right["Location"] == "/admin/cbec_site/page/"
    assert client.get("/admin/").status_code == 200
    assert "code_failed" in acts()
    assert acts().count("second_factor") == 2


def test_recovery_code_works_once(client, editor):
    sign_in(client)
    _device, codes = set_up(client)
    for expected in (302, 200):
        client.post("/admin/logout/")
        sign_in(client)
        TOTPDevice.objects.update(throttling_failure_count=0)
        found = client.post("/admin/account/code/", {"code": codes[0].upper()})
        assert found.status_code == expected


def test_guessing_codes_is_stopped(client, editor):
    sign_in(client)
    set_up(client)
    client.post("/admin/logout/")
    sign_in(client)

    answers = [
        client.post("/admin/account/code/", {"code": "000000"}).status_code
        for _number in range(throttle.PER_PAIR + 1)
    ]

    assert answers == [200] * throttle.PER_PAIR + [429]


def test_next_page_is_never_on_another_site(client, editor):
    sign_in(client)
    _device, codes = set_up(client)
    client.post("/admin/logout/")
    sign_in(client)

    found = client.post(
        "/admin/account/code/", {"code": codes[0], "next": "https://evil.example/"}
    )

    assert found["Location"] == "/admin/"


def test_lost_second_factor_is_removed_by_command(client, editor):
    sign_in(client)
    set_up(client)

    call_command("remove_second_factor", "editor")

    assert client.get("/admin/").status_code == 302
    sign_in(client)
    assert client.get("/admin/").status_code == 200


def test_secrets_of_second_factors_are_shown_nowhere():
    from django.contrib import admin

    assert not any(
        model._meta.app_label.startswith("otp_") for model in admin.site._registry
    )


# Sessions


@pytest.mark.parametrize(
    ("key", "setting", "ago"),
    [
        ("accounts_seen", "SESSION_IDLE_MINUTES", 61 * 60),
        ("accounts_began", "SESSION_HOURS", 12 * 3600 + 60),
    ],
)
def test_session_ends(client, editor, key, setting, ago):
    sign_in(client)
    assert client.get("/admin/").status_code == 200
    session = client.session
    session[key] = time.time() - ago
    session.save()

    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 302


def test_session_in_use_does_not_end(client, editor):
    sign_in(client)
    session = client.session
    session["accounts_seen"] = time.time() - 59 * 60
    session.save()

    client.get("/admin/")

    assert time.time() - client.session["accounts_seen"] < 60


def test_sign_out_everywhere_keeps_the_current_session(client, editor):
    other = type(client)()
    sign_in(client)
    sign_in(other)

    client.post("/admin/account/sign-out-everywhere/")

    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/").status_code == 302


# The audit log


def test_events_of_signing_in_are_recorded(client, editor):
    sign_in(client, password="wrong")
    sign_in(client)
    page, policy = make_page(is_published=False), make_policy(is_published=False)
    url = reverse("admin:cbec_site_page_change", args=[page.pk])
    form = client.get(url).context["adminform"].form.initial
    client.post(url, form | {"is_published": "on", "change_reason": "Checked"})
    selected = {"action": "publish", "_selected_action": [policy.pk]}
    client.post(reverse("admin:policies_policy_changelist"), selected)
    client.post(
        reverse("admin:policies_policy_export"), {"format": "0", "resource": "0"}
    )
    editor.user_permissions.add(Permission.objects.get(codename="delete_policy"))
    client.post("/admin/logout/")

    rows = list(
        AuditEntry.objects.filter(account="editor")
        .order_by("pk")
        .values_list("act", "subject", "detail", "address")
    )
    assert rows == [
        ("sign_in_failed", "", "", "127.0.0.1"),
        ("signed_in", "", "", "127.0.0.1"),
        ("published", f"cbec_site.Page {page.pk}", "Checked", "127.0.0.1"),
        ("published", f"policies.Policy {policy.code}", "", "127.0.0.1"),
        ("exported", "policies.Policy", "", "127.0.0.1"),
        ("signed_out", "", "", "127.0.0.1"),
    ]
    rights = AuditEntry.objects.filter(act="rights", subject="account editor")
    assert set(rights.values_list("detail", flat=True)) == {
        "is_active: False → True, is_staff: False → True",
        f"+ {EDITOR}",
        "+ delete_policy",
    }


def test_lines_of_the_log_cannot_be_forged(client):
    sign_in(client, "someone\nsigned_in admin", "wrong")

    row = AuditEntry.objects.get(act="sign_in_failed")
    assert row.account == "someone signed_in admin"


def test_public_pages_use_no_session(client, editor):
    sign_in(client)

    response = client.get("/en/")

    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
