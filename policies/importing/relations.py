"""The relations of an act as lines of text, in files and in batches.

One relation per line: `implements P10 [seen-secondary]`, or with the number or title of
an act outside the library: `repeals "黔府发〔2015〕28号" [editor]`.
"""

import json
import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cbec_site.base.codes import PATTERN
from cbec_site.base.confidence import Confidence
from policies.models import Policy, PolicyRelation

from .bodies import CellError
from .events import in_one_line, quoted_name
from .parts import set_parts

_LINE = re.compile(
    rf"""(?P<kind>{"|".join(PolicyRelation.Kind.values)})
    \ (?P<act>"(?:[^"\\]|\\.)*"|{PATTERN})
    (?:\ \[(?P<confidence>{"|".join(Confidence.values)})\])?""",
    re.VERBOSE,
)


def relation_line(relation: PolicyRelation) -> str:
    """One relation as a line; uses the prefetched other act."""
    if relation.other:
        act = relation.other.code
    else:
        act = json.dumps(in_one_line(relation.other_name), ensure_ascii=False)
    return f"{relation.kind} {act} [{relation.confidence}]"


def relations_text(relations: Iterable[PolicyRelation]) -> str:
    """Relations as a cell has them."""
    return "\n".join(sorted(map(relation_line, relations)))


def parse_relation(line: str) -> tuple[PolicyRelation, str]:
    """An unsaved relation and the code of the other act; raises CellError."""
    match = _LINE.fullmatch(in_one_line(line))
    if match is None:
        raise CellError(
            _("Not a relation: %s. Write it like this: implements P10 [editor].") % line
        )
    act = match["act"]
    is_outside = act.startswith('"')
    name = quoted_name(act, line) if is_outside else ""
    if len(name) > PolicyRelation._meta.get_field("other_name").max_length:
        raise CellError(_("This name is too long: %s.") % line[:80])
    relation = PolicyRelation(
        kind=match["kind"],
        other_name=name,
        confidence=match["confidence"] or Confidence.EDITOR.value,
    )
    return relation, "" if is_outside else act


def read_relations(text: str, directory) -> str:
    """A cell of relations, one a line, tidied; raises CellError for a wrong line."""
    lines, keys = [], set()
    for line in filter(None, map(str.strip, text.splitlines())):
        relation, act = parse_relation(line)
        key = (relation.kind, act, relation.other_name)
        if key in keys:
            raise CellError(_("The same relation twice: %s.") % line)
        keys.add(key)
        relation.other = Policy(code=act) if act else None
        lines.append(relation_line(relation))
    return "\n".join(sorted(lines))


def others_in(text: str) -> set[str]:
    """The codes of the acts that the relations of a cell name."""
    return {act for _made, act in map(parse_relation, text.splitlines()) if act}


def set_relations(states: list[tuple[Policy, dict]], words: dict) -> None:
    """Give saved policies the relations of their snapshots; unchanged ones stay.

    `words` go into the history: who, and why.
    """
    set_parts(
        [(policy, state.get("relations", "").splitlines()) for policy, state in states],
        words,
        model=PolicyRelation,
        link="other",
        line_of=relation_line,
        parse=parse_relation,
    )
