"""How to cite the study that an analysis follows: GB/T 7714—2015."""


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
