"""A record as GB/T 7714, APA, BibTeX, RIS and CSL-JSON."""

import json

from datasets.english_months import MONTHS

from .records import DATASET, DOCUMENT, PAGE

MAX_AUTHORS = 3
TEX = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_{}"}
    | {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def gbt_2015(record):
    """GB/T 7714—2015, an electronic source: authors. title[mark]. (updated)[cited]."""
    mark = {DATASET: "DS/OL", PAGE: "EB/OL", DOCUMENT: "A/OL"}[record.kind]
    names = list(record.authors[:MAX_AUTHORS])
    if len(record.authors) > MAX_AUTHORS:
        names.append("et al" if record.language == "en" else "等")
    title = f"{record.title}: {record.number}" if record.number else record.title
    updated = record.dated
    dates = f"({updated})" if updated else ""
    parts = [
        f"{', '.join(names)}." if names else "",
        f"{title}[{mark}].",
        f"{dates}[{record.cited_on.isoformat()}].",
        f"{record.address}.",
    ]
    if record.kind == DATASET and record.version_text:
        parts[1] = f"{title}: {record.version_text}[{mark}]."
    return " ".join(filter(None, parts))


# The 2025 edition joins this table once its text is at hand.
GBT_EDITIONS = {"GB/T 7714—2015": gbt_2015}


def apa(record):
    """APA, seventh edition, for a work that changes: with the day of retrieval."""
    names = ", & ".join(
        filter(None, [", ".join(record.authors[:-1]), *record.authors[-1:]])
    )
    updated = record.dated
    sort = {DATASET: " [Data set]"}.get(record.kind, "")
    version = f" (Version {record.version_text})" if record.version_text else ""
    title = f"{record.title}{version if record.kind == DATASET else ''}{sort}."
    day = record.cited_on
    site = "" if record.authors == (record.site,) else f"{record.site}."
    read = f"Retrieved {MONTHS[day.month - 1]} {day.day}, {day.year}, from"
    return " ".join(
        filter(
            None,
            [
                f"{names}." if names else "",
                f"({_apa_date(updated)}).",
                title,
                site,
                f"{read} {record.address}",
            ],
        )
    )


def _apa_date(text):
    if not text:
        return "n.d."
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return str(year)
    month = MONTHS[rest[0] - 1]
    return f"{year}, {month} {rest[1]}" if len(rest) > 1 else f"{year}, {month}"


def bibtex(record):
    """BibTeX, an entry of type misc."""
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in record.authors),
        "title": f"{{{_tex(record.title)}}}",
        "number": _tex(record.number),
        "year": record.dated[:4],
        "version": record.edition,
        "note": record.note,
        "howpublished": _tex(record.site),
        "url": record.address,
        "urldate": record.cited_on.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{record.key},", *lines, "}"])


def _tex(text):
    """Characters that TeX would read as commands, escaped."""
    return text.translate(TEX)


def ris(record):
    """RIS, for reference managers."""
    kind = {DATASET: "DATA", PAGE: "ELEC", DOCUMENT: "GOVDOC"}[record.kind]
    updated = record.dated.replace("-", "/")
    fields = [
        ("TY", kind),
        *(("AU", name) for name in record.authors),
        ("T1", record.title),
        ("PY", updated[:4]),
        ("DA", updated),
        ("ET", record.edition),
        ("N1", record.note),
        # We are not the publisher of an act, only the place where it was found.
        ("DP" if record.kind == DOCUMENT else "PB", record.site),
        ("SN", record.number),
        ("UR", record.address),
        ("Y2", f"{record.cited_on:%Y/%m/%d}"),
    ]
    lines = [f"{name}  - {' '.join(value.split())}" for name, value in fields if value]
    return "\n".join([*lines, "ER  - "])


def csl_json(record):
    """CSL-JSON: a list of one item."""
    updated = record.dated
    entry = {
        "id": record.key,
        "type": record.kind,
        "title": record.title,
        "author": [{"literal": name} for name in record.authors],
        "issued": _csl_date(updated),
        "version": record.edition,
        "note": record.note,
        "number": record.number,
        "source" if record.kind == DOCUMENT else "publisher": record.site,
        "language": "zh-Hans" if record.language.startswith("zh") else "en",
        "accessed": _csl_date(record.cited_on.isoformat()),
        "URL": record.address,
    }
    known = {name: value for name, value in entry.items() if value}
    return json.dumps([known], ensure_ascii=False, indent=2)


def _csl_date(text):
    parts = [int(part) for part in text.split("-") if part]
    return {"date-parts": [parts]} if parts else None


# What reference managers open, by the ending of the file.
FILES = {
    "bib": ("application/x-bibtex", bibtex),
    "ris": ("application/x-research-info-systems", ris),
    "json": ("application/vnd.citationstyles.csl+json", csl_json),
}


def every_format(record):
    """(name of the format, text) pairs, in the order of the page."""
    return [
        *((name, write(record)) for name, write in GBT_EDITIONS.items()),
        ("APA", apa(record)),
        ("BibTeX", bibtex(record)),
        ("RIS", ris(record)),
        ("CSL-JSON", csl_json(record)),
    ]
