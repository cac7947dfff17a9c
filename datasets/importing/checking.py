"""Turns records of a file into rows: looks names up and checks the rules about data."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasets.imports.mappings import name_key
from datasets.models import Observation
from datasets.spreadsheets.problems import Problem
from datasets.statuses import WITHOUT_VALUE
from datasets.units import CURRENCIES, MEASURES, Unit

from .breakdowns import Breakdowns
from .names import Names, UnknownNameError
from .reading_result import Reading, Record
from .rows import Row

STATUSES = {code: code for code in Observation.Status.values}
STATUSES |= {"正常": "A", "估计": "E", "估计值": "E", "预测": "F", "预测值": "F"}
STATUSES |= {"初步": "P", "初步数": "P", "暂定": "P", "缺失": "O", "推算": "I"}
QUALIFIERS = {"约": "about", "至少": "at_least", "不足": "just_under"}
QUALIFIERS |= {value: value for value in Observation.Qualifier.values}
HIDDEN = ("0", "no", "false", "否")


# The name of a column that has no heading in the file.
LABELS = {
    "indicator": gettext_lazy("indicator"),
    "region": gettext_lazy("region"),
    "source": gettext_lazy("source"),
    "unit": gettext_lazy("unit"),
    "period": gettext_lazy("period"),
    "status": gettext_lazy("status"),
    "qualifier": gettext_lazy("qualifier"),
    "value": gettext_lazy("value"),
    "code": gettext_lazy("code"),
}


class _LeftOut(str):
    """Stands in for a name that was left out on request."""


LEFT_OUT = _LeftOut()


class Checker:
    """Turns records into rows; faults go to `report` as Problems."""

    def __init__(self, options, report, add_unknown=lambda role, name, count=1: None):
        self.options, self.report, self.add_unknown = options, report, add_unknown
        self.names, self.known = Names(), {}
        self.breakdowns = Breakdowns(options.mapping.get("breakdown", {}), add_unknown)
        self.titles: dict[str, str] = {}
        # (role, name) → the first line, and how many rows were left out because
        # of it.
        self.left_out: dict[tuple[str, str], list] = {}
        # What was chosen for the whole file while rows name something else.
        self.not_chosen: dict[str, Problem] = {}

    def row(self, record: Record) -> Row | None:
        """The row of a record; None when it has a fault, which is reported.

        Of a record that was refused already, the other cells are checked.
        """
        options = self.options
        values, faults = {}, []
        for role, text in (
            ("indicator", record.series),
            ("region", record.region),
            ("source", record.more.get("source", "")),
        ):
            if role in record.refused:
                continue
            own = text
            text = text or ("" if role in record.blank else getattr(options, role))
            thing = self.look_up(role, text)
            self._compare_chosen(record, role, own, thing)
            if thing is LEFT_OUT:
                return self._leave_out(record, role, text)
            if isinstance(thing, str):
                faults.append((role, text, thing))
                if text:
                    self.add_unknown(role, name_key(text))
            else:
                values[role] = thing
            if not text and role in record.blank:
                faults[-1] = (role, text, _("This cell is empty; write the name here."))
        if not self.breakdowns.is_wanted(record.breakdown):
            return self._leave_out(record, "breakdown", record.breakdown)
        faults += self._check_also(record, values)
        faults += self._check_value(record, values.get("indicator"))
        for column, value, message in faults:
            title = self.titles.get(column) or str(LABELS.get(column, column))
            self.report(
                Problem(record.source_row, title, value, message, record.sheet, column)
            )
        if faults or record.refused:
            return None
        return self._row(record, values)

    def rows(self, reading: Reading) -> Iterator[Row]:
        """The rows of what was read; refused records are checked too."""
        for record in (*reading.records, *reading.refused):
            if (row := self.row(record)) is not None:
                yield row

    def new_titles(self) -> dict[str, str]:
        """Where the headings of the next table are recorded, by role."""
        self.titles = {}
        return self.titles

    def _check_also(self, record, values):
        """Check that a second column for region or indicator names the same one."""
        for role, text in record.also:
            if role in record.refused:
                continue
            thing = self.look_up(role, text)
            if isinstance(thing, str):
                yield role, text, thing
            elif role in values and thing != values[role]:
                yield role, text, _("Two columns of this row name different things.")

    def look_up(self, role, text):
        """The indicator, region or source of a name, else the fault as text."""
        key = role, text
        if key not in self.known:
            try:
                self.known[key] = self._find(role, text)
            except UnknownNameError as error:
                self.known[key] = str(error)
        return self.known[key]

    def _find(self, role, text):
        if not text:
            raise UnknownNameError(
                _("Missing; add the column or give it for the whole file.")
            )
        mapped = self.options.mapping.get(role, {}).get(name_key(text))
        if mapped == "":
            return LEFT_OUT
        return getattr(self.names, role)(mapped or text)

    def _compare_chosen(self, record, role, own, thing):
        """Note the first row that names something other than what was chosen."""
        chosen = getattr(self.options, role)
        if not own or not chosen or role in self.not_chosen or isinstance(thing, str):
            return
        if thing != self.look_up(role, chosen):
            message = _(
                "“%s” was chosen for the whole file; each row keeps what "
                "it says itself."
            )
            self.not_chosen[role] = Problem(
                record.source_row,
                self.titles.get(role) or str(LABELS[role]),
                own,
                message % chosen,
                record.sheet,
                "source" if role == "source" else "chosen",
            )

    def choice_doubts(self) -> Iterator[Problem]:
        """A doubt for each choice that rows contradict."""
        yield from self.not_chosen.values()

    def _leave_out(self, record, role, text):
        if record.refused:
            return
        first_and_count = self.left_out.setdefault((role, text), [record.source_row, 0])
        first_and_count[1] += 1

    def name_warnings(self) -> Iterator[Problem]:
        """A warning for each name that was left out on request, or mapped to
        another."""
        yield from self.breakdowns.renamed_warnings()
        for (role, text), (line, count) in self.left_out.items():
            message = ngettext(
                "%s row left out, as you chose for this name.",
                "%s rows left out, as you chose for this name.",
                count,
            )
            yield Problem(line, role, text, message % count, kind="left_out")

    def _check_value(self, record, indicator):
        """(column, value, message) of each violated rule about data."""
        refused = record.refused
        if not record.unit and record.value is None and indicator is not None:
            record.unit = indicator.unit
        if not record.unit:
            if not refused:
                message = _("No unit; add the column or give it for the whole file.")
                yield "unit", "", message
        elif indicator and not same_dimension(record.unit, indicator.unit):
            yield "unit", record.unit, _("This unit does not fit the indicator.")
        elif currency := _other_currency(record):
            message = _("The value is shown in %(shown)s, but its unit is %(unit)s.")
            words = {"shown": currency, "unit": Unit(record.unit).label}
            yield "value", record.raw, message % words
        is_dated = record.period or record.more.get("code") or "period" in refused
        if not is_dated:
            message = _("Missing; add the column or give it for the whole file.")
            yield "period", "", message
        yield from self._check_words(record)
        if code := record.more.get("code", ""):
            yield from _check_code(code)

    def _check_words(self, record):
        status = record.more.get("status", "")
        if status and "status" not in record.refused:
            code = STATUSES.get(status.upper()) or STATUSES.get(status)
            if code is None:
                yield (
                    "status",
                    status,
                    _("Unknown status; use a code such as A, P or O."),
                )
            elif record.refused & {"value", "unit"}:
                pass  # Whether it has a value is not known.
            elif (code in WITHOUT_VALUE) != (record.value is None):
                yield (
                    "status",
                    status,
                    _("Give a value or mark it as missing, not both."),
                )
            else:
                record.status = code
        qualifier = record.more.get("qualifier", "")
        if qualifier and qualifier not in QUALIFIERS:
            yield "qualifier", qualifier, _("Use about, at_least or just_under.")
        elif qualifier:
            record.qualifier = QUALIFIERS[qualifier]

    def _row(self, record, values):
        more = record.more
        note_zh_hans, note_en = by_language(record.note)
        return Row(
            line=record.source_row,
            place=record.source_col,
            sheet=record.sheet,
            raw=record.raw,
            indicator=values["indicator"].pk,
            region=values["region"].pk,
            period=record.period,
            breakdown=self.breakdowns.read(record.breakdown, values["indicator"].pk),
            source=values["source"].pk,
            vintage=more.get("vintage", ""),
            value=None if record.value is None else f"{record.value:f}",
            unit=str(record.unit),
            decimals=record.decimals,
            status=record.status,
            qualifier=record.qualifier,
            code=more.get("code", ""),
            note_zh_hans=note_zh_hans,
            note_en=more.get("note_en") or note_en,
            paper_location=more.get("paper_location", ""),
            provenance=more.get("provenance", ""),
            is_published=not self.options.drafts
            and more.get("is_published", "").lower() not in HIDDEN,
            says_status=bool(more.get("status")),
            says_qualifier=bool(more.get("qualifier")),
            says_published=bool(more.get("is_published")),
        )


def _check_code(code):
    """The model's own rule and message."""
    try:
        Observation._meta.get_field("code").clean(code, None)
    except ValidationError as error:
        yield "code", code, " ".join(error.messages)


def by_language(note: str) -> tuple[str, str]:
    """A note as Chinese or as English, by its script."""
    is_chinese = not note.isascii() and any(
        "\u4e00" <= char <= "\u9fff" for char in note
    )
    return (note, "") if is_chinese else ("", note)


def _other_currency(record):
    """The currency of a sign or title that contradicts the unit; "" if none does.

    ¥ is the sign of both yuan and yen. A title's currency does not concern percentages.
    """
    dimension = MEASURES[record.unit].dimension
    if record.currency == "¥" and dimension in ("CNY", "JPY"):
        return ""
    if record.currency and record.currency != dimension:
        return record.currency
    is_money = dimension in CURRENCIES
    return record.money if is_money and record.money not in ("", dimension) else ""


def same_dimension(unit: str, other: str) -> bool:
    """Whether two units measure the same thing."""
    return MEASURES[unit].dimension == MEASURES[other].dimension
