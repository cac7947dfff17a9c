from django.core.management.base import BaseCommand, CommandError

from cbec_site import admin_words, catalogues


class Command(BaseCommand):
    help = "Fail when a message or a page of the admin has no Chinese text."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--write", action="store_true", help="first add what is missing, empty"
        )
        parser.add_argument(
            "--admin",
            action="store_true",
            help="look at every kind of page of the admin too, some ten seconds",
        )

    def handle(self, *args, **options):
        if options["write"]:
            catalogues.update()
        lines = catalogues.problems()
        if options["admin"] and not lines:
            # The pages use the compiled catalogue.
            catalogues.compile_catalogue()
            lines = admin_words.problems()
        if lines:
            raise CommandError("\n".join([*lines, f"{len(lines)} texts to correct"]))
