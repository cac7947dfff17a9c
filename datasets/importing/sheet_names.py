"""Compares the name of a sheet with how its values were read.

A name (单位万元, 四川) adds nothing to the values; if it contradicts them, an editor is
asked.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from datasets.spreadsheets.folding import fold

from .note_texts import unit_in_note
from .printed_units import are_at_odds, find_unit
from .reading_options import ReadingOptions
from .reading_result import Record
from .titles import split_unit, unit_of_line


def contradictions(
    name: str, records: list[Record], options: ReadingOptions, has_regions: bool
) -> Iterator[str]:
    """What contradicts the name of a sheet, in words.

    `has_regions` says that rows or headings name their places themselves.
    """
    plain = fold(name)
    printed = unit_of_line(plain) or unit_in_note(plain)
    unit = find_unit(printed) if printed else split_unit(name)[1]
    if unit and any(are_at_odds(unit, record.read_in) for record in records):
        yield _("The name of the sheet has another unit than its values were read in.")
    place = options.finds("region", name) if options.finds and not has_regions else None
    chosen = options.chosen.get("region", "")
    named = {record.region or chosen for record in records} - {""}
    if place and any(options.finds("region", region) != place for region in named):
        yield _("The name of the sheet is another place than its values were read of.")
