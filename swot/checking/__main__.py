"""Checks the numbers of a text against a table of values.

    python -m swot.checking text.md --data observations.csv

Prints each number with its verdict. Ends with 1 when a number contradicts its value,
with 2 when text or table cannot be used, else with 0; `--strict` also ends with 1 when
a bound number cannot be decided. Needs no settings and no database.
"""

import argparse
import csv
import sys
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from datasets.units import MEASURES
from swot.prose import Binding, Prose, read

from .labels import Mark, Value, judge_value, language_of, quantity_at
from .quantities import Quantity, Reading, Unread, scan
from .verdicts import Verdict
from .words import reason, verdict_word

# The columns of the table, by the names that files of this site and others give them.
COLUMNS = {
    "code": ("code", "id"),
    "value": ("value", "obs_value"),
    "unit": ("unit", "unit_measure"),
    "qualifier": ("qualifier",),
}
_NEEDED = ("code", "value", "unit")
_NOT_BOUND = ("未绑定", "bound to nothing")
_CLAIM = ("绑定论断，此处不查", "bound to a claim, not checked here")
_UNKNOWN = ("表中没有这个代码", "the table has no such code")


class TableError(Exception):
    """Why a table of values cannot be used."""


def read_table(path: str) -> dict[str, Value]:
    """The values of a CSV file by their code; TableError names what is wrong."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        names = _names(rows.fieldnames or ())
        return dict(_row(row, names, rows.line_num) for row in rows)


def _names(header: Sequence[str]) -> dict[str, str]:
    names = {}
    for column, known in COLUMNS.items():
        found = [name for name in header if name.strip().lower() in known]
        if not found and column in _NEEDED:
            raise TableError(f"The table has no column {column!r}.")
        names[column] = found[0] if found else ""
    return names


def _row(row: dict[str, str], names: dict[str, str], line: int) -> tuple[str, Value]:
    code, unit = row[names["code"]] or "", row[names["unit"]] or ""
    text = (row[names["value"]] or "").strip()
    if unit not in MEASURES:
        raise TableError(f"Line {line}: nobody knows the unit {unit!r}.")
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        raise TableError(f"Line {line}: {text!r} is no number.") from None
    if value is not None and not value.is_finite():
        raise TableError(f"Line {line}: {text!r} is no number.")
    decimals = len(text.partition(".")[2])
    qualifier = row[names["qualifier"]] if names["qualifier"] else ""
    return code, Value(value, unit, decimals, qualifier or "")


def check(text: str, table: dict[str, Value], language: str) -> list[tuple[str, Mark]]:
    """A line to print for each number of a text, and its mark."""
    prose = read(text)
    reading = scan(prose.plain, language)
    is_chinese = language.startswith("zh")
    lines = [_bound(b, prose, reading, table, is_chinese) for b in prose.bindings]
    numbers: list[Quantity | Unread] = [*reading.quantities, *reading.unread]
    for item in numbers:
        if not any(b.start < item.end and item.start < b.end for b in prose.bindings):
            words = _NOT_BOUND[0 if is_chinese else 1]
            line = f"{item.text}\t-\t{words}"
            lines.append((item.start, line, Mark(None, "not_bound")))
    return [(line, mark) for _, line, mark in sorted(lines, key=lambda one: one[0])]


def _bound(
    binding: Binding,
    prose: Prose,
    reading: Reading,
    table: dict[str, Value],
    is_chinese: bool,
) -> tuple[int, str, Mark]:
    label = prose.plain[binding.start : binding.end]
    target = table.get(binding.code)
    if binding.kind == "claim":
        mark, words = (
            Mark(Verdict.NOT_TESTABLE, "verdict"),
            _CLAIM[0 if is_chinese else 1],
        )
    elif target is None:
        mark, words = Mark(None, "unknown"), _UNKNOWN[0 if is_chinese else 1]
    else:
        span = (binding.start, binding.end)
        mark = judge_value(quantity_at(reading.quantities, prose.plain, *span), target)
        words = _words(mark, is_chinese)
    return binding.start, f"{label}\t{binding.kind}:{binding.code}\t{words}", mark


def _words(mark: Mark, is_chinese: bool) -> str:
    if mark.verdict is None:
        return reason(mark.cause, is_chinese)
    return verdict_word(mark.verdict.value, is_chinese)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one text; gives the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m swot.checking", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("text", help="a Markdown file: [13亿元](obs:code)")
    parser.add_argument("--data", required=True, help="a CSV file: code, value, unit")
    parser.add_argument("--language", choices=("zh-hans", "en"), help="of the text")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="end with 1 when a bound number cannot be decided, too",
    )
    options = parser.parse_args(arguments)
    try:
        text = Path(options.text).read_text("utf-8-sig")
        table = read_table(options.data)
    except (OSError, UnicodeDecodeError, csv.Error, TableError) as error:
        print(error, file=sys.stderr)
        return 2
    found = check(text, table, options.language or language_of(read(text).plain))
    for line, _ in found:
        print(line)
    marks = [mark for _, mark in found if mark.cause != "not_bound"]
    if any(mark.verdict == Verdict.CONTRADICTED for mark in marks):
        return 1
    return int(options.strict and any(mark.verdict is None for mark in marks))


if __name__ == "__main__":
    sys.exit(main())
