"""A policy as schema.org Legislation."""

from .force import Force, Kind

FORCE = {Force.IN_FORCE: "InForce", Force.ENDED: "NotInForce"}


def legislation(policy, *, address):
    """What search engines read about a policy; only what is known and confirmed.

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
    if policy.kind:
        data["legislationType"] = policy.get_kind_display()
    data |= _links(policy, address)
    return {key: value for key, value in data.items() if value}


def coverage(events):
    """The time in force in ISO 8601, open if no end is known; "" without a start."""
    days = {event.kind: event.happened_text for event in reversed(events)}
    if Kind.EFFECTIVE not in days:
        return ""
    last_days = [e.happened_text for e in events if e.kind == Kind.EXPIRED]
    cuts = [days[kind] for kind in (Kind.REPLACED, Kind.REPEALED) if kind in days]
    end = min([*cuts, *last_days[-1:]], default="..")
    return f"{days[Kind.EFFECTIVE]}/{end}"


# Relations of acts as schema.org has them; it derives them from the ELI ontology.
LINKS = {
    "implements": "legislationApplies",
    "based_on": "isBasedOn",
    "amends": "legislationChanges",
    "extends": "legislationChanges",
    "replaces": "legislationRepeals",
    "repeals": "legislationRepeals",
}


def _links(policy, address):
    """The acts that an act changes or rests on: by address, else by name."""
    base = address.removesuffix(policy.get_absolute_url())
    links = {}
    for relation in policy.relations.all():
        name = LINKS.get(relation.kind)
        if not name or not relation.is_public:
            continue
        other = {"@type": "Legislation"}
        if relation.other:
            other["url"] = base + relation.other.get_absolute_url()
        else:
            other["name"] = relation.other_name
        links.setdefault(name, []).append(other)
    return links


def eli(policy):
    """(property, content) pairs of the European Legislation Identifier that fit."""
    events = policy.public_events
    first = {event.kind: event.happened_text for event in reversed(events)}
    ends = [
        first[kind]
        for kind in (Kind.REPLACED, Kind.REPEALED, Kind.EXPIRED)
        if kind in first
    ]
    force = {Force.IN_FORCE: "inForce", Force.ENDED: "notInForce"}
    pairs = [
        ("id_local", policy.public_number),
        ("title", policy.title_zh_hans),
        ("type_document", policy.get_kind_display() if policy.kind else ""),
        ("date_document", policy.written_text),
        ("date_publication", policy.published_text),
        ("first_date_entry_in_force", first.get(Kind.EFFECTIVE, "")),
        ("date_no_longer_in_force", min(ends, default="")),
        ("in_force", force.get(policy.force().force, "")),
        *(("passed_by", issuer.name_zh_hans) for issuer in policy.issuer_list),
    ]
    return [(name, content) for name, content in pairs if content]
