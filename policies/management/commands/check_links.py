from django.conf import settings
from django.core.management.base import BaseCommand

from policies.link_checks import check_links


class Command(BaseCommand):
    help = (
        "Try the official pages of acts and note which are dead; for a timer. Does "
        "nothing unless CHECK_LINKS is set, since a site may have no network."
    )

    def handle(self, *args, **options):
        if not settings.CHECK_LINKS:
            self.stdout.write("CHECK_LINKS is not set; nothing was tried.")
            return
        tried, dead = check_links()
        self.stdout.write(f"{tried} pages tried, {dead} of them dead.")
