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
    """Observations as readers see them: value with unit and status, source.

    What a value is a part of, or its edition, stands below the name that begins its
    row, and its status below the value: most values have neither.
    """

    indicator = tables.Column(order_by=("indicator__code",))
    region = tables.Column(order_by=("region__code",), attrs=INLINE)
    period = tables.Column(order_by=("period_start",), attrs=SHORT)
    value = tables.Column(
        attrs={"td": {"class": "number inline"}, "th": {"class": "number"}}
    )
    source = tables.Column(linkify=lambda record: record.source.get_absolute_url())
    note = tables.Column(orderable=False, default="")

    class Meta:
        model = Observation
        fields = ("indicator", "region", "period", "value", "source", "note")
        sequence = fields
        empty_text = _("No published values.")

    def __init__(self, *args, breakdowns=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.breakdowns = dict(breakdowns)

    def row_key(self):
        return (state_of(self.breakdowns),)

    def render_indicator(self, value, record):
        return self.begun(linked(value), record)

    def render_region(self, value, record):
        link = linked(value)
        return self.begun(link, record) if "indicator" in self.exclude else link

    def begun(self, link, record):
        """The first cell of a row: a link, and which part and edition the value is."""
        codes = [code for code in (record.breakdown, record.vintage) if code]
        if not codes:
            return link
        parts = " · ".join(self.breakdowns.get(code, code) for code in codes)
        return format_html('{} <span class="muted">{}</span>', link, unbroken(parts))

    def render_source(self, value):
        return unbroken(value)

    def render_period(self, value):
        return period_words(value)

    def render_value(self, record):
        value = format_html(
            '<data value="{}">{}</data>', record.plain_value, record.qualified_value
        )
        # What is so of almost every value is left out.
        if record.is_flagged:
            said = '{} <span class="muted">{}</span>'
            value = format_html(said, value, record.plain_status)
        if record.first_value:
            revised = _("revised; first published as %(value)s") % {
                "value": record.first_value
            }
            value = format_html('{} <span class="muted">{}</span>', value, revised)
        return value

    def render_note(self, value, record):
        if get_language() == "en" or record.note_zh_hans:
            return marked(value)
        return format_html('<span lang="en">{}</span>', value)


def linked(record):
    """The name of a record as a link to its page."""
    return format_html(
        '<a href="{}">{}</a>', record.get_absolute_url(), unbroken(record)
    )
