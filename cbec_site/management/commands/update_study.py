from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from cbec_site.loading.files import StudyNotLoadedError
from cbec_site.loading.undo import undo_update
from cbec_site.loading.update import update_study

# The message if there was nothing to do, by whether it was an undo.
NOTHING = {
    False: "The study is as shipped; nothing was changed.",
    True: "There is no update to undo.",
}


class Command(BaseCommand):
    help = (
        "Bring a study that was loaded earlier up to what is shipped now. What editors "
        "changed or deleted stays. Acts and values are written as imports, which the "
        "admin can undo; --undo undoes everything."
    )

    def add_arguments(self, parser):
        way = parser.add_mutually_exclusive_group()
        way.add_argument(
            "--dry-run", action="store_true", help="Say what would change; write none."
        )
        way.add_argument(
            "--undo",
            action="store_true",
            help="Undo what updates wrote and nobody has changed since.",
        )

    def handle(self, *args, **options):
        try:
            if options["undo"]:
                update = undo_update()
            else:
                update = update_study(dry_run=options["dry_run"])
        except StudyNotLoadedError as error:
            raise CommandError(str(error)) from None
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        if options["verbosity"] == 0:
            return
        if update.is_empty:
            self.stdout.write(NOTHING[options["undo"]])
            return
        if options["undo"]:
            self.stdout.write("This was undone:")
        if options["dry_run"]:
            self.stdout.write("This would be written:")
        for kind, count in update.added.items():
            self.stdout.write(f"{count:6} new {kind}")
        for line in update.lines:
            self.stdout.write(line)
