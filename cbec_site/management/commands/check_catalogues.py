from django.core.management.base import BaseCommand, CommandError

from cbec_site import catalogues


class Command(BaseCommand):
    help = "Fail when a message of the site has no Chinese text."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--write", action="store_true", help="first add what is missing, empty"
        )

    def handle(self, *args, **options):
        if options["write"]:
            catalogues.update()
        lines = catalogues.problems()
        if lines:
            raise CommandError("\n".join([*lines, f"{len(lines)} messages to mend"]))
