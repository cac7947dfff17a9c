"""The template for a file of observations, and what its columns can mean."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from datasets.imports.file_templates import FileTemplate
from datasets.models import Breakdown, Indicator, Observation, Region, Source
from datasets.units import Unit

# The names of each column: in files written by programs, and in Chinese.
COLUMNS = (
    ("indicator", "指标"),
    ("region", "地区"),
    ("period", "时期"),
    ("breakdown", "分组"),
    ("value", "数值"),
    ("unit", "单位"),
    ("status", "状态"),
    ("source", "来源"),
    ("note", "备注"),
)
MORE = (("note_en", "英文备注"), ("vintage", "版本"), ("qualifier", "限定"))
LABELLED = "code", "Chinese", "English"


def column_choices() -> list[tuple[str, str]]:
    """(name, label) of everything a column can mean, including an indicator."""
    columns = [(name, _heading(name, chinese)) for name, chinese in (*COLUMNS, *MORE)]
    indicators = [
        (indicator.code, indicator.title) for indicator in Indicator.objects.all()
    ]
    return columns + indicators


def observation_template() -> FileTemplate:
    """Headings in the editor's language, an example row, and the lists of codes."""
    indicator = Indicator.objects.order_by("code").first()
    region = Region.objects.order_by("code").first()
    source = Source.objects.order_by("code").first()
    example = [
        indicator.code if indicator else "",
        region.code if region else "",
        "2023",
        "",
        "123.4",
        indicator.unit if indicator else "",
        "A",
        source.code if source else "",
        "",
    ]
    headings = [_("Code"), _("Chinese"), _("English")]
    lists = [
        (_("Indicators"), [*headings, _("Unit")], _rows(Indicator, "title", "unit")),
        (_("Regions"), headings, _rows(Region, "name")),
        (_("Sources"), headings, _rows(Source, "title")),
        (_("Breakdowns"), headings, _rows(Breakdown, "title")),
        (_("Units"), headings[:2], [[code, str(name)] for code, name in Unit.choices]),
        (
            _("Statuses"),
            headings[:2],
            [[code, str(name)] for code, name in Observation.Status.choices],
        ),
    ]
    return FileTemplate([_heading(*names) for names in COLUMNS], [example], lists)


def _heading(name, chinese):
    return chinese if (get_language() or "").startswith("zh") else name


def _rows(model, name, *more):
    fields = "code", f"{name}_zh_hans", f"{name}_en", *more
    rows = model.objects.order_by("code").values_list(*fields)
    return [[text or "" for text in row] for row in rows]
