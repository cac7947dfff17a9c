"""How many reports are taken, without keeping who sent them."""

import datetime
import ipaddress

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from swot.models.corrections import ReportSender

HOUR = datetime.timedelta(hours=1)
PER_SENDER = 5
PER_HOUR = 60


@transaction.atomic
def admit(request) -> int:
    """Count one more report; gives 0, or the seconds to wait when there are too many.

    The counts are in the database, so every worker knows them. Rows of more than a
    day ago are removed on the way.
    """
    now = timezone.now()
    ReportSender.objects.filter(sent_at__lt=now - 24 * HOUR).delete()
    recent = ReportSender.objects.filter(sent_at__gt=now - HOUR).order_by("sent_at")
    digest = sender_digest(request, now.date())
    for rows, limit in ((recent.filter(digest=digest), PER_SENDER), (recent, PER_HOUR)):
        moments = list(rows.values_list("sent_at", flat=True)[:limit])
        if len(moments) == limit:
            return max(1, int((moments[0] + HOUR - now).total_seconds()) + 1)
    ReportSender.objects.create(digest=digest, sent_at=now)
    return 0


def sender_digest(request, day: datetime.date) -> str:
    """A keyed digest of the sender's network and the day: not to be turned back.

    Whoever has IPv6 has a whole /64, so that is what is counted.
    """
    address = client_address(request)
    try:
        parsed = ipaddress.ip_address(address)
        if parsed.version == 6:
            address = str(ipaddress.ip_network((parsed, 64), strict=False))
    except ValueError:
        pass
    return salted_hmac(
        "swot.reports", f"{day}|{address}", algorithm="sha256"
    ).hexdigest()


def client_address(request) -> str:
    """The address the outermost of our own proxies saw; else of the connection.

    What stands further left in X-Forwarded-For is the sender's own invention.
    """
    count = settings.TRUSTED_PROXIES
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if count and len(forwarded) >= count and forwarded[-count].strip():
        return forwarded[-count].strip()
    return request.META.get("REMOTE_ADDR", "")
