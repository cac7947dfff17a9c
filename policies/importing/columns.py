"""The columns of a file of policies: how a cell is read, and what is stored for it.

A column stores plain text, a flag or a list of codes, so that a policy is one
dictionary (`snapshots`), used for files, for batches and to undo them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from cbec_site.base.languages import LANGUAGES
from cbec_site.base.official_hosts import is_official
from datasets.importing.cells import is_missing_mark
from datasets.importing.dates import read_date
from datasets.importing.times import PeriodError
from datasets.spreadsheets.folding import fold_case, join_lines, tidy_name
from datasets.spreadsheets.sheets import Cell
from policies.document_numbers import official_form
from policies.force import Stated
from policies.models import Policy

from .bodies import CellError, Directory
from .events import read_events
from .relations import read_relations

_YES = frozenset("yes y true 1 是 √ ✓".split())
_NO = frozenset("no n false 0 否 × ✗".split())


@dataclass(frozen=True)
class Column:
    """A column: its name in files, its label, what else it may be called.

    `read` turns a filled cell (a `Cell`) into what is stored, with `Directory` to look
    codes up; it raises CellError. `kind` is what its codes stand for: choices, or a
    role of `Directory`.
    """

    name: str
    label: str
    headings: str
    read: Callable
    is_required: bool = False
    kind: type | str | None = None

    def text(self, value) -> str:
        """What is stored, as a file has it."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return ";".join(value) if isinstance(value, list) else value

    def words(self, value, directory: Directory) -> str:
        """What is stored, as a page prints it: names in place of codes."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list):
            names = (directory.name(self.kind, code) for code in value)
            return "\n".join(names)
        return self.kind(value).label if self.kind and value else value


def _text(field_name):
    """One line of text, as long as the field takes."""

    def read(cell, directory):
        plain = re.sub(r"\s+", " ", _visible(join_lines(cell.text))).strip()
        limit = Policy._meta.get_field(field_name).max_length
        if limit and len(plain) > limit:
            raise CellError(
                _("Longer than %(limit)s characters (%(length)s).")
                % {"limit": limit, "length": len(plain)}
            )
        return plain

    return read


def _prose(cell, directory):
    """Text that may have several lines."""
    return re.sub(r"\r\n?", "\n", _visible(cell.text)).strip()


def _listed(read):
    """Text with one thing a line, each read from the line as written."""
    return lambda cell, directory: read(cell.text, directory)


def _visible(text):
    """Without invisible characters; line breaks stay."""
    return "".join(c for c in text if c.isprintable() or c in "\t\r\n \u3000\u00a0")


def _code(cell, directory):
    try:
        return Policy._meta.get_field("code").clean(cell.plain, None)
    except ValidationError as error:
        raise CellError(" ".join(error.messages)) from None


def _number(cell, directory):
    """A document number with its year in the official brackets: 国函〔2020〕47号."""
    return official_form(tidy_name(_text("document_number")(cell, directory)))


def _date(cell, directory):
    """2021, 2021-03 or 2021-03-19, by the rule that also reads the periods of
    figures."""
    try:
        return read_date(cell.text)
    except PeriodError as error:
        raise CellError(str(error)) from None


def _choice(choices):
    """One of the choices, by its code or its name in either language."""

    def read(cell, directory):
        value = _names_of(choices).get(cell.plain.casefold())
        if value is None:
            labels = ", ".join(str(label) for label in choices.labels)
            raise CellError(_("Not one of: %s.") % labels)
        return value

    return read


@lru_cache
def _names_of(choices):
    """Everything that each choice may be called, and the choice."""
    columns_by_name = {}
    for value in choices.values:
        names = {value, value.replace("_", " "), *_ALIASES.get(value, ())}
        for language in LANGUAGES:
            with override(language.code):
                names.add(str(choices(value).label))
        columns_by_name |= {fold_case(name): value for name in names}
    return columns_by_name


_ALIASES = {
    "national": {"国家级", "中央"},
    "provincial": {"省级"},
    "municipal": {"市级", "市州级", "地市级"},
    "in_force": {"现行有效", "有效"},
    "expired": {"已失效", "失效", "废止", "已废止"},
    "unknown": {"不详", "待查"},
}


def _flag(cell, directory):
    key = cell.plain.casefold()
    if key in _YES or key in _NO:
        return key in _YES
    raise CellError(_("Write yes or no (是 or 否)."))


def _codes(role):
    return lambda cell, directory: directory.codes(role, cell.text)


def _address(cell, directory):
    address = _text("source_url")(cell, directory)
    if not re.fullmatch(r"https?://[^\s<>\"]+", address):
        raise CellError(_("An address must begin with http:// or https://."))
    if not is_official(address):
        message = _("This is not a page of an authority (gov.cn): put it in the note.")
        raise CellError(message)
    return address


COLUMNS = (
    Column("code", _("code"), "policy_id 编号 编码 政策编号", _code, True),
    Column(
        "title_zh_hans",
        _("title (Chinese)"),
        "title_zh title 标题 名称 政策名称 文件名称 文件标题 中文标题",
        _text("title"),
        True,
    ),
    Column("title_en", _("title (English)"), "英文标题 英文名称", _text("title")),
    Column(
        "document_number", _("document number"), "doc_number 文号 发文字号", _number
    ),
    Column("is_number_confirmed", _("document number confirmed"), "文号已核实", _flag),
    Column(
        "issuers",
        _("issuing bodies"),
        "issuer issued_by 发文机关 发文单位 发文机构 发布机构 发布机关 发布单位 "
        "制定机关 制发机关 印发机关 印发单位 颁布机关",
        _codes("issuer"),
        kind="issuer",
    ),
    Column(
        "level", _("level"), "级别 层级 层次", _choice(Policy.Level), True, Policy.Level
    ),
    Column(
        "kind",
        _("kind of document"),
        "文种",
        _choice(Policy.DocumentKind),
        kind=Policy.DocumentKind,
    ),
    Column(
        "written",
        _("date written"),
        "date_written written_on 成文日期 成文时间 发文日期",
        _date,
    ),
    Column("is_written_confirmed", _("date written confirmed"), "日期已核实", _flag),
    Column(
        "published",
        _("date published"),
        "date_published published_on 发布日期 发布时间 公布日期",
        _date,
    ),
    Column(
        "status",
        _("status"),
        "状态 效力 效力状态 时效 时效性 有效性",
        _choice(Stated),
        kind=Stated,
    ),
    Column("events", _("events"), "event 沿革 事件", _listed(read_events)),
    Column("relations", _("relations"), "relation 关系", _listed(read_relations)),
    Column("topics", _("topics"), "topic 主题 主题分类", _codes("topic"), kind="topic"),
    Column(
        "summary_zh_hans",
        _("summary (Chinese)"),
        "summary_zh summary 摘要 内容提要 主要内容 中文摘要",
        _prose,
    ),
    Column("summary_en", _("summary (English)"), "英文摘要", _prose),
    Column(
        "source_url", _("official page"), "url 网址 链接 原文链接 来源网址", _address
    ),
    Column("text_zh_hans", _("text of the act (Chinese)"), "text_zh 正文 全文", _prose),
    Column("text_en", _("text of the act (English)"), "英文正文", _prose),
    Column(
        "text_scope",
        _("how much of it"),
        "正文范围",
        _choice(Policy.TextScope),
        kind=Policy.TextScope,
    ),
    Column(
        "licence_note_zh_hans",
        _("terms of the text (Chinese)"),
        "licence_note_zh 正文使用条款",
        _text("licence_note"),
    ),
    Column(
        "licence_note_en", _("terms of the text (English)"), "", _text("licence_note")
    ),
    Column(
        "no_source_reason",
        _("why neither address nor text"),
        "无官方来源的原因",
        _prose,
    ),
    Column("in_table_1", _("in Table 1 of the study"), "表1", _flag),
    Column(
        "paper_location",
        _("location in the paper"),
        "location",
        _text("paper_location"),
    ),
    Column("verification", _("verification note"), "核实说明", _prose),
    Column("is_published", _("published"), "已公开 是否公开", _flag),
)
NOTHING = ("", [], False)
BY_NAME = {column.name: column for column in COLUMNS}
# Columns of our own files that repeat a code in words.
LABELS = frozenset(["issuers_zh", "issuers_en", "topics_zh", "topics_en"])


def _heading(plain):
    return re.sub(r"[\s_:*()]+", "", plain).casefold()


_ROLES = {
    _heading(word): column.name
    for column in COLUMNS
    for word in (column.name, *column.headings.split())
}


def column_of(plain: str) -> Column | None:
    """The column that a folded heading names in either language; None when it names
    none."""
    name = _ROLES.get(_heading(plain))
    return name and BY_NAME[name]


def is_empty(cell: Cell) -> bool:
    """Whether a cell is blank or has one of the marks for "missing"."""
    return len(cell.text) < 40 and is_missing_mark(cell.plain)


def differences(
    before: dict | None, after: dict | None, directory: Directory
) -> list[tuple[str, str, str]]:
    """(label, before, after) of each column in which two snapshots differ, in words.

    If one side is None, every filled column of the other.
    """
    before, after = before or {}, after or {}
    return [
        (column.label, column.words(old, directory), column.words(new, directory))
        for column in COLUMNS
        if (old := before.get(column.name, "")) != (new := after.get(column.name, ""))
        and (old not in NOTHING or new not in NOTHING)
    ]
