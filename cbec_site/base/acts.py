"""Signals for acts in the admin that are worth recording."""

from django.dispatch import Signal

# Sent with the model as sender and `act` ("published", "withdrawn", "exported"),
# `subject` (a text), `detail` (a text) and `account` (who acts, where there is no
# request that says it).
acted = Signal()


def tell_publication(item, reason="", account=""):
    """Announce that a row was published or withdrawn, so that it is recorded."""
    subject = f"{item._meta.label} {getattr(item, 'code', '') or item.pk}"
    act = "published" if item.is_published else "withdrawn"
    acted.send(type(item), act=act, subject=subject, detail=reason, account=account)
