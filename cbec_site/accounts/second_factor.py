"""The second factor: a code from an app (TOTP), or a recovery code used once."""

import secrets
from base64 import b32encode
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.db import transaction
from django_otp import login as verify_session
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from . import audit

RECOVERY_CODES = 10
# No letters or digits that look alike.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
OPEN, CODE, SET_UP = "open", "code", "set up"


def is_administrator(user) -> bool:
    """Whether the account can change others."""
    return user.is_superuser or user.has_perm("auth.change_user")


def is_required(user) -> bool:
    return settings.REQUIRE_SECOND_FACTOR and is_administrator(user)


def device_of(user) -> TOTPDevice | None:
    """The app that the account has confirmed."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def what_lacks(request) -> str:
    """OPEN if the admin may be used, else CODE or SET_UP; computed once per request."""
    if not hasattr(request, "_second_factor"):
        request._second_factor = _what_lacks(request.user)
    return request._second_factor


def _what_lacks(user):
    if getattr(user, "otp_device", None) is not None:
        return OPEN
    if TOTPDevice.objects.filter(user=user, confirmed=True).exists():
        return CODE
    return SET_UP if is_required(user) else OPEN


def check_code(request, code: str) -> bool:
    """Whether the code is right; if so, verifies the session and uses up a recovery
    code."""
    code = "".join(code.split()).lower()
    with transaction.atomic():
        for model in (TOTPDevice, StaticDevice):
            devices = model.objects.select_for_update().filter(
                user=request.user, confirmed=True
            )
            for device in devices:
                allowed, _reason = device.verify_is_allowed()
                if allowed and device.verify_token(code):
                    verify_session(request, device)
                    return True
    audit.record(audit.Act.CODE_FAILED, request)
    return False


def begin_set_up(user) -> TOTPDevice:
    """The app that is waiting for confirmation; the same one until it is confirmed."""
    device, _is_new = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "app"}
    )
    return device


@transaction.atomic
def finish_set_up(request, device, code: str) -> list[str] | None:
    """Confirm the app with one of its codes; returns the recovery codes, None if
    wrong."""
    allowed, _reason = device.verify_is_allowed()
    if not (allowed and device.verify_token("".join(code.split()))):
        return None
    TOTPDevice.objects.filter(user=request.user, confirmed=True).delete()
    device.confirmed = True
    device.save()
    verify_session(request, device)
    audit.record(audit.Act.FACTOR_CHANGED, request, detail="set up")
    return new_recovery_codes(request)


@transaction.atomic
def new_recovery_codes(request) -> list[str]:
    """Replace the recovery codes; they are shown only this once."""
    StaticDevice.objects.filter(user=request.user).delete()
    device = StaticDevice.objects.create(user=request.user, name="recovery")
    codes = [
        "".join(secrets.choice(ALPHABET) for _letter in range(12))
        for _number in range(RECOVERY_CODES)
    ]
    for code in codes:
        device.token_set.create(token=code)
    audit.record(audit.Act.FACTOR_CHANGED, request, detail="recovery codes")
    return codes


@transaction.atomic
def remove(user, request=None) -> None:
    """Remove the second factor of a person who has lost it."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    subject = f"account {user.get_username()}"
    audit.record(audit.Act.FACTOR_CHANGED, request, subject=subject, detail="removed")


def codes_left(user) -> int:
    return sum(
        device.token_set.count() for device in StaticDevice.objects.filter(user=user)
    )


def secret_of(device) -> str:
    """The key as apps accept it, in groups of four for typing."""
    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


def picture_of(device) -> str:
    """The key as a QR code: the address of a picture that holds it."""
    issuer = settings.UNFOLD["SITE_TITLE"]
    label = quote(f"{issuer}:{device.user.get_username()}")
    query = {"secret": b32encode(device.bin_key).decode().rstrip("="), "issuer": issuer}
    text = f"otpauth://totp/{label}?{urlencode(query, quote_via=quote)}"
    return segno.make(text, error="m").svg_data_uri(scale=5, border=2, light="#fff")
