from django.core.management.base import BaseCommand, CommandError

from cbec_site.loading.files import StudyNotLoadedError
from cbec_site.loading.update import update_study


class Command(BaseCommand):
    help = (
        "Bring a study that was loaded earlier up to what is shipped now. What editors "
        "changed or deleted stays. Acts and values are written as imports, which the "
        "admin can take back."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change; write none."
        )

    def handle(self, *args, **options):
        try:
            update = update_study(dry_run=options["dry_run"])
        except StudyNotLoadedError as error:
            raise CommandError(str(error)) from None
        if options["verbosity"] == 0:
            return
        if update.is_empty:
            self.stdout.write("The study is as shipped; nothing was changed.")
            return
        if options["dry_run"]:
            self.stdout.write("This would be written:")
        for kind, count in update.added.items():
            self.stdout.write(f"{count:6} new {kind}")
        for line in update.lines:
            self.stdout.write(line)
