"""What the headings of a table say: role, series, period and unit of each column."""

import re

from django.utils.translation import gettext as _

from datasets.spreadsheets.problems import Problem
from datasets.spreadsheets.sheets import Cell

from .column import Column
from .dimensions import DIMENSIONS
from .eurostat import has_flags
from .headers import is_number
from .national import find_country
from .partners import names_partners, what_to_do
from .printed_units import are_at_odds, scale_of
from .reading_result import Reading, RowError
from .sdmx import name_columns
from .times import part_of_year, period_of
from .titles import TableContext, find_place

# Columns whose cells are names, and columns that are taken over unchanged.
NAMES = ("indicator", "region", "breakdown", "source", "code", "unit", "period")
NAMES += ("vintage",)
PLAIN = ("code", "status", "source", "vintage", "note_en", "paper_location")
PLAIN += ("provenance", "is_published", "qualifier", "action", "unit_mult", "scale")
PLAIN += ("factor", "conf_status", "flag", "currency", "decimals", "freq")
PLAIN += ("time_format", *DIMENSIONS)
# Columns that may occur twice: by code and by name, by year and by month.
TWICE = ("period", "region", "indicator")
# Columns whose heading may give the unit of the whole table in brackets.
_NAMING = ("indicator", "region", "breakdown")
# Columns that change what a value means.
_DECISIVE = ("unit_mult", "scale", "factor", "action", "status", "flag")
_DECISIVE += ("conf_status", "currency")


class Headings:
    """The columns of a table, each with its role; unknown ones are listed.

    `roles` has the column of each role, `seconds` further columns of the same role,
    `values` the columns of values.
    """

    def __init__(
        self, columns, body, around: TableContext, reading: Reading, sheet, options
    ):
        self.columns, self.around, self.reading = columns, around, reading
        self.sheet, self.options = sheet, options
        self.roles: dict[str, Column] = {}
        self.seconds: list[Column] = []
        self.usual: set[tuple[str, str]] = set()
        # Whether months of headings or rows take their year from a line above.
        self.takes_year = False
        # Whether the breakdown is of trading partners.
        self.has_partners = False
        options.give_meanings(columns)
        name_columns(columns)
        around.has_flags = has_flags([column.plain for column in columns])
        self._assign_roles()
        if options.finds is not None and "region" not in self.roles:
            find_place(around, lambda name: options.finds("region", name))
            find_country(around, body)
        self._find_partners()
        self._name_first(body)
        self._find_regions()
        self.values = self._long() if "value" in self.roles else self._wide()
        self._check_units()
        self._check_chosen()
        self.titles = {role: column.title for role, column in self.roles.items()}
        options.titles.update(self.titles)

    def _assign_roles(self):
        for column in self.columns:
            if column.title in self.options.ignore:
                if column.role in _DECISIVE:
                    message = _("This column changes its values; it cannot be ignored.")
                    self._say(self.reading.errors, column, message, "unknown")
                column.role = "ignored"
            elif not column.role:
                continue
            elif column.role in _NAMING and column.unit:
                self.around.give_unit(
                    column.title, self.around.header, column.title, column.unit
                )
            if column.role in ("", "ignored"):
                continue
            if self.roles.setdefault(column.role, column) is not column:
                if column.role in TWICE:
                    self.seconds.append(column)
                elif column.role not in ("label", "dataflow", "freq"):
                    self._unknown(column)

    def _find_partners(self):
        """Read trading partners as the breakdown, not as the region."""
        by_title = self.around.by_partner is not None
        column = next(
            (
                c for c in self.columns
                if (c.role == "region" and by_title)
                or (not c.role and names_partners(c.plain))
            ),
            None,
        )  # fmt: skip
        if column is None or "breakdown" in self.roles:
            return
        if column.role == "region":
            del self.roles["region"]
        is_told = "region" in self.roles or self.around.region
        if not is_told and "region" not in self.options.chosen:
            self._unknown(column)
            self.reading.words[column.title] = what_to_do()
            return
        column.role, column.series = "breakdown", ""
        self.roles["breakdown"], self.has_partners = column, True
        message = _(
            "The places in this column are trading partners: they are read as the "
            "breakdown, and the region is that of the whole file."
        )
        self._say(self.reading.warnings, column, message, "partner")

    def note_usual(self, dimensions) -> None:
        """Report once each code of a dimension that does not change the value."""
        for title, code in dimensions:
            if (title, code) not in self.usual:
                self.usual.add((title, code))
                message = _("%s: ordinary values; the column says nothing else") % code
                problem = Problem(
                    self.around.header, title, "", message, self.sheet, "dimension"
                )
                self.reading.warnings.append(problem)

    def _unknown(self, column):
        if not column.title:
            # Its cells, if any, are reported by the number of the column.
            return
        column.role = "unknown"
        if column.title not in self.reading.unknown_columns:
            self.reading.unknown_columns.append(column.title)

    def _name_first(self, body):
        """Text in the first column is the series or else the breakdown; not in
        others."""
        is_dated = any(column.period or column.part for column in self.columns)
        role = "breakdown"
        if is_dated and "indicator" not in self.roles:
            role = "indicator"
        if "region" not in self.roles and self._has_regions(body):
            role = "region"
        is_first = "value" not in self.roles and role not in self.roles
        for column in self.columns:
            is_open = not (column.role or column.period or column.part)
            # Words in a column of values are faults of their cells.
            if self.options.is_series and self.options.is_series(column.series):
                is_open = False
            if is_open and _is_text(column, body):
                if not is_first:
                    self._unknown(column)
                    continue
                column.role, self.roles[role] = role, column
                if role == "breakdown":
                    message = _("This column is read as the breakdown.")
                    self._say(self.reading.warnings, column, message, "breakdown")
            is_first = is_first and not column.title

    def _has_regions(self, body):
        """Whether the first column without a role contains places."""
        finds = self.options.finds
        column = next((c for c in self.columns if not c.role and c.place == 0), None)
        if finds is None or column is None or column.period:
            return False
        texts = [
            cell.plain for cell in _cells(column, body)
            if not re.fullmatch("合计|总计", cell.plain)
        ]  # fmt: skip
        if not texts or not all(finds("region", text) for text in texts):
            return False
        if column.title:
            # 国别, 目的地: the trading partner, not the place that is measured.
            self._unknown(column)
            return False
        message = _("This column has no heading; its places are read as the regions.")
        self._say(self.reading.warnings, column, message, "region_column")
        return True

    def _find_regions(self):
        """Treat columns as places if every undecided one names a place."""
        finds = self.options.finds
        if finds is None or {"region", "value"} & self.roles.keys():
            return
        named = [c for c in self.columns if not c.role and c.series]
        if named and all(finds("region", column.series) for column in named):
            for column in named:
                column.region, column.series = column.series, ""

    def _check_units(self):
        """Refuse units of lines and headings that contradict each other or the chosen
        unit.

        A line applies to the whole table, a heading to its column: percentages beside
        amounts of money are two columns.
        """
        around, chosen = self.around, self.options.unit
        message = _("Two units are named for these values: %(one)s and %(other)s.")
        line, text = around.unit_line
        if around.unit and chosen and scale_of(around.unit) != scale_of(chosen):
            words = {"one": text, "other": _("the one chosen for the whole file")}
            self._fault(line, "unit", text, message % words)
        for column in self.values:
            for unit, name in (
                (around.unit, text),
                (chosen, _("the one chosen for the whole file")),
            ):
                if are_at_odds(column.unit, unit):
                    words = {"one": column.title, "other": name}
                    self._fault(around.header, column.title, "", message % words)
                    break

    def _check_chosen(self):
        """Do not let a line or heading overrule what was chosen for the whole file."""
        around, chosen = self.around, self.options.chosen
        for role, name in chosen.items():
            given = getattr(around, role)
            if not given or role in self.roles:
                continue
            if self.options.are_same(role, given, name):
                setattr(around, role, "")
                around.lines.pop(role, None)
            elif role not in around.labelled and not self._finds(role, given):
                # Words of a caption that are not a place do not count.
                setattr(around, role, "")
                around.lines.pop(role, None)
            else:
                line, text = around.lines[role]
                self._say_chosen(line, role, text, given)
        named = [c for c in self.values if c.series and "indicator" not in self.roles]
        for column in named:
            other = chosen.get("indicator") or around.indicator
            if other and not self.options.are_same("indicator", column.series, other):
                self._say_chosen(around.header, column.title, "", column.series)

    def _finds(self, role, name):
        return self.options.finds is None or self.options.finds(role, name) is not None

    def _say_chosen(self, line, column, text, given):
        message = _(
            "The file says “%s” here, but something else was chosen or is written "
            "above."
        )
        self._fault(line, column, text, message % given, "chosen")

    def _fault(self, line, column, text, message, kind="unit"):
        self.reading.errors.append(
            Problem(line, column, text, message, self.sheet, kind)
        )

    def _long(self):
        for column in self.columns:
            if not column.role:
                self._unknown(column)
        return [self.roles["value"]]

    def _wide(self):
        """The columns without a role, with a period of their own if others have one."""
        open_ones = [c for c in self.columns if not c.role and c.title]
        is_dated = any(column.period or column.part for column in open_ones)
        return [column for column in open_ones if self._is_value(column, is_dated)]

    def _is_value(self, column, is_dated):
        if column.part and "period" not in self.roles:
            year = self.around.period[:4]
            column.period = part_of_year(column.part, year) if year else ""
            self.takes_year = True
            if not column.period:
                message = _("For which year? Write it in the heading.")
                self._say(self.reading.errors, column, message, "period")
                return False
        is_series = self.options.is_series or (lambda name: True)
        if (
            (is_dated and not (column.period or column.part))
            or (column.series and "indicator" in self.roles)
            or (column.series and not is_series(column.series))
        ):
            self._unknown(column)
            return False
        return True

    def uses(self, role) -> bool:
        """Whether values take their region or period from the lines around."""
        if role in self.roles:
            return role == "period" and self.takes_year
        if role == "period":
            return self.takes_year or any(not c.period for c in self.values)
        if role == "indicator":
            return any(not column.series for column in self.values)
        return any(not column.region for column in self.values)

    def note_year(self, cells: list[Cell]) -> None:
        """Note that the months of a row belong to the year above it; see
        `refuse_doubts`."""
        texts = [cell.text for cell in cells if cell.plain]
        if self.around.period and texts and not any(map(period_of, texts)):
            self.takes_year = True
            self.refuse_doubts()

    def refuse_doubts(self) -> None:
        """If two lines above disagree, neither counts; RowError if one of them is
        needed."""
        for role, (line, text) in self.around.doubts.items():
            if self.uses(role):
                message = _("Line %s contradicts another line above.")
                raise RowError("", text, message % line, role)

    def _say(self, problems, column, message, kind):
        problems.append(
            Problem(self.around.header, column.title, "", message, self.sheet, kind)
        )


def _is_text(column, body):
    cells = [row[column.place][1] for _n, row in body if column.place < len(row)]
    written = [cell for cell in cells if cell.plain]
    return bool(written) and not any(is_number(cell) for cell in written)


def _cells(column, body):
    """The cells of a column in the rows that have more than one cell filled."""
    for _number, row in body:
        written = [position for position, (_at, cell) in enumerate(row) if cell.plain]
        if len(written) > 1 and column.place in written:
            yield row[column.place][1]
