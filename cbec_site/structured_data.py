"""schema.org descriptions of the site, its data and the study, for search engines."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext

from .base.languages import bcp47


def website(base):
    """The site with its search; `base` is scheme and host."""
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": gettext("CBEC Evidence"),
        "url": base + reverse("home"),
        "inLanguage": bcp47(get_language()),
        "potentialAction": {
            "@type": "SearchAction",
            "target": f"{base}{reverse('search')}?q={{search_term_string}}",
            "query-input": "required name=search_term_string",
        },
    }


def dataset(name, description, address, files, *, changed=None, licence=""):
    """A figure or an indicator as a Dataset; `files` are (media type, address) pairs,
    `changed` is the moment of the last change of its values.

    Search engines require at least fifty characters of description: a shorter one is
    completed by a sentence that fits every dataset of the site.
    """
    told = f"{description} " if description else ""
    told += gettext(
        "Every value names its source and is shown in a table and a "
        "chart; the data can be downloaded free of charge as CSV, JSON "
        "and other files, and revised values keep their former "
        "versions."
    )
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "name": name,
        "description": f"{name}. {told}",
        "inLanguage": bcp47(get_language()),
        "isAccessibleForFree": True,
        "license": licence,
        "dateModified": localdate(changed).isoformat() if changed else "",
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": url}
            for kind, url in files
        ],
    }
    return {key: value for key, value in data.items() if value}


def article(analysis, address):
    """The analysis, based on the published study; with its title if an editor gave
    one."""
    title = {"headline": analysis.study_title} if analysis.study_title else {}
    return {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": address,
        "url": address,
        "headline": analysis.title,
        "abstract": analysis.abstract[:500],
        "inLanguage": bcp47(get_language()),
        "isBasedOn": {
            "@type": "ScholarlyArticle",
            **title,
            "author": {"@type": "Person", "name": analysis.author},
            "isPartOf": {"@type": "Periodical", "name": analysis.journal},
            "identifier": f"doi:{analysis.doi}",
            "url": f"https://doi.org/{analysis.doi}",
            "datePublished": str(analysis.year),
        },
    }
