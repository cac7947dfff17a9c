"""How long a session lasts: when idle, in total, and until its account ends it."""

import datetime
import time

from django.conf import settings
from django.contrib.auth import logout
from django.utils import timezone

from cbec_site.base.addresses import ADMIN

from .models import AccountState

BEGAN, SEEN = "accounts_began", "accounts_seen"
# At most once in this many seconds is a session saved to extend its idle limit.
EVERY = 60


class SessionLife:
    """Ends admin sessions that are idle, too old, or were ended from another session.

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
    # A session without a start time is taken to begin now.
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
    """End every session of an account that began before now; returns this moment."""
    now = timezone.now()
    AccountState.objects.update_or_create(user=user, defaults={"sessions_since": now})
    return now
