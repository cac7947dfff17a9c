"""How often sign-in may be tried, so that nobody guesses passwords.

Attempts are counted before the password is looked at, by three keys: the account from
one network, the network, and the account from anywhere. The last one is large, and a
browser in which the account has signed in before does not count towards it, so that
strangers who know a name cannot lock its owner out. What is counted does not depend on
whether the account exists.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cbec_site.base.clients import client_address, network_of

from .models import SignInAttempt

WINDOW = datetime.timedelta(minutes=15)
PER_PAIR = 5
PER_NETWORK = 40
PER_ACCOUNT = 60
# Refused attempts of one network that the audit log gets in an hour.
RECORDED_REFUSALS = 100
DAY = datetime.timedelta(days=1)
COOKIE = "known_browser"
COOKIE_SALT = "accounts.known-browser"
COOKIE_AGE = 180 * 24 * 3600


def admit(request, account: str) -> int:
    """Count an attempt; returns 0, or the seconds to wait after too many."""
    now = timezone.now()
    limits = _limits(request, account)
    with transaction.atomic():
        SignInAttempt.objects.filter(tried_at__lt=now - DAY).delete()
        for digest, limit in limits.items():
            recent = SignInAttempt.objects.filter(
                digest=digest, tried_at__gt=now - WINDOW
            )
            moments = list(
                recent.order_by("-tried_at").values_list("tried_at", flat=True)[:limit]
            )
            if len(moments) == limit:
                return max(1, int((moments[-1] + WINDOW - now).total_seconds()) + 1)
        SignInAttempt.objects.bulk_create(
            SignInAttempt(digest=digest, tried_at=now) for digest in limits
        )
    return 0


def refusals_left(request) -> int:
    """Count a refused attempt; how many more of its network are to be recorded.

    Refusals cost their sender nothing, and the audit log keeps them for ever.
    """
    digest = _digest("refused", network_of(client_address(request)))
    hour = datetime.timedelta(hours=1)
    recent = SignInAttempt.objects.filter(
        digest=digest, tried_at__gt=timezone.now() - hour
    )
    left = RECORDED_REFUSALS - recent[:RECORDED_REFUSALS].count()
    if left:
        SignInAttempt.objects.create(digest=digest)
    return left


def forget(request, account: str) -> None:
    """After the right password: this account from this network starts afresh."""
    pair = next(iter(_limits(request, account)))
    SignInAttempt.objects.filter(digest=pair).delete()


def remember_browser(request, response, account: str) -> None:
    """Set a cookie by which this browser is known as one of the account's own."""
    response.set_signed_cookie(
        COOKIE,
        _name(account),
        salt=COOKIE_SALT,
        max_age=COOKIE_AGE,
        path="/admin/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _limits(request, account):
    """Digest of each key with its limit, the pair first."""
    network = network_of(client_address(request))
    name = _name(account)
    limits = {
        _digest("pair", name, network): PER_PAIR,
        _digest("network", network): PER_NETWORK,
    }
    known = request.get_signed_cookie(
        COOKIE, default="", salt=COOKIE_SALT, max_age=COOKIE_AGE
    )
    if known != name:
        limits[_digest("account", name)] = PER_ACCOUNT
    return limits


def _name(account):
    return account.strip().casefold()[:150]


def _digest(*parts):
    text = "|".join(parts)
    return salted_hmac("accounts.throttle", text, algorithm="sha256").hexdigest()
