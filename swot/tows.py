"""The TOWS board: advice by pairs of internal and external quadrants, and the gaps."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .models import Entry

INTERNAL, EXTERNAL = "SW", "OT"
AIMS = {
    "SO": _("Use strengths to take opportunities"),
    "WO": _("Use opportunities to overcome weaknesses"),
    "ST": _("Use strengths to meet threats"),
    "WT": _("Reduce weaknesses to withstand threats"),
}


@dataclass(frozen=True)
class Advice:
    """A recommendation in one cell, with its entries that belong to that cell."""

    recommendation: object
    internal: list
    external: list


@dataclass(frozen=True)
class Cell:
    """The cell of one internal and one external quadrant."""

    kind: str
    advice: list[Advice]

    @property
    def aim(self):
        return AIMS[self.kind]


@dataclass(frozen=True)
class Side:
    """A quadrant at the edge of the board; `open` are the entries without an answer."""

    quadrant: Entry.Quadrant
    entries: list
    open: list


@dataclass(frozen=True)
class Board:
    sides: dict[str, Side]
    cells: dict[str, Cell]
    elsewhere: list

    @property
    def open_entries(self):
        """Entries that no recommendation answers, in the order S, W, O, T."""
        return [entry for side in self.sides.values() for entry in side.open]

    @property
    def empty_cells(self):
        return [cell for cell in self.cells.values() if not cell.advice]


def board(entries, recommendations) -> Board:
    """The board of these entries and recommendations (answers prefetched).

    A recommendation is in every cell whose two quadrants it answers. One that answers
    only internal or only external entries is in no cell, but in `elsewhere`.
    """
    answers = {
        recommendation.pk: list(recommendation.answers.all())
        for recommendation in recommendations
    }
    answered = {
        entry.pk for answered_entries in answers.values() for entry in answered_entries
    }
    sides = {}
    for quadrant in Entry.Quadrant:
        own = [entry for entry in entries if entry.quadrant == quadrant]
        unanswered = [entry for entry in own if entry.pk not in answered]
        sides[quadrant.value] = Side(quadrant, own, unanswered)
    cells = {
        kind: Cell(kind, list(_advice(kind, recommendations, answers))) for kind in AIMS
    }
    placed = {
        advice.recommendation.pk for cell in cells.values() for advice in cell.advice
    }
    elsewhere = [
        recommendation
        for recommendation in recommendations
        if recommendation.pk not in placed
    ]
    return Board(sides, cells, elsewhere)


def _advice(kind, recommendations, answers):
    for recommendation in recommendations:
        internal, external = (
            sorted(
                (
                    entry
                    for entry in answers[recommendation.pk]
                    if entry.quadrant == letter
                ),
                key=lambda entry: entry.code,
            )
            for letter in kind
        )
        if internal and external:
            yield Advice(recommendation, internal, external)
