from django.core.management.base import BaseCommand

from cbec_site.base.search_index.writing import rebuild


class Command(BaseCommand):
    help = (
        "Write the search index anew, a part at a time: searching and editing go on "
        "meanwhile. Needed only after rows were written past the site."
    )

    def handle(self, *args, **options):
        rebuild(self.stdout.write)
