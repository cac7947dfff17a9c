"""The editors' pages of the import of observations."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from cbec_site.base.limits import BATCH_SHOWN

from .importing.file_template import column_choices, observation_template
from .importing.importer import observations
from .imports.admin import ImportPages
from .imports.forms import AgainMixin, OptionsForm, UploadMixin
from .imports.mapping_pages import MappedRole, objects_of
from .models import Breakdown, Figure, Indicator, Observation, Region, Revision, Source
from .units import Unit


class ValueOptions(OptionsForm):
    """Defaults for rows that do not state these."""

    source = forms.ModelChoiceField(
        Source.objects.all(),
        label=_("Source, if the file names none"),
        required=False,
        to_field_name="code",
        widget=UnfoldAdminSelectWidget,
    )
    indicator = forms.ModelChoiceField(
        Indicator.objects.all(),
        label=_("Indicator, if the file names none"),
        required=False,
        to_field_name="code",
        widget=UnfoldAdminSelectWidget,
    )
    region = forms.CharField(
        label=_("Region, if the file names none"),
        required=False,
        max_length=120,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("A code or a name, such as 520000 or 贵州."),
    )
    unit = forms.ChoiceField(
        label=_("Unit, if the file names none"),
        required=False,
        choices=[("", "—"), *Unit.choices],
        widget=UnfoldAdminSelectWidget,
    )
    drafts = forms.BooleanField(
        label=_("Import new values as drafts"),
        required=False,
        help_text=_("Readers see them once somebody publishes them."),
    )


class UploadForm(UploadMixin, ValueOptions):
    """A file, and options for what it does not state."""


class AgainForm(AgainMixin, ValueOptions):
    """The same file, read with other options."""

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
        "Headings may be Chinese or English. Years may be columns; the unit may be "
        "in brackets or in a line above the table."
    )
    outdated = _("The series changed since this preview; nothing was written.")
    upload_form = UploadForm
    again_form = AgainForm
    roles = {
        "column": MappedRole(_("Column"), column_choices),
        "indicator": MappedRole(
            _("Indicator"),
            objects_of(Indicator, "title"),
            Indicator,
            ("code", "title_zh_hans", "title_en", "unit", "decimals", "kind"),
        ),
        "region": MappedRole(
            _("Region"),
            objects_of(Region, "name"),
            Region,
            ("code", "name_zh_hans", "name_en", "kind", "parent"),
        ),
        "source": MappedRole(
            _("Source"),
            objects_of(Source, "title"),
            Source,
            ("code", "title_zh_hans", "title_en", "url"),
        ),
        "breakdown": MappedRole(
            _("Breakdown"),
            objects_of(Breakdown, "title"),
            Breakdown,
            ("code", "title_zh_hans", "title_en"),
        ),
        "unit": MappedRole(_("Unit"), lambda: list(Unit.choices)),
    }
    preview_template = "admin/datasets/import_preview.html"
    rows_template = "admin/datasets/import_rows.html"

    def file_template(self):
        return observation_template()

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
    written = Observation.objects.filter(batch=pk)
    return {
        "versions": versions[:BATCH_SHOWN],
        "added": added[:BATCH_SHOWN],
        "written_pages": _pages(written),
    }


def _pages(written):
    """(title, address) of the public pages that show what a batch wrote."""
    public = written.published()
    indicators = Indicator.objects.published()
    pages = [
        (row.title, row.get_absolute_url())
        for row in indicators.filter(pk__in=public.values("indicator"))[:BATCH_SHOWN]
    ]
    figures = Figure.objects.published().filter(points__observation__in=public)
    pages += [
        (f"{figure.number} {figure.title}", figure.get_absolute_url())
        for figure in figures.distinct()[:BATCH_SHOWN]
    ]
    return pages
