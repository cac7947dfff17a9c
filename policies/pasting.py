"""Reads what an editor pastes into the fields of an act: title, number, address, text.

All of this is proposed: the editor sees it in the form before anything is saved.
"""

import re
from dataclasses import dataclass, field

from cbec_site.base.official_hosts import is_official
from datasets.importing.dates import read_date
from datasets.importing.times import PeriodError

from .document_numbers import (
    CLOSE,
    KIND_WORDS,
    OPEN,
    DocumentNumber,
    official_form,
    parse_number,
)
from .force import Kind
from .importing.bodies import Directory
from .models import Issuer, Policy, PolicyRelation

# Anything longer is taken to be the text of the act.
LONGEST_TITLE = 200
# How many relations are proposed at most.
MOST_RELATIONS = 20

_ADDRESS = re.compile(r"https?://[^\s<>\"，。；、）)]+")
_NUMBER = re.compile(
    rf"[\u4e00-\u9fff]{{1,12}}\s*{OPEN}\s*\d{{4}}\s*年?\s*{CLOSE}\s*第?\s*\d+\s*号"
    # Several bodies: 财政部 海关总署 税务总局公告2023年第4号.
    r"|(?:[\u4e00-\u9fff]{1,10}[部署局委会行办院厅][ \u3000、]{1,2})*"
    rf"[\u4e00-\u9fff]{{2,14}}?[ \u3000]?{KIND_WORDS}\s*\d{{4}}\s*年\s*第?\s*\d+\s*号"
)
# Without a year: 国务院令第810号, alone on its line.
_ORDER = re.compile(r"[\u4e00-\u9fff]{2,14}令\s*第\s*\d+\s*号")
# Words before the mark that are not part of it: 根据国办发〔2021〕24号.
_BEFORE_MARK = re.compile(
    r".*(?:根据|按照|依据|依照|落实|贯彻|执行|实施|废止|修改|修订|修正|替代|代替|以及"
    r"|号和|号与|号及|文号|和|与|及|按|经|由|将|的|为)"
)
_DAY = r"(\d{4}\s*[年.\-/]\s*\d{1,2}(?:\s*[月.\-/]\s*\d{1,2}\s*日?|\s*月)?)"
_DATES = {
    "written": re.compile(rf"成文(?:日期|时间)\s*[:：]?\s*{_DAY}"),
    "published": re.compile(rf"(?:发布|公布)(?:日期|时间)\s*[:：]?\s*{_DAY}"),
    "effective": re.compile(rf"(?:自|从)\s*{_DAY}\s*起\s*(?:施行|执行|实施|生效)"),
    "expired": re.compile(
        rf"(?:有效期(?:至|到)|执行(?:至|到)|施行(?:至|到)|实施(?:至|到))\s*{_DAY}"
    ),
}
_TITLE = re.compile(r"《([^《》]{4,120})》")
_TITLE_LINE = re.compile(
    r"(?:通知|意见|公告|批复|办法|方案|规划|规定|条例|决定|措施|解读|清单|法|细则|通告)"
    r"(?:[（(][^（）()]{1,20}[)）])?\Z"
)
# The verb beside a number or title gives the relation; they are tried in this order.
_CUES = (
    (PolicyRelation.Kind.REPEALS, re.compile(r"废止|停止执行|不再执行|失效")),
    (PolicyRelation.Kind.EXTENDS, re.compile(r"延续|延长|继续执行|继续实施")),
    (PolicyRelation.Kind.AMENDS, re.compile(r"修改|修订|修正|调整")),
    (PolicyRelation.Kind.REPLACES, re.compile(r"替代|代替|取代")),
    (PolicyRelation.Kind.INTERPRETS, re.compile(r"解读|解释")),
    (PolicyRelation.Kind.IMPLEMENTS, re.compile(r"贯彻|落实|执行")),
    (PolicyRelation.Kind.BASED_ON, re.compile(r"根据|依据|按照|依照")),
)
_KINDS = (
    ("批复", "reply"),
    ("解读", "interpretation"),
    ("实施方案", "implementation"),
    ("规划", "plan"),
    ("公告", "announcement"),
    ("通告", "announcement"),
    ("清单", "announcement"),
    ("意见", "opinions"),
    ("通知", "notice"),
    ("办法", "measures"),
    ("规定", "measures"),
    ("措施", "measures"),
    ("条例", "regulation"),
    ("法", "law"),
    ("方案", "plan"),
)
# Well-known marks, for bodies of which the library has no act yet.
_MARKS = {
    "国发": "state-council",
    "国函": "state-council",
    "国办发": "state-council-office",
    "国办函": "state-council-office",
    "黔府发": "guizhou-government",
    "黔府办发": "guizhou-government-office",
}


@dataclass(frozen=True)
class Proposal:
    """A relation found in a text, to an act of the library or to one known only by
    name.

    `passage` is the sentence that names it.
    """

    kind: str
    other: Policy | None
    other_name: str
    passage: str = ""

    @property
    def kind_label(self) -> str:
        return PolicyRelation.Kind(self.kind).label


@dataclass
class Pasted:
    """What was read: `fields` by their names in the form, the other parts as rows."""

    fields: dict[str, str] = field(default_factory=dict)
    issuers: list[Issuer] = field(default_factory=list)
    events: list[tuple[str, str]] = field(default_factory=list)
    relations: list[Proposal] = field(default_factory=list)


def numbers_in(text: str) -> list[tuple[int, DocumentNumber]]:
    """Each document number in a text, with the position where it begins."""
    numbers = []
    for match in _NUMBER.finditer(text):
        cut = _BEFORE_MARK.match(re.split(OPEN, match[0])[0])
        start = cut.end() if cut else 0
        number = parse_number(match[0][start:]) or parse_number(match[0])
        if number:
            numbers.append((match.start() + start, number))
    return numbers


def kind_of(title: str) -> str:
    """The kind of document named at the end of the title; "" if none is."""
    bare = re.sub(r"[（(].*?[)）]", "", title).strip()
    for word, kind in _KINDS:
        if bare.endswith(word):
            return kind
    return next((kind for word, kind in _KINDS[:6] if word in bare), "")


def read_pasted(text: str) -> Pasted:
    """Read a title, a number, an address or a text; never raises."""
    text = text.strip()
    pasted = Pasted()
    if address := _ADDRESS.search(text):
        if is_official(address[0]):
            pasted.fields["source_url"] = address[0]
        else:
            pasted.fields["verification"] = address[0]
    body = _ADDRESS.sub("", text).strip()
    numbers = numbers_in(body)
    title = _title(body)
    if title:
        pasted.fields["title_zh_hans"] = title
        pasted.fields["kind"] = kind_of(title)
    own = _own_number(body, title, numbers)
    pasted.fields["document_number"] = str(own) if own else _order(body)
    _read_issuers(pasted, title, own)
    _read_dates(pasted, body)
    if len(body) > LONGEST_TITLE:
        pasted.fields["text_zh_hans"] = body
    pasted.relations = propose_relations(body, leaving_out=own)
    pasted.fields = {name: value for name, value in pasted.fields.items() if value}
    return pasted


def _title(body):
    lines = [line.strip(" 　#") for line in body.splitlines() if line.strip()]
    for line in lines[:8]:
        bare = _NUMBER.sub("", line).strip(" 　()（）〔〕:：")
        if 4 <= len(bare) <= LONGEST_TITLE and _TITLE_LINE.search(bare):
            quoted = _TITLE.fullmatch(bare)
            return quoted[1] if quoted else bare
    if len(lines) == 1 and (quoted := _TITLE.search(lines[0])):
        return quoted[1]
    return ""


def _own_number(body, title, numbers):
    """The number of the act itself: alone on a line, or beside its title."""
    for line in body.splitlines():
        if number := parse_number(line.strip(" 　()（）")):
            return number
    first = next(iter(body.splitlines()), "")
    in_first = [number for place, number in numbers if place < len(first)]
    is_short = len(body) <= LONGEST_TITLE
    return in_first[0] if in_first and (title or is_short) and is_short else None


def _order(body):
    """The number of an order, which has no year; "" if none is alone on its line."""
    lines = (line.strip(" 　()（）") for line in body.splitlines())
    order = next(filter(_ORDER.fullmatch, lines), "")
    return re.sub(r"\s", "", order)


def _read_issuers(pasted, title, number):
    named = []
    for issuer in Issuer.objects.all():
        place = title.find(issuer.name_zh_hans) if title else -1
        if 0 <= place < (title.find("关于") if "关于" in title else 0):
            named.append((place, -len(issuer.name_zh_hans), issuer))
    covered, bodies = -1, []
    for place, length, issuer in sorted(named, key=lambda row: row[:2]):
        if place > covered:
            bodies.append(issuer)
            covered = place - length - 1
    if not bodies and number:
        bodies = _issuers_of_mark(number)
    pasted.issuers = bodies
    if level := Directory().level([issuer.code for issuer in bodies]):
        pasted.fields["level"] = level


def _issuers_of_mark(number):
    """The issuing bodies of the library's acts with this mark, if they all agree."""
    if number.mark in _MARKS:
        return list(Issuer.objects.filter(code=_MARKS[number.mark]))
    like = f"{number.mark}{'〔' if number.is_bracketed else ''}"
    acts = Policy.objects.filter(
        document_number__startswith=like, issuers__isnull=False
    )
    groups = {tuple(policy.issuer_list) for policy in acts.with_labels()[:20]}
    return list(groups.pop()) if len(groups) == 1 else []


def _read_dates(pasted, body):
    for name, pattern in _DATES.items():
        match = pattern.search(body)
        if match is None:
            continue
        try:
            day = read_date(re.sub(r"\s", "", match[1]))
        except PeriodError:
            continue
        if name in ("written", "published"):
            pasted.fields[f"{name}_on"] = day
        else:
            pasted.events.append((Kind(name).value, day))


def propose_relations(
    text: str, leaving_out: DocumentNumber | None = None
) -> list[Proposal]:
    """The relations named in a text by a number or title beside a verb.

    A number is proposed even if the library has no such act, a title only if it has
    one. Given in the order of the text, each act once; two queries.
    """
    numbers = [(place, str(number)) for place, number in numbers_in(text)]
    titles = [(match.start(1), match[1]) for match in _TITLE.finditer(text)]
    by_number = _acts("document_number", numbers)
    by_title = _acts("title_zh_hans", titles)
    named = [
        (place, name, by_number.get(name))
        for place, name in numbers
        if name != str(leaving_out)
    ]
    named += [
        (place, name, by_title[name]) for place, name in titles if name in by_title
    ]
    proposals = {}
    for place, name, other in sorted(named, key=lambda row: row[0]):
        kind, passage = _cue(text, place, len(name))
        proposals.setdefault(
            other.pk if other else name,
            Proposal(kind, other, "" if other else name, passage),
        )
    return list(proposals.values())[:MOST_RELATIONS]


def proposals_for(policy: Policy) -> list[Proposal]:
    """What the title, summary and text of a stored act say that its fields lack.

    Takes one more query if something is found.
    """
    text = "\n".join(
        filter(
            None, (policy.title_zh_hans, policy.summary_zh_hans, policy.text_zh_hans)
        )
    )
    own = parse_number(policy.document_number)
    proposals = [one for one in propose_relations(text, own) if one.other != policy]
    if not proposals:
        return []
    known = set()
    for relation in policy.relations.all():
        known.add(relation.other_id or official_form(relation.other_name))
    return [
        one
        for one in proposals
        if (one.other.pk if one.other else one.other_name) not in known
    ]


def _acts(field, named):
    """Acts of the library by their number or title in the text; one query."""
    names = {name for _place, name in named}
    acts = Policy.objects.filter(**{f"{field}__in": names}).order_by("-code")
    return {getattr(act, field): act for act in acts}


def _cue(text, place, length):
    """The relation in the sentence around a number or title, and that sentence."""
    start = max(text.rfind(mark, 0, place) for mark in "。；\n") + 1
    ends = [text.find(mark, place) for mark in "。；\n"]
    end = min([at for at in ends if at >= 0], default=len(text))
    before, after = text[start:place], text[place + length : end]
    return _relation(before, after), text[start:end].strip()


def _relation(before, after):
    if re.search(r"废止|停止执行|失效", after[:20]):
        return PolicyRelation.Kind.REPEALS
    if re.match(r"\S{0,8}(?:继续|延续|延长)", after):
        return PolicyRelation.Kind.EXTENDS
    best = None
    for kind, pattern in _CUES:
        for match in pattern.finditer(before):
            if best is None or match.end() > best[0]:
                best = (match.end(), kind)
    return best[1] if best else PolicyRelation.Kind.RELATES
