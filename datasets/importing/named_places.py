"""Compares the places in the rows of a table with the place in its caption."""

from .titles import TableContext


class NamedPlaces:
    """The names of places in a table; `finds` returns what a name stands for."""

    def __init__(self, finds):
        self.finds = finds
        self.names: set[str] = set()

    def add(self, name: str) -> None:
        self.names.add(name)

    def outside(self, around: TableContext) -> list[str]:
        """Names of places that are not part of the place named in a caption.

        Unknown names are reported elsewhere.
        """
        if "region" not in around.lines or self.finds is None:
            return []
        whole = self.finds("region", around.region)
        return [
            name
            for name in sorted(filter(None, self.names))
            if whole and not _is_within(self.finds("region", name), whole)
        ]


def _is_within(part, whole):
    if part is None or part == whole or part.parent_id == whole.pk:
        return True
    country = whole.Kind.COUNTRY
    return whole.kind == country and part.kind != country
