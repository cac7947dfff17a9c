"""A claim as schema.org Claim.

ClaimReview would be wrong: it is for checks of what others state, and these check what
this site itself says, following the study.
"""


def claim_data(claim, inputs, analysis, *, address):
    """What search engines read about a claim; nothing from drafts.

    `inputs` are the published observations it rests on, `analysis` the published
    analysis it belongs to (or None), `address` the absolute address of its page.
    """
    data = {
        "@context": "https://schema.org",
        "@type": "Claim",
        "@id": address,
        "url": address,
        "identifier": claim.code,
        "name": claim.statement_zh_hans,
        "alternateName": claim.statement_en,
        "inLanguage": "zh-Hans",
        "datePublished": claim.published_at.date().isoformat(),
        "isBasedOn": [
            {"@type": "CreativeWork", "name": title, "url": url or None}
            for title, url in dict.fromkeys(
                (seen.source.title_zh_hans, seen.source.url) for seen in inputs
            )
        ],
    }
    if analysis is not None:
        data["author"] = {"@type": "Person", "name": analysis.author_zh_hans}
        data["appearance"] = {
            "@type": "ScholarlyArticle",
            "identifier": f"doi:{analysis.doi}",
            "url": f"https://doi.org/{analysis.doi}",
            "datePublished": str(analysis.year),
        }
        if analysis.pages:
            data["appearance"]["pagination"] = analysis.pages
    for source in data["isBasedOn"]:
        if source["url"] is None:
            del source["url"]
    return {key: value for key, value in data.items() if value}
