"""How long a session lasts: idle, in all, and until its account ends it."""

import datetime
import time

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone

from .models import AccountState

ADMIN = "/admin/"
BEGAN, SEEN = "accounts_began", "accounts_seen"
# The session is written again for the idle limit at most so often, in seconds.
EVERY = 60


class SessionLife:
    """Ends sessions of the admin that are idle, old, or ended from elsewhere.

    Only the admin's addresses look at the session; public pages know no reader.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith(ADMIN) and request.user.is_authenticated:
            if is_over(request):
                logout(request)
            elif time.time() - request.session.get(SEEN, 0) > EVERY:
                request.session[SEEN] = int(time.time())
        return self.get_response(request)


def is_over(request) -> bool:
    """Whether the session of a signed-in account has ended."""
    now = time.time()
    # A session from before this was counted begins now.
    began = request.session.setdefault(BEGAN, now)
    seen = request.session.get(SEEN, began)
    if now - began > settings.SESSION_HOURS * 3600:
        return True
    if now - seen > settings.SESSION_IDLE_MINUTES * 60:
        return True
    state = AccountState.objects.filter(user=request.user).first()
    return state is not None and began < state.sessions_since.timestamp()


def begin(request, **_more):
    """Note when the session began; called when somebody signs in."""
    request.session[BEGAN] = time.time()
    request.session[SEEN] = int(time.time())


def end_all(user) -> datetime.datetime:
    """End every session of an account that began before now; gives this moment."""
    now = timezone.now()
    AccountState.objects.update_or_create(user=user, defaults={"sessions_since": now})
    return now
