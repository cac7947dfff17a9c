"""Questions that a lower app asks and the apps above answer.

The lower app defines its questions in a `Protocol` and keeps a registry of those who
answer; an app above registers its answers in `AppConfig.ready()`::

    dependents: Registry[Dependent] = Registry()    # below
    dependents.register(SwotOnData())               # above

Events are not questions: they are announced by signals.
"""

from collections.abc import Iterator
from typing import Generic, TypeVar

Answerer = TypeVar("Answerer")


class Registry(Generic[Answerer]):
    """Those who answer, in the order in which their apps are installed."""

    def __init__(self) -> None:
        self._answerers: list[Answerer] = []

    def register(self, answerer: Answerer) -> None:
        """Include this one from now on."""
        self._answerers.append(answerer)

    def __iter__(self) -> Iterator[Answerer]:
        return iter(self._answerers)
