"""Pages as one writes them in Wagtail: blocks of text, and lists of their children."""

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count
from modelcluster.fields import ParentalManyToManyField
from wagtail.blocks import CharBlock, RawHTMLBlock, RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class Term(models.Model):
    """A body that issues policies, or a topic."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self):
        return self.name


class TextPage(Page):
    """The home page or an article: headings, text, and figures or tables as HTML."""

    body = StreamField(
        [
            ("heading", CharBlock()),
            ("text", RichTextBlock()),
            ("html", RawHTMLBlock()),
        ]
    )


class RowPage(Page):
    """A policy or a claim: what its row in the list shows."""

    level = models.CharField(max_length=100, blank=True)
    day = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    issuers = ParentalManyToManyField(Term, related_name="+", blank=True)
    topics = ParentalManyToManyField(Term, related_name="+", blank=True)


class ListPage(Page):
    """Its children, in pages, with a count for each level and status."""

    per_page = models.PositiveIntegerField()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        rows = RowPage.objects.child_of(self).live().public()
        for name in ("level", "status"):
            if asked := request.GET.get(name):
                rows = rows.filter(**{name: asked})
            context[f"{name}_counts"] = (
                rows.order_by(name).values_list(name).annotate(Count("pk"))
            )
        rows = rows.order_by("path").prefetch_related("issuers", "topics")
        pages = Paginator(rows, self.per_page)
        context["rows"] = pages.get_page(request.GET.get("page"))
        return context
