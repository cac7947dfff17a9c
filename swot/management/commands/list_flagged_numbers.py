"""List the bound numbers that their data contradict or that cannot be read."""

from django.core.management.base import BaseCommand

from swot.models.texts import bound_models
from swot.texts.flagged import flagged_numbers
from swot.texts.marks import verdict_words


class Command(BaseCommand):
    """Prints a line for each, drafts included, so that the texts can be corrected."""

    help = (
        "List the bound numbers of all texts, drafts included, that their data "
        "contradict or that nobody can read."
    )

    def handle(self, *args, **options):
        count = 0
        for model in bound_models():
            for text in model.objects.order_by("pk"):
                for number in flagged_numbers(text):
                    count += 1
                    self.stdout.write(
                        f"{model._meta.label_lower} {text.pk} {number.language}: "
                        f"[{number.label}]({number.kind}:{number.code}) "
                        f"{verdict_words(number.mark)}"
                    )
        self.stdout.write(f"{count} flagged")
