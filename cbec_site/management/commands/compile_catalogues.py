from django.core.management.base import BaseCommand

from cbec_site import catalogues


class Command(BaseCommand):
    help = "Compile the Chinese catalogue; needs no gettext programs."
    requires_system_checks = []

    def handle(self, *args, **options):
        catalogues.compile_catalogue()
