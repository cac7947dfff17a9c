"""The page of an analysis, made of pieces that are kept each for itself.

Pieces show different content: an act of Table 1 may change, and the study stands. What
the page says about citing it is none of them: it changes with all content.
"""

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cbec_site.base.kept import kept_part, kept_rows
from cbec_site.base.publishing import prefetch_published
from cbec_site.base.reads import state_of
from datasets.views import with_parts
from policies.models import Policy

from .changes import changes_since
from .figures import figures_beside, figures_of
from .models import Analysis, Claim, Entry, Recommendation
from .models.entries import prefetch_answers
from .texts.flagged import checked
from .texts.markdown import load_bound
from .tows import AIMS


def render_article(
    analysis: Analysis, path: str, *, to_today: bool
) -> tuple[SafeString, SafeString, SafeString]:
    """The contents, the study, and the notes on its numbers, as HTML.

    `path` is the address of the page; with `to_today` its charts have values to today.
    """
    key = "analysis", state_of(analysis), path, to_today

    def render():
        contents, opening, study, notes = kept_part(
            (*key, "study"), lambda: render_study(analysis, path, to_today=to_today)
        )
        changes, table_1 = (
            kept_part((*key, name), lambda piece=piece: piece(analysis))
            for name, piece in (("changes", render_changes), ("table 1", render_table))
        )
        references = render_to_string("swot/_references.html", {"analysis": analysis})
        pieces = opening, changes, study, table_1, references
        body = format_html_join("", "{}", ((piece,) for piece in pieces))
        return contents, body, notes

    return kept_part(key, render)


def render_study(analysis, path, *, to_today):
    """Contents, abstract, entries with figures, and notes: the parts with numbers."""
    matrix = quadrants(analysis)
    entries = [entry for _quadrant, entries in matrix for entry in entries]
    recommendations = read_recommendations(analysis)
    figures = with_parts(read_figures(analysis), path, to_today)
    beside, others = figures_beside(entries, figures)
    texts = [part.body or "" for part in (*entries, *recommendations)]
    context = {
        "analysis": analysis,
        "quadrants": matrix,
        "recommendations": recommendations,
        "aims": AIMS,
        **bound_numbers(*abstracts(analysis), *texts),
        "abstracts": "\n\n".join(abstracts(analysis)),
        "beside": beside,
        "figures": others,
    }
    return tuple(
        render_to_string(f"swot/_{name}.html", context)
        for name in ("contents", "opening", "study", "notes")
    )


def render_changes(analysis):
    context = {"changes": changes_since(analysis)}
    return render_to_string("swot/_changes.html", context)


def render_table(analysis):
    """Table 1 of the study, which is a part of the library."""
    policies = Policy.objects.published().filter(in_table_1=True).with_issuers()
    context = {"policies": policies.order_by("published_on", "code")}
    return render_to_string("swot/_table_1.html", context)


def read_recommendations(analysis):
    """The published recommendations with what each answers and rests on."""

    def read():
        return list(
            analysis.recommendations.published().prefetch_related(
                prefetch_answers(),
                prefetch_published(Claim, "claims"),
            )
        )

    return kept_rows(("recommendations", state_of(analysis)), read)


def read_figures(analysis):
    key = "figures", state_of(analysis)
    return kept_rows(key, lambda: list(figures_of(analysis)))


def bound_numbers(*texts: str) -> dict:
    """The rows that a page's texts bind, and how many of its numbers are checked."""
    numbers = kept_rows(("bound", *texts), lambda: load_bound(*texts))
    return {"numbers": numbers, "checked": checked(numbers, *texts)}


def abstracts(analysis: Analysis) -> tuple[str, str]:
    """The abstract in each language, since the page shows both."""
    return analysis.abstract_zh_hans or "", analysis.abstract_en or ""


def quadrants(analysis: Analysis) -> list[tuple]:
    """The SWOT matrix: (quadrant, its published entries) in the order S, W, O, T."""

    def read():
        return list(
            analysis.entries.published().prefetch_related(
                prefetch_published(Claim, "claims"),
                prefetch_published(Recommendation, "recommendations"),
            )
        )

    entries = kept_rows(("entries", state_of(analysis)), read)
    return [
        (quadrant, [entry for entry in entries if entry.quadrant == quadrant])
        for quadrant in Entry.Quadrant
    ]
