"""Content that is slow to make, made once for all modules that use it."""

from contextlib import contextmanager

from django.db import connection, transaction

from cbec_site.base.query_statistics import analyse


class SharedContent:
    """What `make()` writes to the database, in a transaction that stays open.

    The tests that use it run one after the other (see `tests/conftest.py`), each
    module in its own savepoint; `roll_back()` rolls the transaction back.
    """

    def __init__(self, make):
        self.make = make
        self.blocker = None
        self.made = None
        self._transaction = None

    @contextmanager
    def for_a_module(self):
        """Yields what `make()` returned."""
        with self.blocker.unblock():
            if self._transaction is None:
                self._transaction = transaction.atomic()
                self._transaction.__enter__()
                self.made = self.make()
                # PostgreSQL would gather statistics once it is committed; without,
                # it reads the whole study for each figure.
                analyse(connection)
            with transaction.atomic():
                yield self.made
                transaction.set_rollback(True)

    def roll_back(self):
        if self._transaction is None:
            return
        with self.blocker.unblock():
            transaction.set_rollback(True)
            self._transaction.__exit__(None, None, None)
        self._transaction = self.made = None
