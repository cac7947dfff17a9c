from django.core.management.base import BaseCommand
from django.db import transaction

from cbec_site.base.query_statistics import refresh
from cbec_site.loading import load_study


class Command(BaseCommand):
    help = "Load the shipped study once; what editors changed is never overwritten."

    def handle(self, *args, **options):
        loaded = load_study()
        if loaded:
            transaction.on_commit(refresh)
        if options["verbosity"] == 0:
            return
        if not loaded:
            self.stdout.write("The study was loaded before; nothing was changed.")
        for kind, count in loaded.items():
            self.stdout.write(f"{count:6} {kind}")
