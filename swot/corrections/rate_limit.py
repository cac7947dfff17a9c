"""Limits how many reports are accepted, without storing who sent them.

Each sender and each larger network has a limit. There is no common limit that a few
senders could use up for everyone: when many reports arrive, each has to be sent a
second time, a moment later, with a note that the form carries. This needs no cookie,
costs a reader one more click, and makes anyone who sends from many addresses come back
for every report. On a day with more reports than anybody could read, each network may
send one.
"""

import datetime
from dataclasses import dataclass

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cbec_site.base.clients import client_address, network_of
from swot.models.corrections import ReportSender

HOUR = datetime.timedelta(hours=1)
PER_SENDER = 5
# For a /24 (IPv4) or /48 (IPv6), which one customer of a provider can have.
PER_NETWORK = 20
# Above this many reports an hour, each has to be sent twice.
PER_HOUR = 60
# More than an editor could ever read: from here on each network sends one a day, so
# that those who sent these send no more and everybody else still can.
MANY_A_DAY = 5_000
PATIENCE = 15
SALT = "swot.reports.again"


@dataclass(frozen=True)
class Refusal:
    """The report can be sent again in `wait` seconds, together with `note`."""

    wait: int
    note: str = ""


@transaction.atomic
def admit(request, text: str = "", note: str = "") -> Refusal | None:
    """Count one more report; returns None, or why it is not accepted now.

    `note` comes from an earlier refusal of the same text. The counts are in the
    database, where every worker sees them. Rows older than a day are removed.
    """
    now = timezone.now()
    ReportSender.objects.filter(sent_at__lt=now - 24 * HOUR).delete()
    digest = sender_digest(request, now.date())
    today = ReportSender.objects.order_by("-sent_at")
    recent = today.filter(sent_at__gt=now - HOUR)
    network = {"digest__startswith": digest[:32]}
    limits = [
        (recent.filter(digest=digest), PER_SENDER, HOUR),
        (recent.filter(**network), PER_NETWORK, HOUR),
    ]
    if today.count() >= MANY_A_DAY:
        limits.append((today.filter(**network), 1, 24 * HOUR))
    for rows, limit, window in limits:
        moments = list(rows.values_list("sent_at", flat=True)[:limit])
        if len(moments) == limit:
            until = moments[-1] + window
            return Refusal(max(1, int((until - now).total_seconds()) + 1))
    if recent.count() >= PER_HOUR and not has_waited(digest, text, note):
        return Refusal(PATIENCE, _signer().sign(_subject(digest, text)))
    ReportSender.objects.create(digest=digest, sent_at=now)
    return None


def has_waited(digest: str, text: str, note: str) -> bool:
    """Whether the note belongs to this sender and text, and is neither too new nor too
    old."""
    try:
        subject = _signer().unsign(note, max_age=HOUR)
    except BadSignature:
        return False
    try:
        _signer().unsign(note, max_age=PATIENCE)
    except SignatureExpired:
        return subject == _subject(digest, text)
    return False


def _signer():
    return TimestampSigner(salt=SALT)


def _subject(digest, text):
    return salted_hmac(SALT, f"{digest}|{text}", algorithm="sha256").hexdigest()


def sender_digest(request, day: datetime.date) -> str:
    """A keyed digest of the sender's network and the day; it cannot be reversed.

    The first half identifies the larger network.
    """
    address = client_address(request)
    return "".join(
        salted_hmac("swot.reports", f"{day}|{network}", algorithm="sha256").hexdigest()[
            :32
        ]
        for network in (network_of(address, ipv4=24, ipv6=48), network_of(address))
    )
