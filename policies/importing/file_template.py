"""The template of a file of policies, and what a column of one may mean."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from datasets.imports.file_templates import FileTemplate
from policies.force import Stated
from policies.models import Issuer, Policy, Topic

from .columns import COLUMNS
from .snapshots import snapshot

# The columns of an authority's list; the others need not be filled in.
USUAL = (
    ("title_zh_hans", "标题"),
    ("title_en", "英文标题"),
    ("document_number", "文号"),
    ("issuers", "发文机关"),
    ("written", "成文日期"),
    ("published", "发布日期"),
    ("status", "状态"),
    ("topics", "主题"),
    ("summary_zh_hans", "摘要"),
    ("source_url", "网址"),
)


def column_choices() -> list[tuple[str, str]]:
    """(name, label) of all that a column may mean."""
    return [(column.name, str(column.label)) for column in COLUMNS]


def policy_template() -> FileTemplate:
    """Headings in the editor's language, an act as an example, the lists of codes."""
    is_chinese = (get_language() or "").startswith("zh")
    policy = Policy.objects.published().with_labels().order_by("code").first()
    example = {}
    if policy is not None:
        example = {
            "title_zh_hans": policy.title_zh_hans or policy.title,
            "issuers": ";".join(body.code for body in policy.issuer_list),
            "published": policy.published_text,
            "status": snapshot(policy)["status"],
        }
    headings = [_("Code"), _("Chinese"), _("English")]
    return FileTemplate(
        [chinese if is_chinese else name for name, chinese in USUAL],
        [[example.get(name) or "" for name, _chinese in USUAL]],
        [
            (_("Issuing bodies"), headings, _rows(Issuer)),
            (_("Topics"), headings, _rows(Topic)),
            (
                _("Statuses"),
                headings[:2],
                [[code, str(label)] for code, label in Stated.choices],
            ),
        ],
    )


def _rows(model):
    rows = model.objects.order_by("code")
    rows = rows.values_list("code", "name_zh_hans", "name_en")
    return [[text or "" for text in row] for row in rows]
