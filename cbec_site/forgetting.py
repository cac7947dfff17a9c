"""What the site keeps only for a while; the worker removes it."""

import datetime
from importlib import import_module

from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cbec_site.accounts.models import SignInAttempt
from swot.models.corrections import ReportSender

DAY = datetime.timedelta(days=1)
# Finished tasks: long enough to look into one that failed.
TASKS = datetime.timedelta(days=30)


def forget() -> None:
    """Delete sessions that have ended, digests of senders and finished tasks.

    The digests count attempts of one day at most; the next attempt removes them
    too, but may come long after.
    """
    now = timezone.now()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    SignInAttempt.objects.filter(tried_at__lt=now - DAY).delete()
    ReportSender.objects.filter(sent_at__lt=now - DAY).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS).delete()
