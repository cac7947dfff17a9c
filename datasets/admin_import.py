"""The editors' pages of the import of observations."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from .importing.importer import observations
from .imports.admin import ImportPages
from .imports.forms import AgainMixin, OptionsForm, UploadMixin
from .models import Indicator, Observation, Revision, Source
from .units import Unit

SHOWN = 200


class ValueOptions(OptionsForm):
    """What is said for rows that do not say it."""

    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=_("Source of rows that name none"),
        required=False,
        to_field_name="code",
        widget=UnfoldAdminSelectWidget,
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.all(),
        label=_("Indicator of rows that name none"),
        required=False,
        to_field_name="code",
        widget=UnfoldAdminSelectWidget,
    )
    region = forms.CharField(
        label=_("Region of rows that name none"),
        required=False,
        max_length=120,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("A code or a name, such as 520000 or 贵州."),
    )
    unit = forms.ChoiceField(
        label=_("Unit of rows that name none"),
        required=False,
        choices=[("", "—"), *Unit.choices],
        widget=UnfoldAdminSelectWidget,
    )


class UploadForm(UploadMixin, ValueOptions):
    """A file, and what it does not say."""


class AgainForm(AgainMixin, ValueOptions):
    """The same file read in another way."""

    withdraw_absent = forms.BooleanField(
        label=_(
            "Withdraw the published values of these series that are not in the file"
        ),
        required=False,
    )


class ObservationPages(ImportPages):
    importer = observations
    permission = "datasets.import_observation"
    rows = "datasets_observation"
    batches = "datasets_importbatch"
    title = _("Import observations")
    columns = "indicator, region, period, breakdown, value, unit, status, source, note"
    columns_help = _(
        "Headings may be Chinese or English. Years may be columns, the unit may stand "
        "in brackets or in a line above the table."
    )
    outdated = _("The series changed since this preview; nothing was written.")
    upload_form = UploadForm
    again_form = AgainForm
    preview_template = "admin/datasets/import_preview.html"

    def preview_context(self, preview):
        return {"charts": preview.charts()}


pages = ObservationPages()


def batch_context(pk):
    """What the page of a batch shows: each value before and after."""
    versions = Revision.objects.filter(replaced_by=pk).select_related(
        "observation__indicator", "observation__region"
    )
    added = (
        Observation.objects.filter(batch=pk)
        .exclude(revisions__replaced_by=pk)
        .with_labels()
    )
    return {"versions": versions[:SHOWN], "added": added[:SHOWN]}
