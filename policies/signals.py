"""Ask whoever builds on policies what rests on some of them, without knowing them."""

from collections.abc import Iterable

from django.dispatch import Signal

from datasets.signals import Touched

# Sent with codes; every receiver returns a list of Touched.
policies_touched = Signal()


def ask_touched(codes: Iterable[str]) -> list[Touched]:
    """What is published and rests on the policies with these codes; writes nothing."""
    answers = policies_touched.send(sender=None, codes=list(codes))
    return [touched for _, found in answers for touched in found or ()]
