"""The columns of policies for import and export in the admin."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets

from cbec_site.models import parse_partial_date, partial_date_text

from .models import Issuer, Policy, PolicyIssuer, Topic


class CodesWidget(widgets.ManyToManyWidget):
    """Codes joined by semicolons; an unknown one is named."""

    def clean(self, value, row=None, **kwargs):
        codes = [code.strip() for code in (value or "").split(";") if code.strip()]
        found = {item.code: item for item in self.model.objects.filter(code__in=codes)}
        if unknown := [code for code in codes if code not in found]:
            raise ValueError(_("Unknown code: %s") % ", ".join(unknown))
        return [found[code] for code in codes]


class PartialDateWidget(widgets.Widget):
    """2021, 2021-03 or 2021-03-19."""

    def clean(self, value, row=None, **kwargs):
        try:
            return parse_partial_date((value or "").strip())
        except ValueError:
            raise ValueError(_("Write 2021, 2021-03 or 2021-03-19.")) from None


class PartialDateField(fields.Field):
    """A date and its precision in one column."""

    def __init__(self, name):
        super().__init__(column_name=name, attribute=name, widget=PartialDateWidget())
        self.name = name

    def get_value(self, instance):
        return partial_date_text(
            getattr(instance, f"{self.name}_on"),
            getattr(instance, f"{self.name}_precision"),
        )

    def export(self, instance, **kwargs):
        return self.get_value(instance)

    def save(self, instance, row, is_m2m=False, **kwargs):
        if row.get(self.column_name):
            date, precision = self.clean(row, **kwargs)
            setattr(instance, f"{self.name}_on", date)
            setattr(instance, f"{self.name}_precision", precision)


class FilledField(fields.Field):
    """A column whose empty cell leaves what is stored."""

    def save(self, instance, row, is_m2m=False, **kwargs):
        if row.get(self.column_name) not in (None, ""):
            super().save(instance, row, is_m2m, **kwargs)


class IssuersField(FilledField):
    """Issuing bodies in the order of the document."""

    def __init__(self):
        super().__init__(
            column_name="issuers",
            attribute="issuers",
            widget=CodesWidget(Issuer, separator=";", field="code"),
            m2m_add=False,
        )

    def get_value(self, instance):
        return instance.issuer_list if instance.pk else []

    def export(self, instance, **kwargs):
        return ";".join(issuer.code for issuer in self.get_value(instance))

    def save(self, instance, row, is_m2m=False, **kwargs):
        if not is_m2m or not row.get(self.column_name):
            return
        wanted = self.clean(row, **kwargs)
        if wanted == self.get_value(instance):
            return
        instance.policyissuer_set.all().delete()
        PolicyIssuer.objects.bulk_create(
            PolicyIssuer(policy=instance, issuer=issuer, position=position)
            for position, issuer in enumerate(wanted)
        )


PLAIN = (
    "title_zh_hans",
    "title_en",
    "document_number",
    "level",
    "status",
    "summary_zh_hans",
    "summary_en",
    "source_url",
    "paper_location",
    "verification",
)
FLAGS = ("in_table_1", "is_number_confirmed", "is_written_confirmed", "is_published")


class PolicyResource(resources.ModelResource):
    """One row per policy, keyed by its code; what the file does not say stays."""

    issuers = IssuersField()
    written = PartialDateField("written")
    published = PartialDateField("published")
    topics = FilledField(
        column_name="topics",
        attribute="topics",
        widget=CodesWidget(Topic, separator=";", field="code"),
    )

    class Meta:
        model = Policy
        import_id_fields = ("code",)
        fields = ("code", *PLAIN, *FLAGS, "issuers", "written", "published", "topics")
        export_order = fields
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        for name in (*PLAIN, *FLAGS):
            self.fields[name] = FilledField(
                column_name=name,
                attribute=name,
                widget=widgets.BooleanWidget()
                if name in FLAGS
                else widgets.CharWidget(),
            )

    def get_queryset(self):
        return Policy.objects.prefetch_related("policyissuer_set__issuer", "topics")

    def before_import(self, dataset, **kwargs):
        """Unknown columns are refused, not ignored."""
        unknown = set(dataset.headers or ()) - {
            f.column_name for f in self.get_fields()
        }
        if unknown:
            raise ValidationError(
                _("Unknown columns: %s") % ", ".join(sorted(map(str, unknown)))
            )

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Unchanged when no column that the file fills differs."""
        if instance.pk is None or import_validation_errors:
            return False
        for field in self.get_import_fields():
            cell = row.get(field.column_name)
            if cell in (None, ""):
                continue
            if str(field.export(original)) != str(cell):
                return False
        return True
