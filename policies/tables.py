from urllib.parse import urlsplit

import django_tables2 as tables
from django.db.models import F
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cbec_site.base.dates import partial_date
from cbec_site.base.keys import with_keys
from cbec_site.base.languages import sign, text
from cbec_site.base.official_hosts import is_adviser, is_official
from cbec_site.base.search_index.folding import split_terms
from cbec_site.base.search_text import split_words
from cbec_site.base.tables import MOST_COUNTED, in_order_of

from .filters import asked_day
from .force import Force
from .indexes import EnglishTitle, PlaceOf
from .models import ForcePeriod, PilotZone, Policy
from .models.force_periods import among
from .searching import first_hits, matched_passage, rank

# Cells read at a glance, dates among them, are not broken over two lines. When rows
# are shown as cards, these share one line, labelled where needed; DETAIL is left to the
# page that a card opens.
INLINE = {"cell": {"class": "whole inline"}}
NAMED = {"cell": {"class": "whole inline named"}}
DETAIL = {"cell": {"class": "detail"}}


def in_order(queryset, name, choices, is_descending):
    """Sort by the meaning of a choice instead of its code, then by code."""
    place = PlaceOf(name, choices)
    ordered = place.desc() if is_descending else place.asc()
    return queryset.order_by(ordered, "code"), True


class PolicyTable(tables.Table):
    """Policies as readers see them; numbers and dates only if confirmed."""

    # Used for sorting, never shown.
    relevance = tables.Column(accessor="pk", visible=False)
    title = tables.Column()
    issuers = tables.Column(
        accessor="issuer_list",
        orderable=False,
        verbose_name=_("Issuing bodies"),
        attrs=DETAIL,
    )
    level = tables.Column(attrs=INLINE)
    published = tables.Column(
        accessor="published_text",
        order_by=("published_on", "code"),
        verbose_name=_("Published"),
        default="—",
        attrs=INLINE,
    )
    status = tables.Column(accessor="pk", verbose_name=_("Status"), attrs=INLINE)
    topics = tables.Column(
        accessor="topic_list", orderable=False, verbose_name=_("Topics"), attrs=DETAIL
    )

    class Meta:
        model = Policy
        fields = (
            "title",
            "issuers",
            "level",
            "published",
            "status",
            "topics",
            "relevance",
        )
        sequence = fields
        order_by = "-published"
        caption = _("Policies")
        empty_text = _("No policy matches. Remove a filter or search for other words.")

    def order_title(self, queryset, is_descending):
        title = EnglishTitle() if get_language() == "en" else F("title_zh_hans")
        ordered = title.desc() if is_descending else title.asc()
        return queryset.order_by(ordered, "code"), True

    def __init__(self, *args, words="", candidates=None, is_whole=False, **kwargs):
        """`candidates` are the acts among which the words are looked for; `is_whole`
        says that the table has all public acts."""
        # Set before the table is built, since the table sorts its rows at once.
        self.words, self.candidates, self.is_whole = words, candidates, is_whole
        super().__init__(*args, **kwargs)

    def row_key(self):
        """What a row depends on besides the act: the search words and the day."""
        return self.words, self.day

    def order_relevance(self, queryset, is_descending):
        """The best match first, then the newest act."""
        newest = F("published_on").desc(nulls_last=True)
        is_found = self.candidates is not None and split_terms(self.words)
        if is_found:
            # One more than is counted, to tell that there are more.
            keys = first_hits(self.candidates, self.words, MOST_COUNTED + 1)
            queryset = with_keys(Policy.objects.all(), keys)
        ranked = rank(queryset, self.words).order_by("-relevance", newest, "code")
        if not is_found:
            return ranked, True
        keys = ranked.values_list("pk", flat=True)
        return in_order_of(queryset, keys, Policy.objects.with_read_cells()), True

    def order_level(self, queryset, is_descending):
        return in_order(queryset, "level", Policy.Level.values, is_descending)

    def order_status(self, queryset, is_descending):
        """By the periods that contain the day, which an index has in order."""
        periods = ForcePeriod.objects.on(self.day or localdate())
        periods = periods.filter(is_published=True)
        if not self.is_whole:
            shown = queryset.order_by().values("pk")
            periods = among(periods, "policy_key", shown)
        periods, _is_sorted = in_order(periods, "force", Force.values, is_descending)
        return in_order_of(queryset, periods.values_list("policy_key", flat=True)), True

    @property
    def day(self):
        """The day that the list is for; today by default."""
        return asked_day(self.request.GET)

    def render_title(self, record):
        link = format_html(
            '<a href="{}">{}</a>', record.get_absolute_url(), text(record, "title")
        )
        if record.public_number:
            number = '{} <span class="muted detail" lang="zh-Hans">{}</span>'
            link = format_html(number, link, record.public_number)
        words = split_words(self.words)
        if passage := matched_passage(record, words, get_language() or ""):
            link = format_html('{}<p class="note match">{}</p>', link, passage)
        return link

    def render_issuers(self, value):
        names = ((text(body, "name"),) for body in value)
        return format_html_join(sign("; "), "{}", names)

    def render_published(self, value):
        return partial_date(value)

    def render_status(self, record):
        # The status of most acts is unknown: their pages say so.
        answer = record.force(self.day)
        return "—" if answer.force == Force.UNKNOWN else answer.label

    def render_topics(self, value):
        return format_html_join(
            " ",
            '<a class="tag" href="?topic={}">{}</a>',
            ((topic.code, text(topic, "name")) for topic in value),
        )


class PilotZoneTable(tables.Table):
    """Pilot zones, batch by batch."""

    batch = tables.Column(
        order_by=("batch", "code"), attrs={"cell": {"class": "number inline named"}}
    )
    place = tables.Column(accessor="region", order_by=("region__code", "code"))
    province = tables.Column(
        accessor="region",
        order_by=("region__parent__code", "region__code", "code"),
        verbose_name=_("Province"),
        attrs=INLINE,
    )
    approved = tables.Column(
        accessor="approved_text",
        order_by=("approved_on", "batch", "code"),
        verbose_name=_("Approved"),
        attrs=NAMED,
    )
    # Used for sorting; the few zones that ended say so at their names.
    ended = tables.Column(accessor="pk", order_by=("ended_on", "code"), visible=False)
    act = tables.Column(
        accessor="approved_by", orderable=False, verbose_name=_("Act"), empty_values=()
    )
    source = tables.Column(
        accessor="source_url",
        orderable=False,
        verbose_name=_("Seen at"),
        empty_values=(),
    )

    class Meta:
        model = PilotZone
        fields = (
            "place",
            "batch",
            "province",
            "approved",
            "ended",
            "act",
            "source",
        )
        sequence = fields
        order_by = "batch"
        caption = _("Pilot zones")
        empty_text = _("No pilot zone matches. Remove a filter.")

    def row_key(self):
        return ()

    def render_place(self, value, record):
        place = linked_region(value)
        if not record.ended_text:
            return place
        end = _("ended %(date)s") % {"date": partial_date(record.ended_text)}
        return format_html('{} <span class="note">{}</span>', place, end)

    def render_province(self, value):
        province = value if value.kind == value.Kind.PROVINCE else value.parent
        return linked_region(province) if province else "—"

    def render_approved(self, value):
        return partial_date(value)

    def render_act(self, value, record):
        """The act by its number, or by its title where that is not confirmed."""
        number = record.document_number if record.is_number_confirmed else ""
        number = number and format_html('<span lang="zh-Hans">{}</span>', number)
        if not value or not value.is_public:
            return number or "—"
        name = number or text(value, "title")
        return format_html('<a href="{}">{}</a>', value.get_absolute_url(), name)

    def render_source(self, value):
        if not value:
            return "—"
        host = urlsplit(value).hostname
        link = format_html('<a href="{}" rel="external nofollow">{}</a>', value, host)
        if is_official(value):
            return link
        kind = _("secondary source")
        if is_adviser(value):
            kind = _("law firm or consultancy, a secondary source")
        return format_html('{} <span class="note">{}</span>', link, kind)


def linked_region(region):
    """A region's name as a link to its page."""
    return format_html(
        '<a href="{}">{}</a>', region.get_absolute_url(), text(region, "name")
    )
