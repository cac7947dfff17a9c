"""A policy as schema.org Legislation."""

FORCE = {"in_force": "InForce", "expired": "NotInForce"}


def legislation(policy, *, address):
    """What search engines read of a policy; nothing that is not confirmed or known.

    `address` is the absolute address of its page. Legal force is left out where the
    status is unknown.
    """
    data = {
        "@context": "https://schema.org",
        "@type": "Legislation",
        "url": address,
        "name": policy.title_zh_hans,
        "alternateName": policy.title_en,
        "inLanguage": "zh-Hans",
        "legislationIdentifier": policy.public_number,
        "legislationDate": policy.written_text,
        "datePublished": policy.published_text,
        "legislationPassedBy": [
            {"@type": "Organization", "name": issuer.name_zh_hans}
            for issuer in policy.issuer_list
        ],
        "about": [topic.name_zh_hans for topic in policy.topics.all()],
        "abstract": policy.summary_zh_hans,
        "sameAs": policy.source_url,
    }
    if force := FORCE.get(policy.status):
        data["legislationLegalForce"] = f"https://schema.org/{force}"
    return {key: value for key, value in data.items() if value}
