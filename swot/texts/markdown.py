"""Prose in which numbers are bound to claims and observations by their codes.

`[109%](claim:C07)` and `[13亿元](obs:gz_cbec_2019)` are ordinary Markdown links. A
bound number becomes `<data value>` inside a button with a mark that says, in words as
well, whether the data bear it out. The button opens the note in `swot/_numbers.html`,
which HTML does without any script. Where a code is unknown or still a draft, the number
stays plain.
"""

import re
from collections.abc import Mapping
from contextlib import nullcontext
from functools import lru_cache

from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import override

from cbec_site.base.markdown import clean_html, make_parser
from datasets.models import Observation
from swot.checking.labels import UNREADABLE, label_verdict, language_of, quantity_at
from swot.checking.quantities import scan
from swot.checking.verdicts import Verdict
from swot.models.claims import Claim
from swot.prose import BOUND, DISMISSED, KINDS, bound_codes, inline, parity

from .marks import machine_value, mark_in_words, mark_of

__all__ = ["label_verdict", "load_bound", "note_id", "parity", "render_body"]

# Browsers may break a line between a button and the bracket or comma beside it, with
# which no line of either language may end or start.
_BESIDE = re.compile(
    r"([(\[（［“‘《〈「『]{0,3})"
    r"(<button[^>]*>.*?</button>)"
    r"([)\]）］”’》〉」』，。；：、！？,.;:!?]{0,3})"
)
_ATTRIBUTES = {"button": {"type", "popovertarget"}, "data": {"value"}, "span": set()}
_CLASSES = {
    "button": {"bound"},
    "span": {
        "unbroken",
        "verdict",
        "visually-hidden",
        *(f"verdict-{slugify(verdict.value)}" for verdict in Verdict),
        f"verdict-{UNREADABLE}",
    },
}


def render_body(
    text: str,
    *,
    claims: Mapping[str, Claim],
    observations: Mapping[str, Observation],
    language: str | None = None,
) -> SafeString:
    """HTML of a text; `claims` and `observations` are the published ones by code.

    Links and marks are in `language`, by default the active one. See `load_bound`.
    """
    env = {"claims": claims, "observations": observations, "open": []}
    env["blocks"] = {}
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
    observations = public.named(codes["obs"]).order_by("code")
    return {
        "claims": {claim.code: claim for claim in claims},
        "observations": {observation.code: observation for observation in observations},
    }


def _open_link(self, tokens, index, options, env):
    href = tokens[index].attrs.get("href", "")
    match = BOUND.match(href)
    if href == DISMISSED:
        env["open"].append("")
        return ""
    if match is None:
        env["open"].append("</a>")
        return self.renderToken(tokens, index, options, env)
    items = env["claims" if match[1] == "claim" else "observations"]
    start, end = "", ""
    if match[2] in items:
        item = items[match[2]]
        mark = mark_of(item, _quantity(tokens, index, env))
        start, end = _around(item, machine_value(item), mark)
    env["open"].append(end)
    return start


def _quantity(tokens, index, env):
    """The number that a link encloses, read in the context of its sentence."""
    key = id(tokens)
    if key not in env["blocks"]:
        plain, links = inline(tokens)
        env["blocks"][key] = plain, _quantities(plain), dict(links)
    plain, quantities, links = env["blocks"][key]
    return quantity_at(quantities, plain, *links[index])


@lru_cache(maxsize=2048)
def _quantities(plain):
    return scan(plain, language_of(plain)).quantities


def _keep_together(match):
    if not match[1] and not match[3]:
        return match[0]
    return f'<span class="unbroken">{match[0]}</span>'


def _close_link(self, tokens, index, options, env):
    return env["open"].pop()


def note_id(item: Claim | Observation) -> str:
    """The id of the note on a claim or an observation."""
    return f"number-{item.code}"


def _around(item, value, mark):
    """The text before and after a bound number."""
    start = format_html(
        '<button type="button" class="bound" popovertarget="{}"><data value="{}">',
        note_id(item),
        value,
    )
    end = format_html(
        '</data><span class="verdict verdict-{}"><span class="visually-hidden"> {}'
        "</span></span></button>",
        slugify(mark.name),
        mark_in_words(item, mark),
    )
    return start, end


_parser = make_parser()
_parser.add_render_rule("link_open", _open_link)
_parser.add_render_rule("link_close", _close_link)
