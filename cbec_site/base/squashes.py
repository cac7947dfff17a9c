"""Refuses to migrate a database that ran only some of the oldest migrations.

A squash stands for all the migrations it replaces. Django takes it for a new database
and counts it as done where all of them ran. If only some ran, it continues with the
replaced files. Sites had all of those in `OLDEST` and before from the first day, and
nothing tests a database that stopped earlier.
"""

from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

# The last migrations of the site as first released.
OLDEST = {
    ("datasets", "0005_revision_code"),
    ("policies", "0002_policy_imports"),
    ("swot", "0013_place_of_the_shipped_study"),
}


def refuse_middle(sender, using, plan, **kwargs):
    """For pre_migrate: CommandError before anything is run, saying what to do.

    `plan` contains the migrations to be run.
    """
    # The signal is sent once per app; one answer is enough.
    if sender.label != "datasets":
        return
    unfinished = {
        migration.app_label
        for migration, _back in plan
        if (migration.app_label, migration.name) in OLDEST
    }
    if not unfinished:
        return
    applied = sorted(MigrationRecorder(connections[using]).applied_migrations())
    last = {app: name for app, name in applied if app in unfinished}
    if last:
        raise CommandError(
            _(
                "Nothing was migrated. This database has run only some of the "
                "migrations that have since been squashed: %(middles)s. Run "
                "“migrate” with the version of 26 November 2026, which has all of "
                "them, and then with this one."
            )
            % {"middles": ", ".join(f"{app} to {name}" for app, name in last.items())}
        )
