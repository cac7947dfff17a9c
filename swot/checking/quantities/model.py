"""What a number in a text states."""

from dataclasses import dataclass, field
from decimal import Decimal

from swot.checking.verdicts import Comparison

from .units import Unit

NO_UNIT = Unit()


@dataclass(frozen=True)
class Quantity:
    """One number of a text with everything the phrase around it says.

    `value` is at full scale and carries the sign; `upper` is the other end of an
    interval. `kind` is "" for amounts and counts, else percent, points, times or
    months. `direction` is 1 for a rise, -1 for a fall, 0 where a level is named:
    "fell by 5%" is 5 and -1. `decimals` are those of the full value, negative for
    rounded large numbers; None for words. `places` are the same for words too (三亿 is
    known to the 亿), None for shares and multiples, which have nothing to round.
    `start` to `end` are the number with its scale and percent sign, `first` to `last`
    the whole phrase: comparison word, currency, number, unit.
    """

    start: int
    end: int
    text: str
    value: Decimal
    kind: str = ""
    decimals: int | None = None
    places: int | None = None
    upper: Decimal | None = None
    unit: Unit = NO_UNIT
    direction: int = 0
    comparison: str = Comparison.EXACTLY
    is_word: bool = False
    is_increment: bool = False
    first: int = field(default=-1, compare=False)
    last: int = field(default=-1, compare=False)
    # Of percentages: whether the words make it a share or a level, not a growth.
    is_level: bool = field(default=False, compare=False)
    # Of amounts that are not a plain total: rate, deficit, unclear or addition
    # (`senses`).
    sense: str = field(default="", compare=False)
    # What 500多亿 stays under: 600亿. None where no word says so.
    below: Decimal | None = field(default=None, compare=False)
    # A range of numbers: where each end stands.
    ends: tuple["Quantity", ...] = field(default=(), compare=False)

    @property
    def currency(self) -> str:
        """The ISO code of the currency, "" where none is named."""
        return self.unit.currency

    @property
    def effective(self) -> Decimal:
        """The value with its direction: a fall of 5 is -5, and so is "fell -5"."""
        if self.direction < 0:
            return -abs(self.value)
        return self.value

    @property
    def effective_upper(self) -> Decimal | None:
        """The other end of an interval with its direction."""
        if self.upper is None or self.direction >= 0:
            return self.upper
        return -abs(self.upper)

    @property
    def ratio(self) -> Decimal:
        """What 1 becomes: "增长3倍" is 4 times as much, "3倍" is 3."""
        return self.value + 1 if self.is_increment else self.value

    @property
    def key(self) -> tuple:
        """Equal for numbers that say the same; `compare` in `parity` allows more."""
        further = (
            self.upper and self.upper.normalize(),
            self.unit.currency or self.unit.dimension,
            min(0, self.direction),
            str(self.comparison),
        )
        plain = (None, "", 0, str(Comparison.EXACTLY))
        key = (self.kind, self.value.normalize())
        return key if further == plain else key + further


@dataclass(frozen=True)
class Unread:
    """A number that cannot be read whole, or names no exact value ("dozens", 数百)."""

    start: int
    end: int
    text: str
    is_vague: bool = False


@dataclass(frozen=True)
class Reading:
    """The numbers of a text, intervals as one, and what could not be read."""

    quantities: tuple[Quantity, ...]
    unread: tuple[Unread, ...]
