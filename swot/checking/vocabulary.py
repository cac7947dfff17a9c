"""The closed vocabulary as editors see it: every operation with its words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from datasets.units import Unit

from .expressions import FIELDS, FUNCTIONS, MAX_DEPTH, TESTS


def vocabulary() -> dict:
    """Operations in groups, with their fields and the names of their arguments, in the
    active language; the editor's script draws them."""
    return {
        "groups": [
            {"label": label, "operations": operations}
            for label, operations in _groups()
        ],
        "units": [["", _("no unit")]] + [[u.value, str(u.label)] for u in Unit],
        "orders": [["desc", _("highest first")], ["asc", _("lowest first")]],
        "tests": [["", _("all values")], *_tests()],
        "limits": {op: list(limits) for op, limits in FUNCTIONS.items()},
        "depth": MAX_DEPTH,
        "words": _words(),
        "fields": {name: str(label) for name, label in FIELDS.items()},
    }


def _groups() -> Iterator[tuple[str, list[dict]]]:
    yield (
        _("Read data"),
        [
            _read("code", _("an observation by its code"), "code"),
            _read("value", _("a value of a series"), *_SERIES, "period", **_NARROW),
            _read("latest", _("the newest value of a series"), *_SERIES, **_NARROW),
            _read(
                "range",
                _("a series over some periods"),
                *_SERIES,
                "from",
                "to",
                **_NARROW,
            ),
            _read(
                "across",
                _("one period in several regions"),
                "indicator",
                "regions",
                "period",
                details=("within", *_NARROW["details"]),
            ),
            _read("const", _("a fixed number"), "value", "unit"),
        ],
    )
    yield (
        _("Compare two"),
        [
            _function("diff", _("difference: a − b"), "a", "b"),
            _function("ratio", _("ratio: a ÷ b"), "a", "b"),
            _function(
                "share",
                _("share: part ÷ whole"),
                pgettext("operand", "part"),
                pgettext("operand", "whole"),
            ),
            _function(
                "pct_change",
                _("change in percent"),
                pgettext("operand", "new"),
                pgettext("operand", "old"),
            ),
            _function(
                "pp_change",
                _("change in percentage points"),
                pgettext("operand", "new"),
                pgettext("operand", "old"),
            ),
            _function(
                "cagr",
                _("average yearly growth"),
                pgettext("operand", "last"),
                pgettext("operand", "first"),
            ),
        ],
    )
    yield (
        _("Combine several"),
        [
            _function("add", _("sum of terms: a + b")),
            _function("mul", _("product: a × b")),
            _function("sum", _("sum of values")),
            _function("mean", _("mean")),
            _function("max", pgettext("operation", "highest value")),
            _function("min", pgettext("operation", "lowest value")),
        ],
    )
    yield (
        _("Examine a series"),
        [
            _function("argmax", _("year of the highest value")),
            _function("argmin", _("year of the lowest value")),
            _function("trend", _("direction: rises or falls throughout")),
            _function("count", _("number of values")),
            _function("rank", _("place of the first value among the others")),
        ],
    )


_SERIES = ("indicator", "region")
_NARROW = {"details": ("breakdown", "vintage", "source")}


def _read(op: str, label: str, *fields: str, details: tuple[str, ...] = ()) -> dict:
    return {
        "op": op,
        "label": label,
        "fields": list(fields),
        "details": list(details),
    }


def _function(op: str, label: str, *arguments: str) -> dict:
    return {"op": op, "label": label, "arguments": list(arguments)}


def _tests() -> list[list[str]]:
    labels = {
        "more": _("only those above"),
        "less": _("only those below"),
        "equal": _("only those equal to"),
    }
    return [[test, labels[test]] for test in TESTS]


def _words() -> dict[str, str]:
    return {
        "whole": _("The computation"),
        "operation": _("Operation"),
        "choose": _("Choose what to compute"),
        "add": _("Add a value"),
        "remove": _("Remove"),
        "wrap": _("Compute with this"),
        "more": _("More about the series"),
        "argument": _("value"),
        "byFormula": _("The formula above decides; this is how it is read."),
        "adopt": _("Go on from here without the formula"),
        "clear": _("Start again"),
        "deep": _("Nothing can be nested deeper than this."),
        "failed": _("The check did not answer; try again in a moment."),
        "computed": _("Computed"),
        "interval": _("What rounding of the data allows"),
        "verdict": _("Verdict"),
        "now": _("stored verdict: %(verdict)s"),
        "inputs": _("Inputs"),
        "draft": _("not confirmed"),
        "chinese": _("In Chinese"),
        "english": _("In English"),
        "finding": _("An editor's finding: nothing is computed."),
        "andMore": _("and %(count)d more"),
    }
