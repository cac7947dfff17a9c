"""The background worker: runs tasks from the database, and whatever is due."""

import logging
import signal
import threading
import time

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Command as TaskWorker

from cbec_site.accounts.audit import shorten_addresses
from cbec_site.base.drafts.due import publish_due, withdraw_due
from cbec_site.base.query_statistics import refresh
from cbec_site.database_away import is_away
from cbec_site.forgetting import forget
from cbec_site.models import WorkerHeartbeat
from datasets.imports.tasks import requeue_lost

logger = logging.getLogger(__name__)

EVERY = 5.0
RETRY = 1.0
DAY = 24 * 60 * 60
ADDRESSES_AT_ONCE = 1000


class Command(BaseCommand):
    help = (
        "Work in the background: large imports, drafts that go live or are withdrawn "
        "at a moment. Run one beside the web server; several do no harm."
    )

    def add_arguments(self, parser):
        parser.add_argument("--interval", type=float, default=1)

    def handle(self, *args, interval, verbosity, **options):
        stop = threading.Event()
        clock = threading.Thread(target=keep_time, args=[stop], daemon=True)
        clock.start()
        try:
            self.work(interval, verbosity)
        finally:
            stop.set()
            clock.join(EVERY)

    def work(self, interval, verbosity):
        """Run tasks until a signal; waits for a database that is away."""
        worker = TaskWorker()
        parser = worker.create_parser("manage.py", "worker")
        options = vars(parser.parse_args(["--interval", str(interval)]))
        while True:
            try:
                worker.execute(
                    **options | {"verbosity": verbosity, "skip_checks": True}
                )
                return
            except DatabaseError as error:
                if not is_away(error):
                    raise
                logger.warning("The database does not answer; trying again.")
            # Not the handlers of the loop that has just ended, which wait
            # for its end.
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            connections.close_all()
            time.sleep(RETRY)


def keep_time(stop):
    """Every few seconds do what is due and report that a worker is alive.

    What fell due while no worker ran is done on the first round. A failure is logged
    and retried on the next.
    """
    refresh_at = 0.0
    while not stop.is_set():
        started = time.monotonic()
        try:
            close_old_connections()
            look()
            if started >= refresh_at:
                forget()
                refresh()
                refresh_at = started + DAY
        except Exception:
            logger.exception("What is due could not be looked at.")
            connections.close_all()
        stop.wait(max(0.0, EVERY - (time.monotonic() - started)))
    connections.close_all()


def look():
    """Do once what is due."""
    publish_due()
    withdraw_due()
    requeue_lost()
    shorten_addresses(ADDRESSES_AT_ONCE)
    WorkerHeartbeat.beat()
