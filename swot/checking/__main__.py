"""Checks the numbers of a text against a table of values.

    python -m swot.checking text.md --data observations.csv

Prints each number with its verdict. Ends with 1 when a number contradicts its value,
with 2 when text or table cannot be used, else with 0; `--strict` also ends with 1 when
a bound number cannot be decided. Needs no settings and no database.
"""

import argparse
import io
import os
import sys
import textwrap
from collections.abc import Iterable, Sequence

from datasets.units import MEASURES
from swot.prose import Binding, Prose, read

from .labels import Mark, judge_value, language_of, quantity_at
from .quantities import Quantity, Reading, Unread, scan
from .value_table import QUALIFIERS, TableError, read_table, read_text
from .values import Value
from .verdicts import Verdict
from .words import reason, verdict_word

_NOT_BOUND = ("未绑定", "bound to nothing")
_CLAIM = ("绑定论断，此处不查", "bound to a claim, not checked here")
_UNKNOWN = ("表中没有这个代码", "the table has no such code")


_EPILOG = f"""\
exit status:
  0  no bound number contradicts its value
  1  one does; with --strict also: one cannot be decided
  2  text or table cannot be used

units in the table: {textwrap.fill(", ".join(MEASURES), 72, subsequent_indent="  ")}
qualifiers: {", ".join(QUALIFIERS)}
"""


def check(text: str, table: dict[str, Value], language: str) -> list[tuple[str, Mark]]:
    """A line to print for each number of a text, with its mark."""
    prose = read(text)
    reading = scan(prose.plain, language)
    is_chinese = language.startswith("zh")
    lines = [_bound(b, prose, reading, table, is_chinese) for b in prose.bindings]
    numbers: list[Quantity | Unread] = [*reading.quantities, *reading.unread]
    for number in numbers:
        if not any(
            b.start < number.end and number.start < b.end for b in prose.bindings
        ):
            words = _NOT_BOUND[0 if is_chinese else 1]
            line = f"{number.text}\t-\t{words}"
            lines.append((number.start, line, Mark(None, "not_bound")))
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


def _print(lines: Iterable[str]) -> None:
    """Print lines until the reader closes the pipe, as with `| head`."""
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered must go somewhere when the program ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one text; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m swot.checking",
        description=(__doc__ or "").partition("\n")[0],
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("text", help="a Markdown file in UTF-8: [13亿元](obs:code)")
    parser.add_argument(
        "--data", required=True, help="a CSV file in UTF-8 with code, value and unit"
    )
    parser.add_argument("--language", choices=("zh-hans", "en"), help="of the text")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="end with 1 when a bound number cannot be decided, too",
    )
    options = parser.parse_args(arguments)
    path = options.text
    try:
        text = read_text(path)
        path = options.data
        table = read_table(path)
    except OSError as error:
        print(f"{path}: {error.strerror}.", file=sys.stderr)
        return 2
    except TableError as error:
        print(f"{path}: {error}", file=sys.stderr)
        return 2
    report = check(text, table, options.language or language_of(read(text).plain))
    _print(line for line, _ in report)
    marks = [mark for _, mark in report if mark.cause != "not_bound"]
    if any(mark.verdict == Verdict.CONTRADICTED for mark in marks):
        return 1
    return int(options.strict and any(mark.verdict is None for mark in marks))


if __name__ == "__main__":
    # Print Chinese whatever the encoding of the terminal.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
