"""Ask whoever builds on policies what rests on some of them, without knowing them."""

from collections.abc import Iterable
from typing import Protocol

from cbec_site.base.registry import Registry
from datasets.dependents import Touched


class Dependent(Protocol):
    """An app that builds on policies. Answering writes nothing."""

    def touched(self, codes: list[str]) -> list[Touched]:
        """What is published and rests on the policies with these codes."""


dependents: Registry[Dependent] = Registry()


def ask_touched(codes: Iterable[str]) -> list[Touched]:
    """What is published and rests on the policies with these codes."""
    codes = list(codes)
    return [touched for dependent in dependents for touched in dependent.touched(codes)]
