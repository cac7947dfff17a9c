import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cbec_site.base.dates import period as period_words
from cbec_site.base.foreign import marked
from cbec_site.base.line_breaks import unbroken
from cbec_site.base.reads import state_of

from .models import Observation

# Cells that share one line where a row is shown as a card.
INLINE = {"td": {"class": "inline"}}
# Columns whose words are never broken: 中国 on two lines is hard to read.
SHORT = {"cell": {"class": "whole inline"}}


class ObservationTable(tables.Table):
    """Observations as readers see them: value with unit, status in words, source."""

    indicator = tables.Column(
        linkify=lambda record: record.indicator.get_absolute_url(),
        order_by=("indicator__code",),
    )
    region = tables.Column(
        linkify=lambda record: record.region.get_absolute_url(),
        order_by=("region__code",),
        attrs=SHORT,
    )
    period = tables.Column(order_by=("period_start",), attrs=SHORT)
    breakdown = tables.Column(empty_values=(), attrs=INLINE)
    value = tables.Column(
        attrs={"td": {"class": "number inline"}, "th": {"class": "number"}}
    )
    status = tables.Column(attrs=SHORT)
    source = tables.Column(linkify=lambda record: record.source.get_absolute_url())
    note = tables.Column(orderable=False)

    class Meta:
        model = Observation
        fields = (
            "indicator",
            "region",
            "period",
            "breakdown",
            "value",
            "status",
            "source",
            "note",
        )
        sequence = fields
        empty_text = _("No published values.")

    def __init__(self, *args, breakdowns=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.breakdowns = dict(breakdowns)

    def row_key(self):
        return (state_of(self.breakdowns),)

    def render_indicator(self, value):
        return unbroken(value)

    def render_source(self, value):
        return unbroken(value)

    def render_period(self, value):
        return period_words(value)

    def render_breakdown(self, value, record):
        codes = [code for code in (value, record.vintage) if code]
        return " · ".join(self.breakdowns.get(code, code) for code in codes) or "—"

    def render_value(self, record):
        return format_html(
            '<data value="{}">{}</data>', record.plain_value, record.qualified_value
        )

    def render_status(self, record):
        # What is so of almost every value is left out.
        status = record.plain_status if record.is_flagged else ""
        if not record.first_value:
            return status
        revised = _("revised; first published as %(value)s") % {
            "value": record.first_value
        }
        return format_html('{} <span class="muted">{}</span>', status, revised)

    def render_note(self, value, record):
        if get_language() == "en" or record.note_zh_hans:
            return marked(value)
        return format_html('<span lang="en">{}</span>', value)
