"""One SWOT study of one region."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import CodeField, code_constraint
from cbec_site.base.constraints import ConstraintsAtFields
from cbec_site.base.managers import WithLinks
from cbec_site.base.publishing import Publishable
from cbec_site.base.search_index.documents import Searched
from cbec_site.base.uses import uses
from datasets.models import Figure, makes_public
from swot.prose import plain_text

from .protection import protect_linked
from .texts import BoundText


@uses("region")
@makes_public(region="analysis_count")
class Analysis(BoundText):
    """One SWOT study of one region."""

    slug = CodeField(_("slug"), max_length=50, unique=True)
    title = models.CharField(_("title"), max_length=200)
    region = models.ForeignKey(
        "datasets.Region",
        on_delete=models.PROTECT,
        related_name="analyses",
        verbose_name=_("region"),
    )
    abstract = models.TextField(_("abstract"))
    keywords = models.CharField(_("keywords"), max_length=300, blank=True)
    author = models.CharField(_("author of the study"), max_length=120)
    journal = models.CharField(_("journal"), max_length=200)
    study_title = models.CharField(
        _("title of the study"),
        max_length=300,
        blank=True,
        help_text=_("As printed; left out of citations until it is known."),
    )
    year = models.PositiveSmallIntegerField(_("year"))
    volume = models.CharField(_("volume"), max_length=20, blank=True)
    issue = models.CharField(_("issue"), max_length=20, blank=True)
    pages = models.CharField(
        _("page numbers"),
        max_length=40,
        blank=True,
        help_text=_("As printed: 7510, 1–12."),
    )
    doi = models.CharField("DOI", max_length=80)
    references = models.TextField(_("references"), blank=True)

    text_field = "abstract"
    searched = Searched(
        number=1,
        titles=("title_zh_hans", "title_en"),
        texts=("abstract_zh_hans", "abstract_en", "keywords_zh_hans", "keywords_en"),
        newest="published_at",
        plain=plain_text,
    )

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("SWOT analysis")
        verbose_name_plural = _("SWOT analyses")
        ordering = ["slug"]
        constraints = [*Publishable.Meta.constraints, code_constraint("slug")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("swot:analysis-detail", args=[self.slug])


@uses("figure")
class AnalysisFigure(ConstraintsAtFields):
    """A figure of an analysis and its place among the figures of its page."""

    analysis = models.ForeignKey(
        Analysis,
        on_delete=models.CASCADE,
        related_name="figure_links",
        verbose_name=_("analysis"),
    )
    figure = models.ForeignKey(
        Figure,
        on_delete=protect_linked,
        related_name="analysis_links",
        verbose_name=_("figure"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    constraint_fields = {"swot_analysisfigure_once": "figure"}

    objects = models.Manager()
    named = WithLinks("analysis", "figure")

    class Meta:
        base_manager_name = "named"
        # Permission to change the analysis includes its figures.
        default_permissions = ()
        verbose_name = _("figure of an analysis")
        verbose_name_plural = _("figures of an analysis")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["analysis", "figure"],
                name="swot_analysisfigure_once",
                violation_error_message=_("The analysis already has this figure."),
            )
        ]

    def __str__(self):
        return f"{self.analysis.slug}: {self.figure}"
