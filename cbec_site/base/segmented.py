"""Values kept in memory within a limit; what is read again outlives what was read once.

Nothing here imports Django.
"""

import contextlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """What knows its size in bytes."""

    @property
    def size(self) -> int: ...


Value = TypeVar("Value", bound=Sized)

# Made once: it is used for each value.
GONE = contextlib.suppress(KeyError)


class SegmentedCache(Generic[Value]):
    """Values by key within `most` bytes: a segmented LRU.

    What was read once may fill an eighth of the memory, so that a crawler or ever new
    searches do not drive out what readers ask for. What is read again moves to the
    rest; what was read there longest ago goes back.
    """

    def __init__(self, most: int):
        self.most = most
        self.most_once = most // 8
        self._once: Segment[Value] = Segment()
        self._again: Segment[Value] = Segment()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._once.values) + len(self._again.values)

    @property
    def size(self) -> int:
        return self._once.size + self._again.size

    def get(self, key: Hashable) -> Value | None:
        """The value of a key; it counts as read."""
        value = self._again.values.get(key)
        if value is not None:
            # Another thread may just have removed it to make room.
            with GONE:
                self._again.values.move_to_end(key)
            return value
        if key not in self._once.values:
            return None
        with self._lock:
            value = self._once.remove(key)
            if value is not None:
                self._again.add(key, value)
                self._make_room()
        return value

    def put(self, key: Hashable, value: Value) -> Value | None:
        """Keep a value in place of the former one, unless it alone is too large.

        Returns the former one.
        """
        with self._lock:
            segment = self._again if key in self._again.values else self._once
            before = segment.remove(key)
            if value.size <= self.most:
                segment.add(key, value)
                self._make_room()
        return before

    def _make_room(self) -> None:
        while self._again.size > self.most - self.most_once:
            self._once.add(*self._again.remove_oldest())
        # A single value may be larger than the eighth.
        while self._once.size > self.most_once and len(self._once.values) > 1:
            self._once.remove_oldest()
        while self.size > self.most:
            self._again.remove_oldest()

    def drop(self, key: Hashable) -> None:
        """Forget the value of a key."""
        with self._lock:
            self._once.remove(key)
            self._again.remove(key)

    def clear(self) -> None:
        """Forget all values."""
        with self._lock:
            self._once, self._again = Segment(), Segment()

    def items(self) -> list[tuple[Hashable, Value]]:
        """All keys with their values."""
        with self._lock:
            return [*self._again.values.items(), *self._once.values.items()]


@dataclass
class Segment(Generic[Value]):
    """Values in the order in which they were read, and their size together."""

    values: OrderedDict[Hashable, Value] = field(default_factory=OrderedDict)
    size: int = 0

    def add(self, key: Hashable, value: Value) -> None:
        self.values[key] = value
        self.size += value.size

    def remove(self, key: Hashable) -> Value | None:
        value = self.values.pop(key, None)
        if value is not None:
            self.size -= value.size
        return value

    def remove_oldest(self) -> tuple[Hashable, Value]:
        key, value = self.values.popitem(last=False)
        self.size -= value.size
        return key, value
