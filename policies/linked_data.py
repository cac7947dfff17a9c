"""A policy as schema.org Legislation."""

from .force import Force, Kind

FORCE = {Force.IN_FORCE: "InForce", Force.ENDED: "NotInForce"}


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
    if force := FORCE.get(policy.force().force):
        data["legislationLegalForce"] = f"https://schema.org/{force}"
    data["temporalCoverage"] = coverage(policy.public_events)
    return {key: value for key, value in data.items() if value}


def coverage(events):
    """The days of force as ISO 8601, open where no end is known; "" without a start."""
    days = {event.kind: event.happened_text for event in reversed(events)}
    if Kind.EFFECTIVE not in days:
        return ""
    last_days = [e.happened_text for e in events if e.kind == Kind.EXPIRED]
    cuts = [days[kind] for kind in (Kind.REPLACED, Kind.REPEALED) if kind in days]
    end = min([*cuts, *last_days[-1:]], default="..")
    return f"{days[Kind.EFFECTIVE]}/{end}"
