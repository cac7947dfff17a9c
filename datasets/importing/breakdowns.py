"""Breakdowns as files name them: by code, by title, or as new ones."""

from collections.abc import Callable, Iterator
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _

from cbec_site.base.languages import LANGUAGES
from datasets.imports.mappings import name_key
from datasets.models import Breakdown, Observation
from datasets.spreadsheets.folding import fold_key
from datasets.spreadsheets.problems import Problem


class Breakdowns:
    """What the breakdowns of a file are stored as.

    `mapping` says what an editor decided they stand for, "" to leave their rows out. A
    new one is stored as it is written, and `add_unknown` lists it so that an editor can
    map it to an existing one.
    """

    def __init__(self, mapping: dict[str, str], add_unknown: Callable[..., None]):
        self.mapping, self.add_unknown = mapping, add_unknown
        self.renamed: dict[str, str] = {}
        self.new: set[str] = set()
        self.stored: dict[int, set[str]] = {}

    @cached_property
    def known(self) -> dict[str, str]:
        """The codes of all that have a title, by code and by title."""
        codes: dict[str, str] = {}
        rows = list(Breakdown.objects.all())
        for row in rows:
            codes[fold_key(row.code)] = row.code
        for row in rows:
            for language in LANGUAGES:
                title = getattr(row, f"title_{language.column}") or ""
                codes.setdefault(fold_key(title), row.code)
        return codes

    def is_wanted(self, text: str) -> bool:
        """Whether the rows of a breakdown are kept, unless an editor leaves them
        out."""
        return not text or self.mapping.get(name_key(text)) != ""

    def read(self, text: str, indicator: int) -> str:
        """The code that a breakdown stands for, or the text of a new one."""
        if not text:
            return ""
        if mapped := self.mapping.get(name_key(text)):
            return mapped
        key = fold_key(text)
        if key in self._stored(indicator):
            return text
        code = self.known.get(key)
        if code is None:
            if len(self.new) < settings.IMPORT_SHOWN and key not in self.new:
                self.new.add(key)
                self.add_unknown("breakdown", name_key(text), 0)
            return text
        if key != fold_key(code):
            self.renamed[text] = code
        return code

    def renamed_warnings(self) -> Iterator[Problem]:
        """A warning for each title that was read as a code."""
        for text, code in self.renamed.items():
            message = _("read as the breakdown “%s”, whose title it is") % code
            yield Problem(0, "breakdown", text, message, kind="breakdown")

    def _stored(self, indicator):
        """The breakdowns under which an indicator has values already."""
        if indicator not in self.stored:
            rows = Observation.objects.filter(indicator=indicator).exclude(breakdown="")
            names = rows.order_by().values_list("breakdown", flat=True).distinct()
            self.stored[indicator] = set(map(fold_key, names))
        return self.stored[indicator]
