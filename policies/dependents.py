"""Asks the apps that build on policies what rests on given ones."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from django.db.models import QuerySet

from cbec_site.base.registry import Registry
from datasets.dependents import Touched


class Passage(NamedTuple):
    """A quotation from a policy on which a published entry rests, and the entry's
    page."""

    words: str
    code: str
    url: str


class Dependent(Protocol):
    """An app that builds on policies. Answering writes nothing."""

    def touched(self, codes: list[str]) -> list[Touched]:
        """What is published and rests on the policies with these codes."""

    def links(self) -> list[tuple[QuerySet, str]]:
        """The rows, public or not, that may name policies, and by which field."""

    def passages(self, code: str) -> list[Passage]:
        """The passages of a policy on which something published rests."""


dependents: Registry[Dependent] = Registry()


def ask_touched(codes: Iterable[str]) -> list[Touched]:
    """What is published and rests on the policies with these codes."""
    codes = list(codes)
    return [touched for dependent in dependents for touched in dependent.touched(codes)]


def links_elsewhere() -> list[tuple[QuerySet, str]]:
    """The querysets that may name policies, each with the field that does."""
    return [link for dependent in dependents for link in dependent.links()]


def ask_passages(code: str) -> list[Passage]:
    """The passages of a policy on which something published rests."""
    return [passage for dependent in dependents for passage in dependent.passages(code)]
