"""How many reports are taken, without keeping who sent them."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cbec_site.base.clients import client_address, network_of
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
    """A keyed digest of the sender's network and the day: not to be turned back."""
    network = network_of(client_address(request))
    return salted_hmac(
        "swot.reports", f"{day}|{network}", algorithm="sha256"
    ).hexdigest()
