"""What a file would do to the database: new, changed, unchanged, wrong."""

import hashlib
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from datasets.models import Observation
from datasets.units import MEASURES

from .cells import find_unit
from .layout import Reading, Record, fold_note, read_sheet
from .names import Names, Unknown
from .problems import Problem
from .reading import read_document

STATUSES = {code: code for code in Observation.Status.values}
STATUSES |= {"正常": "A", "估计": "E", "估计值": "E", "预测": "F", "预测值": "F"}
STATUSES |= {"初步": "P", "初步数": "P", "暂定": "P", "缺失": "O", "推算": "I"}
QUALIFIERS = {"约": "about", "至少": "at_least", "不足": "just_under"}
QUALIFIERS |= {value: value for value in Observation.Qualifier.values}


@dataclass(frozen=True)
class Options:
    """What an editor says for the whole file: names of what no column gives."""

    indicator: str = ""
    region: str = ""
    source: str = ""
    unit: str = ""
    sheet: str = ""
    encoding: str = ""
    ignore: frozenset = frozenset()


@dataclass
class Change:
    """A row of the file that would write: `before` is None when it is new."""

    line: int
    column: int
    fields: dict
    before: Observation | None = None
    raw: str = ""

    @property
    def after(self) -> Observation:
        """The observation as it would be, not saved."""
        if self.before is None:
            return Observation(**self.fields)
        copy = Observation(
            **{f.attname: getattr(self.before, f.attname) for f in _stored_fields()}
        )
        for name, value in self.fields.items():
            setattr(copy, name, value)
        return copy

    @property
    def difference(self) -> Decimal | None:
        """New minus old value in the new unit; None without two numbers."""
        new = self.fields.get("value")
        if self.before is None or self.before.value is None or new is None:
            return None
        old = self.before.value.scaleb(
            MEASURES[self.before.unit].exponent
            - MEASURES[self.fields.get("unit", self.before.unit)].exponent
        )
        return new - old

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of the old value, to one decimal."""
        difference, new = self.difference, self.fields.get("value")
        if difference is None or new == difference:
            return None
        return (difference / (new - difference) * 100).quantize(Decimal("0.1"))


@dataclass
class Plan:
    """The whole answer to "what would this file do": nothing is written yet."""

    file_name: str
    sha256: str
    layout: dict = field(default_factory=dict)
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    absent: int = 0
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    suspicious: list[Problem] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    indicators: frozenset = frozenset()
    token: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.errors


def make_plan(
    content: bytes, *, file_name: str = "", options: Options | None = None
) -> Plan:
    """Read a file and compare it with the database.

    Raises Refused when the file cannot be read at all; every other fault is listed in
    `errors`, and a plan with errors cannot be applied.
    """
    options = options or Options()
    document = read_document(content, encoding=options.encoding)
    plan = Plan(file_name, hashlib.sha256(content).hexdigest(), document.layout)
    names = Names()
    checked = []
    plan.sheets = [sheet.name for sheet in document.sheets if not sheet.is_hidden]
    for sheet in document.sheets:
        if options.sheet and sheet.name != options.sheet:
            continue
        if sheet.is_hidden and not options.sheet:
            plan.warnings.append(
                Problem(0, "", "", _("Hidden sheet left out."), sheet.name, "hidden")
            )
            continue
        reading = read_sheet(sheet)
        _take_over(plan, reading, options)
        checked += _check(plan, reading.records, names, options)
    if not checked and not plan.errors:
        plan.errors.append(
            Problem(0, "", "", _("No table with values was found."), kind="empty")
        )
    _compare(plan, _without_duplicates(plan, checked))
    plan.token = make_token(plan)
    return plan


def make_token(plan: Plan) -> str:
    """Changes whenever the file or the state of the series that it touches does."""
    state = series_state(plan.indicators)
    return hashlib.sha256(f"{plan.sha256} {state}".encode()).hexdigest()


def series_state(indicators) -> list:
    """Count and newest version of each touched series, in one query."""
    return list(
        Observation.objects.filter(indicator__in=indicators)
        .values_list("indicator")
        .annotate(Count("pk"), Max("pk"), Max("valid_from"))
        .order_by("indicator")
    )


def _take_over(plan, reading: Reading, options):
    plan.errors += reading.errors
    plan.warnings += reading.warnings
    for title in reading.unknown_columns:
        if title in options.ignore:
            continue
        plan.unknown_columns.append(title)
        plan.errors.append(
            Problem(
                1,
                title,
                "",
                _("Unknown column; correct its heading or have it ignored."),
                kind="unknown",
            )
        )


def _check(plan, records, names, options):
    """(record, fields) of the rows that are in order; the others become errors."""
    known = {}
    for record in records:
        found, faults = {}, []
        for role, text in (
            ("indicator", record.series or options.indicator),
            ("region", record.region or options.region),
            ("source", record.more.get("source") or options.source),
        ):
            try:
                if (role, text) not in known:
                    known[role, text] = _look_up(names, role, text)
                found[role] = known[role, text]
            except Unknown as error:
                faults.append((role, text, str(error)))
        faults += _check_value(record, found.get("indicator"), options)
        for column, value, message in faults:
            plan.errors.append(
                Problem(record.source_row, column, value, message, record.sheet, column)
            )
        if not faults:
            yield record, _fields(record, found)


def _look_up(names, role, text):
    if not text:
        raise Unknown(_("Missing; add the column or give it for the whole file."))
    return getattr(names, role)(text)


def _check_value(record: Record, indicator, options):
    """(column, value, message) for what the rules about data do not allow."""
    if not record.unit and options.unit:
        unit = find_unit(options.unit)
        record.unit = unit[0] if unit else ""
    if not record.unit and record.value is None and indicator is not None:
        record.unit = indicator.unit
    if not record.unit:
        yield "unit", "", _("No unit; add the column or give it for the whole file.")
    elif indicator and (
        MEASURES[record.unit].dimension != MEASURES[indicator.unit].dimension
    ):
        yield "unit", record.unit, _("This unit does not fit the indicator.")
    if not record.period and not record.more.get("code"):
        yield "period", "", _("Missing; add the column or give it for the whole file.")
    status = record.more.get("status", "")
    if status:
        code = STATUSES.get(status.upper()) or STATUSES.get(status)
        if code is None:
            yield "status", status, _("Unknown status; use a code such as A, P or O.")
        elif (code in Observation.WITHOUT_VALUE) != (record.value is None):
            yield "status", status, _("Give a value or mark it as missing, not both.")
        else:
            record.status = code
    qualifier = record.more.get("qualifier", "")
    if qualifier and qualifier not in QUALIFIERS:
        yield "qualifier", qualifier, _("Use about, at_least or just_under.")
    elif qualifier:
        record.qualifier = QUALIFIERS[qualifier]


def _fields(record: Record, found):
    """The fields of the observation that a row gives."""
    fields = found | {
        "period": record.period,
        "breakdown": record.breakdown,
        "vintage": record.more.get("vintage", ""),
        "value": record.value,
        "unit": record.unit,
        "decimals": record.decimals,
        "status": record.status,
        "qualifier": record.qualifier,
    }
    for name in ("code", "paper_location", "provenance"):
        if record.more.get(name):
            fields[name] = record.more[name]
    if record.note:
        is_chinese = any("\u4e00" <= char <= "\u9fff" for char in record.note)
        fields["note_zh_hans" if is_chinese else "note_en"] = record.note
    if record.more.get("note_en"):
        fields["note_en"] = record.more["note_en"]
    flag = record.more.get("is_published", "").lower()
    fields["is_published"] = flag not in ("0", "no", "false", "否")
    return fields


def key_of(fields) -> tuple:
    """What makes an observation one and the same."""
    return (
        fields["indicator"].pk,
        fields["region"].pk,
        fields["period"],
        fields["breakdown"],
        fields["source"].pk,
        fields["vintage"],
    )


def _without_duplicates(plan, checked):
    """One row for each key; equal repeats are named, different ones refused."""
    groups = {}
    for record, fields in checked:
        groups.setdefault(key_of(fields), []).append((record, fields))
    for rows in groups.values():
        first, fields = rows[0]
        values = {
            (other["value"], other["unit"], other["status"]) for _row, other in rows
        }
        if len(values) == 1:
            for record, _fields_of in rows[1:]:
                message = _("duplicate of row %s, same value") % first.source_row
                plan.warnings.append(_problem(record, message, "duplicate"))
            yield first, fields
            continue
        for record, _fields_of in rows:
            others = [r.source_row for r, _f in rows if r is not record]
            message = _("conflict with row %s") % ", ".join(map(str, others))
            plan.errors.append(_problem(record, message, "conflict"))


def _problem(record, message, kind):
    return Problem(record.source_row, "value", record.raw, message, record.sheet, kind)


def _stored_fields():
    return [f for f in Observation._meta.concrete_fields if f.name != "note"]


def _compare(plan, rows):
    rows = list(rows)
    plan.indicators = frozenset(fields["indicator"].pk for _record, fields in rows)
    stored = {}
    for observation in Observation.objects.filter(
        indicator__in=plan.indicators
    ).iterator(chunk_size=5000):
        stored[
            observation.indicator_id,
            observation.region_id,
            observation.period,
            observation.breakdown,
            observation.source_id,
            observation.vintage,
        ] = observation
    count = len(stored)
    seen = 0
    for record, fields in rows:
        before = stored.get(key_of(fields))
        seen += before is not None
        _compare_row(plan, record, fields, before)
    plan.absent = count - seen


def _compare_row(plan, record, fields, before):
    change = Change(record.source_row, record.source_col, fields, before, record.raw)
    if before is None:
        plan.new.append(change)
        return
    differing = differences(record, fields, before)
    if "value" in differing and record.value is None:
        # An empty cell never erases a stored value; only a status of its own does.
        if not record.more.get("status"):
            message = _("The stored value is kept: the cell is empty.")
            plan.warnings.append(_problem(record, message, "kept"))
            differing = {}
    if not differing:
        plan.unchanged += 1
        return
    change.fields = differing
    plan.changed.append(change)
    _suspect(plan, record, change)


def differences(record: Record, fields: dict, before: Observation) -> dict:
    """The fields that would change; what the file does not say stays as it is."""
    same_value = _in_unit(fields["value"], fields["unit"], before.unit) == before.value
    found = {}
    if not same_value:
        for name in ("value", "unit", "decimals", "status", "qualifier"):
            if fields[name] != getattr(before, name):
                found[name] = fields[name]
    elif record.more.get("status") and fields["status"] != before.status:
        found["status"] = fields["status"]
    if (
        same_value
        and record.more.get("qualifier", before.qualifier) != before.qualifier
    ):
        found["qualifier"] = fields["qualifier"]
    for name in ("note_zh_hans", "note_en", "code"):
        # A note that an editor wrote on several lines comes back on one.
        stored = fold_note(getattr(before, name) or "")
        if fields.get(name) and fields[name] != stored:
            found[name] = fields[name]
    return found


def _in_unit(value, unit, target):
    if value is None:
        return None
    return value.scaleb(MEASURES[unit].exponent - MEASURES[target].exponent)


def _suspect(plan, record, change):
    """Values a power of ten off the stored one are for an editor to confirm."""
    before, new = change.before.value, change.fields.get("value")
    if not before or not new:
        return
    old = _in_unit(before, change.before.unit, change.fields.get("unit", record.unit))
    ratio = abs(new / old)
    if ratio >= 5 or ratio <= Decimal("0.2"):
        message = _("The stored value is %s: a slip of the decimal point?") % (
            change.before.plain_value
        )
        plan.suspicious.append(_problem(record, message, "suspicious"))
