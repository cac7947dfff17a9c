"""Asks the apps that build on policies what rests on given ones."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

from django.db.models import QuerySet

from cbec_site.base.registry import Registry
from cbec_site.base.used_by import UsedBy, used_by
from datasets.dependents import Touched

from .models import Policy


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

    def citing(self, policy: Policy) -> Mapping[str, QuerySet]:
        """What rests on a policy: kind of `UsedBy` → rows, drafts included."""

    def corrections(self, policy: Policy, limit: int) -> Iterable:
        """The newest published corrections of a policy."""

    def links(self) -> list[tuple[QuerySet, str]]:
        """The rows, public or not, that may name policies, and by which field."""

    def passages(self, code: str) -> list[Passage]:
        """The passages of a policy on which something published rests."""


dependents: Registry[Dependent] = Registry()


def ask_touched(codes: Iterable[str]) -> list[Touched]:
    """What is published and rests on the policies with these codes."""
    codes = list(codes)
    return [touched for dependent in dependents for touched in dependent.touched(codes)]


def used_by_policy(policy: Policy) -> UsedBy:
    """What is published and rests on a policy."""
    citing: dict[str, QuerySet] = {}
    for dependent in dependents:
        citing.update(dependent.citing(policy))
    return used_by(**citing)


def corrections_of(policy: Policy, limit: int) -> list:
    """The newest published corrections of a policy."""
    return [
        correction
        for dependent in dependents
        for correction in dependent.corrections(policy, limit)
    ]


def links_elsewhere() -> list[tuple[QuerySet, str]]:
    """The querysets that may name policies, each with the field that does."""
    return [link for dependent in dependents for link in dependent.links()]


def ask_passages(code: str) -> list[Passage]:
    """The passages of a policy on which something published rests."""
    return [passage for dependent in dependents for passage in dependent.passages(code)]
