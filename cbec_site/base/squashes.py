"""Refuses to migrate a database that is in the middle of squashed migrations.

A squash stands for all the migrations it replaces. Django takes it for a new database
and counts it as done where all of them ran. If only some ran, it would continue with
the replaced files, which are no longer tested and will be removed one day.
"""

from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

APPS = ("datasets", "policies", "swot")


def refuse_middle(sender, using, plan, **kwargs):
    """For pre_migrate: CommandError before anything is run, saying what to do.

    `plan` contains the migrations to be run.
    """
    # The signal is sent once per app; one answer is enough.
    if sender.label != APPS[0] or not any(m.app_label in APPS for m, _back in plan):
        return
    loader = MigrationLoader(connections[using])
    planned = {(migration.app_label, migration.name) for migration, _back in plan}
    middles = []
    for squash in loader.replacements.values():
        if squash.app_label in APPS and not planned.isdisjoint(squash.replaces):
            done = [
                pair for pair in squash.replaces if pair in loader.applied_migrations
            ]
            middles.append(f"{squash.app_label} to {done[-1][1]}")
    if middles:
        raise CommandError(
            _(
                "Nothing was migrated. This database has run only some of the "
                "migrations that have since been squashed: %(middles)s. Run "
                "“migrate” with the version of 26 November 2026, which has all of "
                "them, and then with this one."
            )
            % {"middles": ", ".join(middles)}
        )
