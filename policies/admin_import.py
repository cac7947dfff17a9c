"""The editors' pages of the import of policies."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cbec_site.base.limits import BATCH_SHOWN
from datasets.imports.admin import ImportPages
from datasets.imports.forms import AgainMixin, OptionsForm, UploadMixin
from datasets.imports.mapping_pages import MappedRole, objects_of

from .importing.bodies import Directory
from .importing.columns import COLUMNS, differences
from .importing.file_template import column_choices, policy_template
from .importing.importer import policies
from .models import Issuer, Policy, PolicyChange, Topic


class PolicyOptions(OptionsForm):
    """The values for policies that leave them out."""

    publish = forms.BooleanField(
        label=_("Publish new policies at once"),
        required=False,
        help_text=_("Otherwise they are drafts until somebody publishes them."),
    )


class UploadForm(UploadMixin, PolicyOptions):
    """A file, and what it leaves out."""


class AgainForm(AgainMixin, PolicyOptions):
    """The same file read in another way."""

    withdraw_absent = forms.BooleanField(
        label=_("Withdraw every published policy that is not in the file"),
        required=False,
    )


class PolicyPages(ImportPages):
    importer = policies
    permission = "policies.import_policy"
    rows = "policies_policy"
    batches = "policies_policybatch"
    title = _("Import policies")
    columns = ", ".join(column.name for column in COLUMNS)
    columns_help = _(
        "Headings may be Chinese or English. One policy a row, found by its code, "
        "number or title; an empty cell leaves what is stored. Codes and levels may be "
        "left out. Several bodies may be divided by any mark."
    )
    outdated = _("A policy changed since this preview; nothing was written.")
    upload_form = UploadForm
    again_form = AgainForm
    roles = {
        "column": MappedRole(_("Column"), column_choices),
        "issuer": MappedRole(
            _("Issuing body"),
            objects_of(Issuer, "name"),
            Issuer,
            ("code", "name_zh_hans", "name_en"),
        ),
        "topic": MappedRole(
            _("Topic"),
            objects_of(Topic, "name"),
            Topic,
            ("code", "name_zh_hans", "name_en"),
        ),
    }
    preview_template = "admin/policies/import_preview.html"
    rows_template = "admin/policies/import_rows.html"

    def file_template(self):
        return policy_template()

    def preview_context(self, preview):
        return self.rows_context(preview.steps)

    def rows_context(self, rows):
        directory = Directory()
        return {
            "steps": [
                (step, differences(step.before, step.after, directory)) for step in rows
            ]
        }


pages = PolicyPages()


def batch_context(pk):
    """What the page of a batch shows: each policy before and after."""
    changes = PolicyChange.objects.filter(batch=pk)
    directory = Directory()
    return {
        "change_count": changes.count(),
        "written_pages": [
            (policy.title, policy.get_absolute_url())
            for policy in Policy.objects.published().filter(
                code__in=changes.values("code")
            )[:BATCH_SHOWN]
        ],
        "changes": [
            (change, differences(change.before, change.after, directory))
            for change in changes[:BATCH_SHOWN]
        ],
    }
