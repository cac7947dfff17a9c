"""Signals for acts in the admin that are worth recording."""

from django.dispatch import Signal

# Sent with the model as sender and `act` ("published", "withdrawn", "exported"),
# `subject` (a text), `detail` (a text) and `account` (who acts, where there is no
# request that says it).
acted = Signal()


def announce_publication(row, reason="", account=""):
    """Announce that a row was published or withdrawn, so that it is recorded."""
    subject = f"{row._meta.label} {getattr(row, 'code', '') or row.pk}"
    act = "published" if row.is_published else "withdrawn"
    acted.send(type(row), act=act, subject=subject, detail=reason, account=account)
