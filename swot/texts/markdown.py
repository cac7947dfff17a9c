"""Prose in which numbers are bound to claims and observations by their codes.

`[109%](claim:C07)` and `[13亿元](obs:gz_cbec_2019)` are ordinary Markdown links. A
bound number becomes `<data value>` inside a button with a mark that says in words, too,
whether the data bear it out; it opens the note that `swot/_numbers.html` holds (HTML
does that by itself, no script is needed). A code that is unknown or still a draft
leaves the plain number.
"""

import re
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from cbec_site.base.markdown import clean_html, make_parser
from datasets.models import Observation
from datasets.units import MEASURES
from swot.checking.intervals import Estimate
from swot.checking.quantities import Parity, Quantity, compare, find
from swot.checking.shares import SINGLE
from swot.checking.verdicts import Statement, Verdict, decide
from swot.models.claims import Claim

KINDS = ("claim", "obs")

_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_ONE = re.compile(
    rf"\A\s*(?:one\b(?![ -](?:{SINGLE})\b| and a half)|一(?=[个家份项座条])|一\Z)",
    re.IGNORECASE,
)
# A button may be parted from the bracket or comma beside it, which no line of either
# language may end or start with.
_BESIDE = re.compile(
    r"([(\[（［“‘《〈「『]{0,3})"
    r"(<button[^>]*>.*?</button>)"
    r"([)\]）］”’》〉」』，。；：、！？,.;:!?]{0,3})"
)
_BOUND = re.compile(rf"({'|'.join(KINDS)}):([\w.-]{{1,64}})\Z", re.ASCII)
_ATTRIBUTES = {"button": {"type", "popovertarget"}, "data": {"value"}, "span": set()}
_CLASSES = {
    "button": {"bound"},
    "span": {
        "unbroken",
        "verdict",
        "visually-hidden",
        *(f"verdict-{slugify(verdict.value)}" for verdict in Verdict),
    },
}
_SCHEME = re.compile(r"(?!https?:|mailto:)[a-z][a-z\d+.-]*:", re.IGNORECASE)
_KINDS_OF_DIMENSION = {"PERCENT": {"percent", "points"}, "MONTHS": {"months"}}


@dataclass(frozen=True)
class Binding:
    """A stretch of the plain text bound to a claim or an observation ("obs")."""

    start: int
    end: int
    kind: str
    code: str


@dataclass(frozen=True)
class Prose:
    """A text without its markup, and what is bound in it."""

    plain: str
    bindings: tuple[Binding, ...]


@dataclass(frozen=True)
class Coverage:
    """The quantities of a text and those among them that are bound to nothing."""

    found: tuple[Quantity, ...]
    unbound: tuple[Quantity, ...]

    @property
    def bound_count(self) -> int:
        return len(self.found) - len(self.unbound)

    @property
    def percent(self) -> int:
        """The share that is bound; 100 only when all are, or there are none."""
        return 100 * self.bound_count // len(self.found) if self.found else 100

    @property
    def is_complete(self) -> bool:
        return not self.unbound


def render_body(
    text: str,
    *,
    claims: Mapping[str, Claim],
    observations: Mapping[str, Observation],
    language: str | None = None,
) -> SafeString:
    """HTML of a text; `claims` and `observations` are the published ones by code.

    Links and marks are in `language`, else in the active one. See `load_bound`.
    """
    env = {"claims": claims, "observations": observations, "open": []}
    with override(language) if language else nullcontext():
        html = _BESIDE.sub(_keep_together, _parser.render(text or "", env))
    return clean_html(html, _ATTRIBUTES, _CLASSES)


def load_bound(*texts: str) -> dict[str, dict]:
    """What `render_body` and the notes need for these texts, in at most three queries.

    `render_body(text, **load_bound(text))`
    """
    codes = {kind: set() for kind in KINDS}
    for text in texts:
        for kind, code in bound_codes(text):
            codes[kind].add(code)
    public = Observation.objects.published().with_labels()
    claims = (
        Claim.objects.published()
        .filter(code__in=codes["claim"])
        .prefetch_related(Prefetch("observations", public.order_by("period_start")))
        .order_by("code")
    )
    observations = public.filter(code__in=codes["obs"]).order_by("code")
    return {
        "claims": {claim.code: claim for claim in claims},
        "observations": {observation.code: observation for observation in observations},
    }


def bound_codes(text: str) -> list[tuple[str, str]]:
    """What a text is bound to, in order: ("claim", "C07"), ("obs", "gz_cbec_2019")."""
    return [(binding.kind, binding.code) for binding in read(text).bindings]


def plain_text(text: str) -> str:
    """The text without any markup, for descriptions, feeds and search."""
    return read(text).plain


def read(text: str) -> Prose:
    """The plain text of Markdown, one line per block, and its bindings."""
    parts, bindings, length = [], [], 0
    for block in _parser.parse(text or ""):
        if block.type != "inline":
            continue
        if parts:
            parts.append("\n")
            length += 1
        opened = []
        for token in block.children:
            if token.type == "link_open":
                opened.append((length, _BOUND.match(token.attrs.get("href", ""))))
            elif token.type == "link_close":
                start, match = opened.pop()
                if match:
                    bindings.append(Binding(start, length, match[1], match[2]))
            else:
                content = _content(token)
                parts.append(content)
                length += len(content)
    return Prose("".join(parts), tuple(bindings))


@lru_cache(maxsize=1024)
def coverage(text: str, language: str) -> Coverage:
    """Which numbers of a text are bound; positions are those of its plain text."""
    prose = read(text)
    found = tuple(find(prose.plain, language))
    unbound = tuple(
        quantity
        for quantity in found
        if not any(
            b.start < quantity.end and quantity.start < b.end for b in prose.bindings
        )
    )
    return Coverage(found, unbound)


def parity(text_zh: str, text_en: str) -> Parity:
    """Whether both languages bind the same codes and state the same other numbers."""
    return compare(
        [":".join(code) for code in bound_codes(text_zh)],
        coverage(text_zh, "zh-hans").unbound,
        [":".join(code) for code in bound_codes(text_en)],
        coverage(text_en, "en").unbound,
    )


def odd_links(text: str) -> list[str]:
    """Links to nothing a reader can open: mistyped bindings such as (obs:a b)."""
    return [
        href
        for block in _parser.parse(text or "")
        for token in block.children or ()
        if token.type == "link_open"
        and (href := str(token.attrs.get("href", "")))
        and _SCHEME.match(href)
        and not _BOUND.match(href)
    ]


def kinds_of_unit(unit: str) -> set[str]:
    """Which kinds of `Quantity` a number in this unit can be; "" is a bare number."""
    if unit not in MEASURES:
        return {"", "times"} if unit == "" else set()
    return _KINDS_OF_DIMENSION.get(MEASURES[unit].dimension, {""})


def label_verdict(observation: Observation, label: str) -> Verdict | None:
    """Whether the number in a label is the value; None where there is nothing to say.

    Written in any scale and language: 13亿元, 1.3 billion and 1,300 million agree.
    """
    # Digits alone are no year here: an editor has bound them.
    language = "en" if _LATIN.search(label) else "zh-hans"
    # The finder takes a lone one for an article; here it is bound.
    label = _ONE.sub("1", label)
    numbers = find(label, language)
    if len(numbers) != 1 or observation.value is None:
        return None
    (number,) = numbers
    measure = MEASURES[observation.unit]
    if number.kind not in kinds_of_unit(observation.unit):
        return None
    stated = Statement(
        None,
        low=number.value,
        decimals=0 if number.decimals is None else number.decimals,
    )
    printed = Estimate.printed(observation.value, observation.decimals)
    return decide(stated, printed.scaleb(measure.exponent))


def _content(token):
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    # Code is quoted, not stated.
    return " " * len(token.content) if token.type == "code_inline" else token.content


def _open_link(self, tokens, index, options, env):
    match = _BOUND.match(tokens[index].attrs.get("href", ""))
    if match is None:
        env["open"].append("</a>")
        return self.renderToken(tokens, index, options, env)
    start, end = "", ""
    if match[1] == "claim" and match[2] in env["claims"]:
        start, end = _bound_claim(env["claims"][match[2]])
    elif match[1] == "obs" and match[2] in env["observations"]:
        label = _label(tokens, index)
        start, end = _bound_observation(env["observations"][match[2]], label)
    env["open"].append(end)
    return start


def _keep_together(match):
    if not match[1] and not match[3]:
        return match[0]
    return f'<span class="unbroken">{match[0]}</span>'


def _close_link(self, tokens, index, options, env):
    return env["open"].pop()


def _label(tokens, index):
    label = []
    for token in tokens[index + 1 :]:
        if token.type == "link_close":
            break
        label.append(token.content)
    return "".join(label)


def _bound_claim(claim):
    value = claim.stated_value
    if claim.stated_low is not None:
        value = _machine(claim.stated_low, claim.stated_unit)
    words = _("(claim %(code)s: %(verdict)s)") % {
        "code": claim.code,
        "verdict": claim.get_verdict_display(),
    }
    return _around(claim, value, claim.verdict, words)


def _bound_observation(observation, label):
    verdict = label_verdict(observation, label)
    words = _("(data: %(value)s)") % {"value": observation.qualified_value}
    if verdict is not None:
        words = _("(data: %(value)s, %(verdict)s)") % {
            "value": observation.qualified_value,
            "verdict": verdict.label,
        }
    value = _machine(observation.value, observation.unit)
    return _around(observation, value, verdict and verdict.value, words)


def note_id(item: Claim | Observation) -> str:
    """The id of the note on a claim or an observation."""
    return f"number-{item.code}"


def _around(item, value, verdict, words):
    """What stands before and after a bound number."""
    start = format_html(
        '<button type="button" class="bound" popovertarget="{}"><data value="{}">',
        note_id(item),
        value,
    )
    mark = f"verdict verdict-{slugify(verdict)}" if verdict else ""
    end = format_html(
        '</data><span class="{}"><span class="visually-hidden"> {}</span></span>'
        "</button>",
        mark,
        words,
    )
    return start, end


def _machine(value: Decimal | None, unit: str) -> str:
    """A number in base units, the same in every language: 1300000000 for 13 亿元."""
    if value is None:
        return ""
    if unit in MEASURES:
        value = value.scaleb(MEASURES[unit].exponent)
    return f"{value.normalize():f}"


_parser = make_parser()
_parser.add_render_rule("link_open", _open_link)
_parser.add_render_rule("link_close", _close_link)
