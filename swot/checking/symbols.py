"""Writes an expression as people do: "(27.17 − 13) ÷ 13", in the active language."""

from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from datasets.units import MEASURES, format_value

from .expressions import LISTS, REFERENCES, Reference
from .facts import Fact, Facts
from .intervals import round_half_up

_LISTED = 6


def write(tree: dict, facts: Facts, with_units: bool) -> str:
    """The tree with the printed numbers of its facts; drafts are not shown.

    Raises NoResultError when a reference finds nothing.
    """
    return _Writer(facts, with_units).write(tree)


def is_chinese() -> bool:
    """Whether the active language is Chinese."""
    return (get_language() or "en").startswith("zh")


def amount(value: Decimal, unit: str, places: int) -> str:
    """A number with its unit in the active language, rounded half up."""
    if abs(value) >= 10**40:
        return f"{value:.3E}"
    value = round_half_up(value, places)
    if not unit:
        return f"{value:,.{places}f}".replace("-", "−")
    if MEASURES[unit].dimension == "PERCENT":
        return f"{value:,.{places}f}%".replace("-", "−")
    language = get_language() or "en"
    return format_value(value, unit, places, language).replace("-", "−")


class _Writer:
    """Writes a tree with the printed numbers of its facts."""

    def __init__(self, facts: Facts, with_units: bool) -> None:
        self.facts, self.with_units = facts, with_units

    def write(self, node: dict, inside: str = "") -> str:
        op = node["op"]
        if op == "const":
            return self._const(node)
        if op in REFERENCES:
            return self._number(self.facts.resolve(Reference.of(node))[0])
        if op in _INFIX:
            sign, strength = _INFIX[op]
            terms = self._terms(node, op)
            return _wrapped(f" {sign} ".join(terms), strength, inside)
        return getattr(self, f"_{op}")(node, inside)

    def _const(self, node: dict) -> str:
        number = node["value"].replace("-", "−")
        if unit := node.get("unit", ""):
            measure = MEASURES[unit]
            number += measure.zh if is_chinese() else f" {measure.en}"
        return number.strip()

    def _terms(self, node: dict, inside: str = "") -> list[str]:
        terms: list[str] = []
        for position, child in enumerate(node["args"]):
            if child["op"] in LISTS:
                facts = self.facts.resolve(Reference.of(child))
                terms += map(self._number, facts)
            else:
                # a − (b − c) and a ÷ (b × c) keep their brackets, a − b − c needs none.
                side = f"{inside}>" if position else inside
                terms.append(self.write(child, side))
        return terms

    def _number(self, fact: Fact) -> str:
        if fact.value is None:
            return "—"
        if not fact.is_published:
            return _("(unconfirmed)")
        if self.with_units:
            return amount(fact.value, fact.unit, fact.decimals)
        return f"{fact.value:,.{fact.decimals}f}".replace("-", "−")

    def _pct_change(self, node: dict, inside: str) -> str:
        new, old = self._terms(node, "pct_change")
        return _wrapped(f"({new} − {old}) ÷ {old}", 2, inside)

    def _cagr(self, node: dict, inside: str) -> str:
        new, old = self._terms(node, "ratio")
        years = node.get("years")
        root = f"1 ÷ {years}" if years else _("1 ÷ years")
        return _wrapped(f"({new} ÷ {old})^({root}) − 1", 1, inside)

    def _sum(self, node: dict, inside: str) -> str:
        terms = self._terms(node, "add")
        if len(terms) > _LISTED:
            return _("sum of %(count)d values") % {"count": len(terms)}
        return _wrapped(" + ".join(terms), 1, inside if len(terms) > 1 else "")

    def _mean(self, node: dict, inside: str) -> str:
        terms = self._terms(node, "add")
        if len(terms) > _LISTED:
            return _("mean of %(count)d values") % {"count": len(terms)}
        return _wrapped(f"({' + '.join(terms)}) ÷ {len(terms)}", 2, inside)

    def _rank(self, node: dict, inside: str) -> str:
        terms = self._terms(node)
        words = _("place of %(value)s among %(count)d values, highest first")
        if node.get("order") == "asc":
            words = _("place of %(value)s among %(count)d values, lowest first")
        return words % {"value": terms[0], "count": len(terms)}

    def _count(self, node: dict, inside: str) -> str:
        count = len(self._terms(node))
        if "test" not in node:
            return _("number of values")
        words = {
            "more": _("of %(count)d values, those above %(than)s"),
            "less": _("of %(count)d values, those below %(than)s"),
            "equal": _("of %(count)d values, those equal to %(than)s"),
        }[node["test"]]
        return words % {"count": count, "than": node["than"]}

    def _max(self, node: dict, inside: str) -> str:
        return _("highest of %(values)s") % {"values": self._list(node)}

    def _min(self, node: dict, inside: str) -> str:
        return _("lowest of %(values)s") % {"values": self._list(node)}

    def _argmax(self, node: dict, inside: str) -> str:
        return _("year of the highest of %(values)s") % {"values": self._list(node)}

    def _argmin(self, node: dict, inside: str) -> str:
        return _("year of the lowest of %(values)s") % {"values": self._list(node)}

    def _trend(self, node: dict, inside: str) -> str:
        return _("direction of %(values)s") % {"values": self._list(node, " → ")}

    def _list(self, node: dict, join: str = "") -> str:
        join = join or ("、" if is_chinese() else ", ")
        terms = self._terms(node)
        if len(terms) > _LISTED:
            return _("%(count)d values") % {"count": len(terms)}
        return join.join(terms)


# op: sign and how strongly it binds
_INFIX = {
    "add": ("+", 1),
    "diff": ("−", 1),
    "pp_change": ("−", 1),
    "mul": ("×", 2),
    "ratio": ("÷", 2),
    "share": ("÷", 2),
}


def _wrapped(text: str, strength: int, inside: str) -> str:
    """Brackets where the surrounding operation binds more strongly."""
    op, is_right = inside.removesuffix(">"), inside.endswith(">")
    if op == "pct_change":
        return f"({text})"
    if op not in _INFIX:
        return text
    around = _INFIX[op][1]
    keeps = op in ("add", "mul")
    if strength < around or (strength == around and is_right and not keeps):
        return f"({text})"
    return text
