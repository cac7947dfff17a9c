"""Policies, pilot zones and pages of prose of the shipped study."""

from cbec_site.models import Page, parse_partial_date
from datasets.models import Region
from policies.models import Issuer, PilotZone, Policy, PolicyIssuer, Topic

from .files import is_yes, items, path, table, translated


def load_library() -> dict[str, int]:
    """Load everything of `policies` and the pages; returns the rows by kind."""
    return {
        "issuing bodies": _load_named(Issuer, "issuers"),
        "topics": _load_named(Topic, "topics"),
        "policies": _load_policies(),
        "pilot zones": _load_zones(),
        "pages": _load_pages(),
    }


def _load_named(model, name):
    rows = table("policies", name)
    for row in rows:
        model.objects.create(code=row["code"], **translated(row, "name"))
    return len(rows)


def _load_policies():
    rows = table("policies", "policies")
    issuers = {issuer.code: issuer for issuer in Issuer.objects.all()}
    topics = {topic.code: topic for topic in Topic.objects.all()}
    plain = ("code", "document_number", "level", "status", "source_url")
    plain += ("paper_location", "verification")
    for row in rows:
        written, written_precision = parse_partial_date(row["written"])
        published, published_precision = parse_partial_date(row["published"])
        policy = Policy.objects.create(
            is_published=True,
            in_table_1=is_yes(row["in_table_1"]),
            is_number_confirmed=is_yes(row["is_number_confirmed"]),
            written_on=written,
            written_precision=written_precision,
            is_written_confirmed=is_yes(row["is_written_confirmed"]),
            published_on=published,
            published_precision=published_precision,
            **{name: row[name] for name in plain},
            **translated(row, "title", "summary"),
        )
        PolicyIssuer.objects.bulk_create(
            PolicyIssuer(policy=policy, issuer=issuers[code], position=position)
            for position, code in enumerate(items(row["issuers"]))
        )
        policy.topics.set(topics[code] for code in items(row["topics"]))
    return len(rows)


def _load_zones():
    rows = table("policies", "pilot_zones")
    regions = {region.code: region for region in Region.objects.all()}
    for row in rows:
        approved, precision = parse_partial_date(row["approved"])
        PilotZone.objects.create(
            code=row["code"],
            batch=row["batch"],
            region=regions[row["region"]],
            approved_on=approved,
            approved_precision=precision,
            document_number=row["document_number"],
            is_number_confirmed=is_yes(row["is_number_confirmed"]),
            source_url=row["source_url"],
            is_published=is_yes(row["is_published"]),
        )
    return len(rows)


def _load_pages():
    slugs = ("about", "method")
    for slug in slugs:
        texts = {}
        for suffix, language in (("zh-hans", "zh_hans"), ("en", "en")):
            file = path("cbec_site", f"pages/{slug}.{suffix}.md")
            title, _, body = file.read_text(encoding="utf-8").partition("\n")
            texts[f"title_{language}"] = title.removeprefix("# ")
            texts[f"body_{language}"] = body.strip()
        Page.objects.create(slug=slug, is_published=True, **texts)
    return len(slugs)
