from django.core.management.base import BaseCommand

from policies.models import ForcePeriod, Policy
from policies.models.force_periods import write_periods


class Command(BaseCommand):
    help = (
        "Write anew from when until when each policy has which status. Needed only "
        "after policies or events were written past the site, such as by SQL."
    )

    def handle(self, **options):
        acts = Policy.objects.order_by().values_list("pk", flat=True)
        ForcePeriod.objects.exclude(policy_key__in=acts).delete()
        write_periods(acts)
