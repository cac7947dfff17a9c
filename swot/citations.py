"""How to cite the study and our pages: GB/T 7714—2015."""

from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from cbec_site.base.languages import CHINESE


def study_citation(analysis):
    """The article in the reader's language; its title only where an editor gave it."""
    issue = f"({analysis.issue})" if analysis.issue else ""
    location = ", ".join(
        filter(None, (str(analysis.year), f"{analysis.volume}{issue}"))
    )
    pages = f": {analysis.pages}" if analysis.pages else ""
    journal = f"{analysis.journal}, {location}{pages}"
    title = f"{analysis.study_title}[J]. " if analysis.study_title else ""
    return f"{analysis.author}. {title}{journal}. DOI: {analysis.doi}."


def analysis_citation(analysis, *, address, cited_on):
    """The analysis on this site, in the reader's language; the edition is its day."""
    return _page(analysis.title, analysis.published_at, address, cited_on)


def claim_citation(claim, *, address, cited_on):
    """A claim's page, in Chinese; its edition is the day of the check."""
    title = f"数据论断{claim.code}: {claim.statement_zh_hans}"
    with override(CHINESE.code):
        return _page(title, claim.checked_at, address, cited_on)


def _page(title, moment, address, cited_on):
    """An electronic bulletin, by the site under its name in the active language."""
    updated = f"({localtime(moment).date()})" if moment else ""
    site = gettext("CBEC Evidence")
    return f"{site}. {title}[EB/OL]. {updated}[{cited_on.isoformat()}]. {address}."
