import django_tables2 as tables
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cbec_site.base.foreign import has_chinese, marked
from cbec_site.base.languages import ENGLISH, text
from cbec_site.base.line_breaks import unbroken
from cbec_site.base.paper_places import paper_location
from policies.tables import in_order

from .models import Claim

_OF = Claim.Verdict
# Claims that hold come first, those that do not come last; readers see the reverse.
BY_VERDICT = (
    _OF.HOLDS,
    _OF.ROUNDING,
    _OF.NOT_TESTABLE,
    _OF.MISSING,
    _OF.LABEL,
    _OF.IMPRECISE,
    _OF.SUPERSEDED,
    _OF.CONTRADICTED,
)
# How the list can be sorted without using its headings.
SORTS = (
    ("-verdict", _("Doubtful ones first")),
    ("claim", _("By number of the claim")),
    ("verdict", _("Those that hold first")),
)


def verdict_mark(claim):
    """The verdict as a sign and a word."""
    return format_html(
        '<span class="verdict verdict-{}">{}</span>',
        slugify(claim.verdict),
        claim.get_verdict_display(),
    )


class ClaimTable(tables.Table):
    """The list of claims: what they state, what the data give, and if both agree."""

    claim = tables.Column(
        accessor="statement", verbose_name=_("Statement"), order_by=("code",)
    )
    stated = tables.Column(
        accessor="stated_phrase",
        orderable=False,
        verbose_name=_("Stated"),
        attrs={"cell": {"class": "number inline named"}},
    )
    recomputed = tables.Column(
        accessor="recomputed_phrase",
        orderable=False,
        verbose_name=_("Recomputed"),
        attrs={"cell": {"class": "number inline named"}},
    )
    verdict = tables.Column(
        verbose_name=_("Verdict"), attrs={"cell": {"class": "inline"}}
    )
    location = tables.Column(
        orderable=False,
        verbose_name=_("Where"),
        attrs={"cell": {"class": "inline place"}},
    )

    class Meta:
        model = Claim
        fields = ("claim", "stated", "recomputed", "verdict", "location")
        sequence = fields
        order_by = "-verdict"
        caption = _("Claims")
        empty_text = _("No claim matches. Remove a filter or search for other words.")

    def row_key(self):
        return ()

    def order_verdict(self, queryset, is_descending):
        return in_order(queryset, "verdict", BY_VERDICT, is_descending)

    def render_claim(self, record):
        return format_html(
            '<a href="{}">{}</a>', record.get_absolute_url(), text(record, "statement")
        )

    def render_stated(self, value, record):
        return _number_or_words(value, record)

    def render_recomputed(self, value, record):
        # That words were compared is said once, beside what the study states.
        return "" if _is_in_other_words(value, record) else marked(value)

    def render_verdict(self, record):
        """The verdict and, for an overtaken statement, the present value."""
        if not record.now_sentence:
            return verdict_mark(record)
        return format_html(
            '{} <span class="note">{}</span>',
            verdict_mark(record),
            unbroken(record.now_sentence),
        )

    def render_location(self, value):
        return unbroken(paper_location(value))


def _number_or_words(value, claim):
    """What a cell says; words of the paper are in Chinese, and the statement says in
    the reader's language what they are about."""
    if _is_in_other_words(value, claim):
        return format_html('<span class="muted">{}</span>', _("in words"))
    return marked(value)


def _is_in_other_words(value, claim):
    """Whether these are Chinese words on an English page."""
    return claim.is_verbal and get_language() == ENGLISH.code and has_chinese(value)
