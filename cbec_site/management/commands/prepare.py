from django.core.management import call_command
from django.core.management.base import BaseCommand

from datasets.models import Indicator


class Command(BaseCommand):
    help = "Bring a local database up to date: schema, shipped study, administrator."

    def handle(self, *args, **options):
        call_command("migrate", verbosity=0, interactive=False)
        # Only into an empty database, so that what an editor has deleted stays
        # deleted.
        if not Indicator.objects.exists():
            call_command("load_study", verbosity=0)
        call_command("ensure_admin", stdout=self.stdout)
