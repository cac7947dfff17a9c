"""A worker that is killed publishes a scheduled draft wholly, once, or not yet."""

import datetime
import threading
import time

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from cbec_site.accounts.roles import EDITOR
from cbec_site.base.drafts import acts, preview
from cbec_site.base.drafts.due import publish_due, withdraw_due
from cbec_site.base.drafts.models import Draft
from policies.models import Policy
from tests.concurrency import PATIENCE, begin
from tests.factories import make_issuer, make_policy

from .conftest import PAGE, drafted, enter

DUE = "cbec_site.base.drafts.due"
SOON = datetime.timedelta(seconds=1)


@pytest.fixture
def scheduled(shared_site):
    """A draft that has been due for an hour when the worker starts."""
    policy = make_policy([make_issuer()], code="P77", source_url=PAGE)
    editor = enter(EDITOR)
    draft = drafted(editor, policy, title_zh_hans="定时公开的标题")
    acts.schedule(draft, editor.user, timezone.now() + datetime.timedelta(days=1))
    hour_ago = timezone.now() - datetime.timedelta(hours=1)
    Draft.objects.filter(pk=draft.pk).update(live_at=hour_ago)
    return draft


def stored(draft):
    """(title, versions, publications, state): a second publication would show."""
    draft.refresh_from_db()
    policy = Policy.objects.get(code="P77")
    return (
        policy.title_zh_hans,
        policy.history.count(),
        draft.events.filter(act="published").count(),
        draft.state,
    )


@pytest.mark.parametrize(
    ("moment", "is_written"),
    [
        (f"before {DUE}._publish", False),
        ("after cbec_site.base.drafts.acts.save", False),
        ("after cbec_site.base.drafts.acts.done", False),
        (f"after {DUE}._publish", True),
        (f"after {DUE}.publish_due", True),
    ],
)
def test_killed_worker_publishes_once(fork, scheduled, moment, is_written):
    before = stored(scheduled)
    after = ("定时公开的标题", before[1] + 1, 1, "published")
    worker = fork("manage.py", "worker", "--interval", "0.05", hold=moment)
    worker.wait_until_held()
    worker.kill()

    assert stored(scheduled) == (after if is_written else before)

    # The next worker makes up for it, and the one after has nothing left to do.
    assert publish_due() == (0 if is_written else 1)
    assert publish_due() == 0
    assert stored(scheduled) == after


@pytest.mark.parametrize(
    ("moment", "is_written"),
    [(f"before {DUE}.withdraw_due", False), (f"after {DUE}.withdraw_due", True)],
)
def test_killed_worker_withdraws_once(fork, scheduled, moment, is_written):
    publish_due()
    expired = timezone.now() - SOON
    Draft.objects.update(live_at=expired - SOON, expires_at=expired)
    worker = fork("manage.py", "worker", "--interval", "0.05", hold=moment)
    worker.wait_until_held()
    worker.kill()

    policy = Policy.objects.get(code="P77")
    assert policy.is_published is not is_written
    assert withdraw_due() == (0 if is_written else 1)
    assert withdraw_due() == 0
    policy.refresh_from_db()
    assert not policy.is_published
    assert policy.history.filter(history_change_reason="expired").count() == 1


def test_preview_waits_briefly_and_says_that_somebody_is_writing(
    scheduled, monkeypatch
):
    reader = enter(EDITOR)
    url = reverse("admin:drafts_preview", args=[scheduled.pk])
    holds, may_end = threading.Event(), threading.Event()

    def write():
        with transaction.atomic():
            Policy.objects.update(title_en="Not yet committed")
            holds.set()
            may_end.wait(PATIENCE)

    assert preview.PATIENCE == 2_000
    monkeypatch.setattr(preview, "PATIENCE", 200)
    usual = usual_patience()
    writer = begin(write)
    holds.wait(PATIENCE)
    try:
        began = time.monotonic()
        page = reader.get(url, {"language": "zh-hans"}).content.decode()
        waited = time.monotonic() - began
    finally:
        may_end.set()
        writer.result(PATIENCE)

    assert "The database is busy just now" in page
    # Other writers are waited for much longer.
    assert waited < 10
    assert usual_patience() == usual
    page = reader.get(url, {"language": "zh-hans"}).content.decode()
    assert "定时公开的标题" in page


def usual_patience():
    """How long this connection waits for locks, as its database puts it."""
    sqlite, other = "PRAGMA busy_timeout", "SHOW lock_timeout"
    with connection.cursor() as cursor:
        cursor.execute(sqlite if connection.vendor == "sqlite" else other)
        return cursor.fetchone()
