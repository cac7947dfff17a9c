"""What a file is read into: sheets of cells, within the limits of the settings."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from .folding import fold, split_marks
from .problems import Problem, UnreadableFileError


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text as stored; `is_percent` when the sheet shows it as a percentage.

    `area` is set in all further cells of a merged one: position and text of the first.
    `fault` says why what is shown cannot be a value; a date (`is_date`) has one too,
    but may be the period of a value. A part of a cell (a name without its footnote
    mark, one code of several) is a cell too.
    """

    text: str
    is_percent: bool = False
    area: tuple[int, str] | None = None
    fault: str = ""
    is_date: bool = False
    _plain: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def plain(self) -> str:
        """The text folded, as readers recognise it; notes are stored as written.

        Folded when it is first asked for, and kept.
        """
        plain = self._plain
        if plain is None:
            plain = fold(self.text)
            object.__setattr__(self, "_plain", plain)
        return plain

    @property
    def without_marks(self) -> "Cell":
        """The cell without the footnote marks at its end, itself if it has none."""
        text, marks = split_marks(self.text)
        return Cell(text) if marks else self


@dataclass
class Sheet:
    """Rows of cells; `name` is "" for text files."""

    name: str
    rows: list[list[Cell]]
    is_hidden: bool = False
    warnings: list[Problem] = field(default_factory=list)

    @property
    def numbers(self) -> range:
        """The numbers of the rows, as the program that made the sheet counts them."""
        return range(1, len(self.rows) + 1)


def check_size(row_count: int, column_count: int, line: int = 0) -> None:
    """Raise UnreadableFileError if the row after `row_count` others exceeds a limit.

    `line` is the row of a workbook in which a cell is beyond the limit.
    """
    if row_count >= settings.IMPORT_MAX_ROWS:
        raise UnreadableFileError(_("More than %s rows.") % settings.IMPORT_MAX_ROWS)
    if column_count <= settings.IMPORT_MAX_COLUMNS:
        return
    message = _("More than %s columns.") % settings.IMPORT_MAX_COLUMNS
    if line:
        cell = f"{get_column_letter(column_count)}{line}"
        message = f"{message} {_('Cell %s is filled; clear it.') % cell}"
    raise UnreadableFileError(message)


def check_cell(text: str) -> str:
    """The text of a cell; UnreadableFileError if it is too long."""
    if len(text) > settings.IMPORT_MAX_CELL:
        raise UnreadableFileError(
            _("A cell is longer than %s characters.") % settings.IMPORT_MAX_CELL
        )
    return text
