"""What is kept for a limited time is deleted, even if nobody uses the site."""

import datetime

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cbec_site.accounts.models import SignInAttempt
from cbec_site.forgetting import forget
from datasets.imports.tasks import plan_batch
from swot.models import ReportSender


def ago(**time):
    return timezone.now() - datetime.timedelta(**time)


def make_task(finished_at, status="FAILED"):
    task = plan_batch.enqueue("datasets.importbatch", 1, "en")
    rows = DBTaskResult.objects.filter(pk=task.id)
    rows.update(status=status, finished_at=finished_at)
    return rows.get()


@pytest.mark.django_db
def test_what_has_expired_is_deleted_and_the_rest_kept(queue):
    for key, minutes in (("ended", 1), ("open", -1)):
        Session.objects.create(session_key=key, expire_date=ago(minutes=minutes))
    for digest, hours in (("old", 25), ("new", 23)):
        SignInAttempt.objects.create(digest=digest, tried_at=ago(hours=hours))
        ReportSender.objects.create(digest=digest, sent_at=ago(hours=hours))
    make_task(ago(days=31))
    kept = [make_task(ago(days=29)), make_task(None, "READY")]

    forget()

    assert Session.objects.get().session_key == "open"
    assert SignInAttempt.objects.get().digest == "new"
    assert ReportSender.objects.get().digest == "new"
    assert set(DBTaskResult.objects.all()) == set(kept)
