"""Policies, pilot zones and pages of prose of the shipped study."""

from cbec_site.base.dates import parse_partial_date
from cbec_site.base.languages import LANGUAGES
from cbec_site.models import Page
from datasets.models import Region
from policies.importing.importer import policies
from policies.importing.plan import PolicyOptions
from policies.models import Issuer, PilotZone, Policy, ProposedFact, SavedView, Topic

from .files import StudyNotLoadedError, is_yes, path, table, translated


def load_library() -> dict[str, int]:
    """Load everything of `policies` and the pages; returns the rows by kind."""
    return {
        "issuing bodies": _load_named(Issuer, "issuers"),
        "topics": _load_named(Topic, "topics"),
        "policies": _load_policies(),
        "facts to confirm": load_proposed_facts(),
        "pilot zones": load_zones(),
        "saved views": load_saved_views(),
        "pages": _load_pages(),
    }


def _load_named(model, name):
    rows = table("policies", name)
    for row in rows:
        model.objects.create(code=row["code"], **translated(row, "name"))
    return len(rows)


def _load_policies():
    """Import the shipped file as an editor would; StudyNotLoadedError if it fails."""
    file = path("policies", "policies.csv")
    outcome = policies.import_file(
        file.read_bytes(),
        file_name=file.name,
        options=PolicyOptions(publish=True),
        keep_file=False,
    )
    if not outcome.is_accepted:
        raise StudyNotLoadedError("\n".join(map(str, outcome.plan.errors)))
    return outcome.plan.new_count


def load_proposed_facts(codes: set[str] | None = None) -> int:
    """Add values that an editor has to confirm, for all policies or those in
    `codes`."""
    rows = [
        row
        for row in table("policies", "proposed_facts")
        if codes is None or row["policy"] in codes
    ]
    acts = dict(Policy.objects.values_list("code", "pk"))
    for row in rows:
        ProposedFact.objects.create(
            policy_id=acts[row["policy"]],
            **{name: text for name, text in row.items() if name != "policy"},
        )
    return len(rows)


def zone_values(row: dict[str, str], acts: dict[str, int]) -> dict:
    """The fields of a shipped zone except region and code; `acts` are keys by code."""
    approved, approved_precision = parse_partial_date(row["approved"])
    ended, ended_precision = parse_partial_date(row["ended"])
    return {
        "batch": int(row["batch"]),
        "approved_on": approved,
        "approved_precision": approved_precision,
        "document_number": row["document_number"],
        "is_number_confirmed": is_yes(row["is_number_confirmed"]),
        "source_url": row["source_url"],
        "approved_by_id": acts.get(row["approved_by"]),
        "ended_on": ended,
        "ended_precision": ended_precision,
        "ended_by_id": acts.get(row["ended_by"]),
        "is_published": is_yes(row["is_published"]),
    }


def load_zones() -> int:
    """Load the pilot zones of all batches with their acts."""
    rows = table("policies", "pilot_zones")
    acts = dict(Policy.objects.values_list("code", "pk"))
    regions = {region.code: region for region in Region.objects.all()}
    for row in rows:
        PilotZone.objects.create(
            code=row["code"], region=regions[row["region"]], **zone_values(row, acts)
        )
    return len(rows)


def load_saved_views() -> int:
    """Load the saved views of the library."""
    rows = table("policies", "saved_views")
    for row in rows:
        SavedView.objects.create(**view_values(row))
    return len(rows)


def view_values(row: dict[str, str]) -> dict:
    """The fields of a shipped saved view."""
    return {
        "code": row["code"],
        "query": row["query"],
        "position": int(row["position"]),
        "is_published": True,
        **translated(row, "title"),
    }


def _load_pages():
    slugs = ("about", "method")
    for slug in slugs:
        texts = {}
        for language in LANGUAGES:
            file = path("cbec_site", f"pages/{slug}.{language.code}.md")
            title, _, body = file.read_text(encoding="utf-8").partition("\n")
            texts[f"title_{language.column}"] = title.removeprefix("# ")
            texts[f"body_{language.column}"] = body.strip()
        Page.objects.create(slug=slug, is_published=True, **texts)
    return len(slugs)
