from django.core.management.base import BaseCommand

from datasets.models.totals import write_all_totals


class Command(BaseCommand):
    help = (
        "Count anew the values of each indicator, region and source. Needed only after "
        "values were written past the site, such as by SQL."
    )

    def handle(self, **options):
        write_all_totals()
