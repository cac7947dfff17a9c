"""What a file of policies would do: new, changed, unchanged and wrong rows."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from cbec_site.base.limits import OBJECTS_AT_ONCE
from datasets.imports.options import Options
from datasets.imports.plans import Plan
from datasets.imports.spool import Spool
from datasets.spreadsheets.documents import Document
from datasets.spreadsheets.folding import has_invisible
from datasets.spreadsheets.problems import Problem
from datasets.spreadsheets.sheets import Cell
from policies.models import Policy

from .bodies import CellError, Directory, LeftOutError, UnknownNameError
from .columns import BY_NAME, COLUMNS, is_empty
from .doubts import doubts_about
from .events import acts_in, stated_in, with_stated
from .matching import Matcher, keep_number, take_number
from .reading import Line, read_lines
from .relations import others_in
from .snapshots import EMPTY, snapshot, stored_policies

_BLANK = Cell("")


@dataclass(frozen=True)
class PolicyOptions(Options):
    """What an editor chooses for the whole file.

    New policies are drafts unless the file or `publish` says otherwise;
    `withdraw_absent` concerns every published policy.
    """

    publish: bool = False


class Step(NamedTuple):
    """One policy that would be written: `before` is None for a new one."""

    kind: str
    line: int
    code: str
    before: dict | None
    after: dict

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_withdrawal(self) -> bool:
        return self.kind == "withdrawn"


@dataclass
class PolicyPlan(Plan):
    """What a file of policies would do; each of its steps is a Step."""

    options: PolicyOptions = field(default_factory=PolicyOptions)
    steps: Spool = field(default_factory=lambda: Spool(Step._make))


def compare(plan: PolicyPlan, document: Document, track) -> None:
    """Fill a plan with what the sheets of a document would do to the library."""
    comparison = Comparison(plan)
    comparison.run(track(read_lines(plan, document), 0, "reading"))
    if not comparison.seen and plan.is_clean:
        message = _("No policy was found below the headings.")
        plan.refuse(Problem(0, "", "", message, kind="empty"))
    plan.token = comparison.token(plan.sha256)


class Comparison:
    """Compares lines with the library, a few hundred at a time, and fills the plan."""

    def __init__(self, plan: PolicyPlan):
        self.plan, self.options = plan, plan.options
        self.directory = Directory(self.options.mapping)
        self.uncoded: list[tuple[Line, dict]] = []
        self.seen: dict[str, tuple[int, str]] = {}
        self.numbers: dict[str, str] = {}
        self.state = hashlib.sha256()
        self.today = timezone.localdate().isoformat()
        self.named: dict[str, tuple[Line, str]] = {}
        # The acts that were found by number or title, not by their code.
        self.found: set[str] = set()

    def run(self, lines: Iterator[Line]) -> None:
        while chunk := list(islice(lines, OBJECTS_AT_ONCE)):
            read = {}
            for line in chunk:
                self._take(line, read)
            self._compare_all(read)
        self._match_uncoded()
        self._check_named()
        self._absent()

    def _compare_all(self, read: dict) -> None:
        """Compare {code: (line, given)} with what is stored."""
        stored = stored_policies(read)
        self._learn_numbers(read)
        for code, (line, given) in read.items():
            self._compare(line, code, given, stored.get(code))

    def _match_uncoded(self) -> None:
        """Compare the lines without codes: known acts and new ones.

        This comes last, so that no code is proposed that the file itself uses.
        """
        matcher = Matcher() if self.uncoded else None
        while self.uncoded:
            part = self.uncoded[:OBJECTS_AT_ONCE]
            self.uncoded = self.uncoded[OBJECTS_AT_ONCE:]
            read = {}
            for line, given in part:
                if take_number(given):
                    message = _(
                        "The number after the title is taken as its document number."
                    )
                    self._warn(line, "title_zh_hans", message, "number_in_title")
                try:
                    code, found_by = matcher.find(given)
                except ValueError as error:
                    self._report(line, "title_zh_hans", str(error), "doubtful")
                    continue
                if found_by and code not in self.seen:
                    words = {"found_by": found_by, "code": code}
                    message = _("Found by its %(found_by)s: %(code)s.") % words
                    self._warn(line, "title_zh_hans", message, "found")
                    self.found.add(code)
                elif not found_by and (other := matcher.similar(given)):
                    message = _(
                        "Is this %s? Its title differs only in the issuing "
                        "body or the punctuation."
                    )
                    self._doubt(line, "title_zh_hans", message % other, "similar")
                code = code or matcher.propose(given)
                self._keep(line, code, given, read, "title_zh_hans")
            self._compare_all(read)

    def token(self, sha256: str) -> str:
        """Changes whenever the file, its options or a policy that it names does."""
        text = f"{sha256} {self.options.as_text()} {self.state.hexdigest()}"
        return hashlib.sha256(text.encode()).hexdigest()

    def _take(self, line, read):
        """Read a line's cells; keep it unless it repeats another or has no code."""
        given = {}
        for name, cell in line.cells.items():
            if not is_empty(cell) and name not in line.refused:
                try:
                    self._read(line, name, cell, given)
                except LeftOutError:
                    message = _("Left out, as you chose for this name.")
                    return self._warn(line, name, message, "left_out")
        code = given.pop("code", "")
        if code:
            if has_invisible(line.cells["code"].text):
                message = _("Invisible characters were removed.")
                self._warn(line, "code", message, "tidied")
            self._keep(line, code, given, read, "code")
        elif line.has_codes and is_empty(line.cells.get("code", _BLANK)):
            message = _(
                "The code is missing. Fill it in, or leave the whole column out: codes "
                "are then found or proposed."
            )
            self._report(line, "code", message, "missing")
        elif not line.refused:
            self.uncoded.append((line, given))
        return None

    def _read(self, line, name, cell, given):
        """Put what a cell says into `given`, or report every fault of it."""
        try:
            given[name] = BY_NAME[name].read(cell, self.directory)
        except UnknownNameError as first:
            line.refused.add(name)
            for error in (first, *first.others):
                self.plan.add_unknown(error.role, error.name)
                self._report(line, name, str(error), "unknown_name")
        except CellError as error:
            line.refused.add(name)
            self._report(line, name, str(error), "invalid")

    def _keep(self, line, code, given, read, column):
        """Keep a line for comparison unless another has the same code."""
        digest = json.dumps(given, sort_keys=True)
        if code not in self.seen:
            self.seen[code] = (line.number, digest)
            read[code] = (line, given)
            return
        number, other = self.seen[code]
        if other == digest:
            message = _("duplicate of row %s, the same in all columns") % number
            self._warn(line, column, message, "duplicate")
        else:
            words = (
                _("conflict with row %s: same code, different content")
                if column == "code"
                else _("conflict with row %s: same number or title, different content")
            )
            self._report(line, column, words % number, "conflict")

    def _compare(self, line, code, given, policy):
        before = snapshot(policy) if policy else None
        self.state.update(json.dumps([code, before], sort_keys=True).encode())
        if before is None:
            start = EMPTY | {"code": code, "is_published": self.options.publish}
        else:
            start = before
            self._say_kept(line, before)
            keep_number(given, before)
        after = start | given
        after["topics"] = sorted(after["topics"])
        self._state_status(line, start, given, after)
        if not after["level"] and (level := self.directory.level(after["issuers"])):
            after["level"] = level
            message = _("Level taken from the issuing bodies: %s.")
            self._warn(line, "level", message % Policy.Level(level).label, "level")
        if after == before:
            self.plan.unchanged += 1
            return
        is_whole = self._is_whole(line, after, is_new=before is None)
        has_source = self._has_source(line, after)
        if is_whole and has_source:
            self._suspect(line, before, after)
            kind = "new" if before is None else "changed"
            self.plan.add_step(Step(kind, line.number, code, before, after))

    def _state_status(self, line, start, given, after):
        """A status in a cell becomes an event that says who stated it, and when."""
        stated = stated_in(after["events"])
        if "status" in given and given["status"] not in (start["status"], stated):
            if after["events"] != start["events"] and stated != start["status"]:
                message = _("The status and the events of this row differ.")
                self._report(line, "status", message, "conflict")
                return
            after["events"] = with_stated(
                after["events"],
                given["status"],
                day=self.today,
                source=self.plan.file_name,
            )
        after["status"] = stated_in(after["events"])
        for act in acts_in(after["events"]):
            self.named.setdefault(act, (line, "events"))
        for act in others_in(after["relations"]):
            self.named.setdefault(act, (line, "relations"))

    def _check_named(self):
        """Check that the acts named by events are in the library or in the file."""
        known = Policy.objects.filter(code__in=self.named).values_list(
            "code", flat=True
        )
        for act in sorted(set(self.named) - set(self.seen) - set(known)):
            message = _("The library has no act %s; name it in quotation marks.") % act
            line, column = self.named[act]
            self._report(line, column, message, "unknown_act")

    def _say_kept(self, line, before):
        """An empty cell never erases anything, nor does a mark such as “—”."""
        for name, cell in line.cells.items():
            if is_empty(cell) and before[name] not in ("", [], False):
                message = _("The stored text is kept: the cell is empty.")
                self._warn(line, name, message, "kept")

    def _is_whole(self, line, after, is_new):
        missing = [c for c in COLUMNS if c.is_required and not after[c.name]]
        for column in missing:
            if not is_empty(line.cells.get(column.name, _BLANK)):
                continue  # the error of this cell is already reported
            new, other = _("This is needed for a new policy."), _("This is required.")
            message = new if is_new else other
            self._report(line, column.name, message, "missing")
        return not missing

    def _has_source(self, line, after):
        """Check that a published act leads readers to its page or text, or says why
        not."""
        leads = ("source_url", "text_zh_hans", "text_en", "no_source_reason")
        if not after["is_published"] or any(after.get(name) for name in leads):
            return True
        if not all(is_empty(line.cells.get(name, _BLANK)) for name in leads):
            return False  # the error of this cell is already reported
        message = _("Give the official page or the text, or say why there is neither.")
        self._report(line, "no_source_reason", message, "missing")
        return False

    def _suspect(self, line, before, after):
        """Report what is possible but most likely a mistake; an editor has to tick
        it."""
        was_found = after["code"] in self.found
        for name, message, kind in doubts_about(before, after, self.today, was_found):
            self._doubt(line, name, message, kind)
        number = after["document_number"]
        other = number and self.numbers.setdefault(number, after["code"])
        is_new = number != (before or {}).get("document_number")
        if other and other != after["code"] and is_new:
            message = _("%s has this document number too.") % other
            self._doubt(line, "document_number", message, "number")

    def _learn_numbers(self, read):
        """The acts that already have the document numbers of these lines."""
        given = [fields.get("document_number") for _line, fields in read.values()]
        known = Policy.objects.filter(document_number__in=filter(None, given))
        for number, code in known.values_list("document_number", "code"):
            self.numbers.setdefault(number, code)

    def _absent(self):
        published = Policy.objects.published().order_by("code")
        codes = [
            code
            for code in published.values_list("code", flat=True).iterator()
            if code not in self.seen
        ]
        self.plan.absent = len(codes)
        if not self.options.withdraw_absent:
            return
        for start in range(0, len(codes), OBJECTS_AT_ONCE):
            part = stored_policies(codes[start : start + OBJECTS_AT_ONCE])
            for code, policy in part.items():
                before = snapshot(policy)
                self.state.update(json.dumps(before, sort_keys=True).encode())
                after = before | {"is_published": False}
                self.plan.add_step(Step("withdrawn", 0, code, before, after))

    def _report(self, line, name, message, kind):
        self.plan.refuse(self._problem(line, name, message, kind))

    def _warn(self, line, name, message, kind):
        self.plan.warnings.append(self._problem(line, name, message, kind))

    def _doubt(self, line, name, message, kind):
        self.plan.suspicious.append(self._problem(line, name, message, kind))

    def _problem(self, line, name, message, kind):
        value = line.cells.get(name, _BLANK).plain[:200]
        return Problem(
            line.number, str(BY_NAME[name].label), value, message, line.sheet, kind
        )
