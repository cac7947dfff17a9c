"""Questions that a lower app asks and the apps above it answer.

The lower app says in a `Protocol` what it asks and keeps a registry of those who
answer; an app above registers what it has to say in `AppConfig.ready()`::

    dependents: Registry[Dependent] = Registry()    # below
    dependents.register(SwotOnData())               # above

What has happened is no question: a signal announces that.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

Answerer = TypeVar("Answerer")


class Registry(Generic[Answerer]):
    """Those who answer, in the order in which their apps are installed."""

    def __init__(self) -> None:
        self._answerers: list[Answerer] = []

    def register(self, answerer: Answerer) -> None:
        """Ask this one from now on as well."""
        self._answerers.append(answerer)

    def __iter__(self) -> Iterator[Answerer]:
        return iter(self._answerers)
