"""What pages cost without the page cache: public pages, the API and the admin.

Prints the queries and model instances of the first answer, when nothing is kept, the
milliseconds of that answer, of the first one after a change of content that the page
does not show, and of a later one (the best of several tries), and the bytes: for the
shipped study and, with `--large`, also for the site of `large_site`, where the plans of
slow queries are printed too. There `×` compares a later answer with that of the shipped
study (pages further back with the first page); what takes more than twice as long and
longer than `MOST_MILLISECONDS` is marked, and so is an answer in one piece of more than
two megabytes. Uses DATABASE_URL if it is set, else a SQLite file that is deleted
afterwards; a database that already holds the large site is measured as it is.
"""

import sys
import tempfile

from tests.bench.database import prepare_study

TRIES = 5
# Queries slower than so many seconds are printed with their plan, cut to a length.
LONG = 0.02
SQL_SHOWN = 300
PAGES = (
    "/zh-hans/",
    "/zh-hans/swot/analyses/",
    "/zh-hans/swot/analyses/{analysis}/",
    "/zh-hans/swot/claims/",
    "/zh-hans/swot/claims/?verdict=no",
    "/zh-hans/swot/claims/{claim}/",
    "/zh-hans/swot/corrections/",
    "/zh-hans/policies/",
    "/zh-hans/policies/?sort=-title",
    "/zh-hans/policies/?sort=level",
    "/zh-hans/policies/?sort=published",
    "/zh-hans/policies/?sort=status",
    "/zh-hans/policies/?level=national",
    "/zh-hans/policies/?status=in_force",
    "/zh-hans/policies/?q=跨境",
    "/zh-hans/policies/{policy}/",
    "/zh-hans/policies/pilot-zones/",
    "/zh-hans/policies/feed/",
    "/zh-hans/datasets/indicators/",
    "/zh-hans/datasets/indicators/{indicator}/",
    "/zh-hans/datasets/regions/",
    "/zh-hans/datasets/regions/{region}/",
    "/zh-hans/datasets/sources/",
    "/zh-hans/datasets/figures/",
    "/zh-hans/datasets/figures/{figure}/",
    "/zh-hans/search/?q=跨境",
    "/zh-hans/search/?q=cross-border+trade",
    "/zh-hans/search/?q=国函2022126",
    "/zh-hans/api/",
    "/api/v1/openapi.json",
    "/api/v1/policies",
    "/api/v1/policies?q=跨境",
    "/api/v1/policies?limit=1000",
    "/api/v1/observations",
    "/api/v1/observations?limit=1000",
    "/api/v1/regions",
    "/api/v1/indicators",
    "/api/v1/claims",
    "/api/v1/claims?limit=1000",
    "/sitemap.xml",
    "/sitemap-policies.xml",
)
# What only a large site has.
DEEP = (
    "/zh-hans/policies/?page=50",
    "/zh-hans/policies/?page=1900",
    "/zh-hans/policies/?sort=-title&page=1900",
    "/zh-hans/policies/?sort=-level&page=1900",
    "/zh-hans/policies/?sort=-status&page=1900",
    "/zh-hans/policies/?sort=status&level=national&page=50",
    "/zh-hans/policies/?level=national&page=50",
    "/zh-hans/datasets/regions/?page=50",
    "/zh-hans/swot/claims/?page=50",
    "/zh-hans/swot/claims/?page=190",
    "/zh-hans/search/?q=跨境&kind=policies&page=40",
    "/sitemap-policies.xml?p=9",
)
# What editors open most often, and what reads most.
ADMIN = (
    "/admin/",
    "/admin/policies/policy/",
    "/admin/policies/policy/?p=39",
    "/admin/policies/policy/?q=跨境",
    "/admin/policies/policy/?force=in_force",
    "/admin/policies/policy/?translation=missing",
    "/admin/policies/policy/{policy_key}/change/",
    "/admin/policies/policy/{policy_key}/history/",
    "/admin/policies/policy/{policy_key}/used-by/",
    "/admin/policies/policy/{policy_key}/delete/",
    "/admin/datasets/observation/",
    "/admin/datasets/observation/?p=39",
    "/admin/datasets/observation/?q=贵州",
    "/admin/datasets/observation/?q=大站指标1+2020",
    "/admin/datasets/observation/?edition=some",
    "/admin/datasets/observation/{value_key}/change/",
    "/admin/datasets/observation/{value_key}/delete/",
    "/admin/swot/entry/{entry_key}/change/",
    "/admin/swot/entry/{entry_key}/delete/",
    "/admin/swot/claim/?q=贸易",
    "/admin/translations/",
    "/admin/drafts/draft/",
    "/admin/autocomplete/?app_label=swot&model_name=evidence&field_name=policy"
    "&term=跨境",
    "/admin/autocomplete/?app_label=swot&model_name=evidence&field_name=observation"
    "&term=贵州",
)
# Milliseconds of a page that is not cached, by database; bytes of a whole answer.
MOST_MILLISECONDS = {"postgresql": 60, "sqlite": 100}
MOST_BYTES = 2_000_000
COLUMNS = (
    *("queries", "instances", "first ms", "changed ms", "ms"),
    *("bytes", "gzip", "br"),
)
TITLE = " " * 46 + "".join(f"{name:>11}" for name in COLUMNS)


def main(is_large=False):
    with tempfile.TemporaryDirectory() as directory:
        prepare_study(directory)
        from django.db import connection

        from policies.models import Policy

        print(f"{connection.vendor}, the shipped study")
        shipped = table(PAGES)
        admin_table()
        if is_large:
            from tests.bench.large_site import Size, fill

            if not Policy.objects.filter(code="L000001").exists():
                fill(Size())
            print(f"\n{connection.vendor}, {Size()}")
            table([*PAGES, *DEEP], shipped=shipped)
            plans([*PAGES, *DEEP])
            admin_table()


def admin_table():
    """The pages of an administrator, and the preview of a policy as it is typed."""
    from django.contrib.auth import get_user_model

    client = new_client()
    users = get_user_model().objects
    user = users.filter(username="bench").first() or users.create_superuser("bench")
    client.force_login(user)
    print("\nIn the admin; the last two lines are previews")
    table([*ADMIN, *preview_addresses(user)], client)


def preview_addresses(user):
    """The previews of a policy and an entry with changed titles, in Chinese."""
    from django.contrib import admin
    from django.http import QueryDict
    from django.urls import reverse

    from cbec_site.base.drafts import acts
    from cbec_site.base.drafts.conflicts import data_of
    from cbec_site.base.drafts.models import Draft
    from cbec_site.base.drafts.replay import make_request
    from policies.models import Policy
    from swot.models import Entry

    # Those of an earlier run on the same database.
    Draft.objects.filter(author=user).delete()
    for model in (Policy, Entry):
        row = model.objects.published().first()
        request = make_request(user, QueryDict())
        request.method = "GET"
        data = data_of(admin.site._registry[model], request, row, row)
        data["title_zh_hans"] = "预览中的标题"
        draft = acts.save_draft(user, model, row.pk, data)
        yield reverse("admin:drafts_preview", args=[draft.pk]) + "?language=zh-hans"


def new_client():
    from django.test import Client

    return Client(headers={"x-forwarded-proto": "https"})


def table(addresses, client=None, shipped=None):
    """Print one line for each address, requested by a reader unless a client is given.

    Returns the costs by address; `shipped` are those to compare with.
    """
    from tests.bench.page_costs import cost_of

    client = client or new_client()
    codes, costs = some_codes(), {}
    print(TITLE + ("         ×" if shipped else ""))
    for address in addresses:
        cost = costs[address] = cost_of(client, address.format(**codes), TRIES)
        ratio = ratio_of(address, cost, shipped)
        print(
            f"{address:46}{cost.queries:11}{cost.instances:11}"
            f"{cost.first * 1000:11.1f}{cost.changed * 1000:11.1f}"
            f"{cost.seconds * 1000:11.1f}"
            f"{cost.size:11,}{cost.gzipped:11,}{cost.brotlied:11,}"
            + (f"{ratio:10.1f}" if ratio else "")
            + note(cost, ratio),
            flush=True,
        )
    return costs


def ratio_of(address, cost, shipped):
    """The ratio to the time of the shipped study; None if that was not measured."""
    shipped = shipped or {}
    first_page = address.split("?", maxsplit=1)[0]
    before = shipped.get(address) or shipped.get(first_page)
    return before and cost.seconds / before.seconds


def note(cost, ratio):
    """What exceeds a limit, as a note at the end of the line."""
    from django.db import connection

    most = MOST_MILLISECONDS[connection.vendor]
    notes = []
    if cost.status != 200:
        notes.append(f"answered {cost.status}")
    if ratio and ratio > 2 and cost.seconds * 1000 > most:
        notes.append("slow")
    if cost.size > MOST_BYTES and not cost.is_streamed:
        notes.append("over 2 MB")
    return "  " + ", ".join(notes) if notes else ""


def plans(addresses):
    """Print the slowest query of each address, if it is slow, and its plan."""
    from django.test import Client

    from tests.bench.page_costs import explained, slowest_of

    client = Client(headers={"x-forwarded-proto": "https"})
    codes = some_codes()
    for address in addresses:
        seconds, sql = slowest_of(client, address.format(**codes))
        if seconds >= LONG:
            print(f"\n{address}: {seconds * 1000:.0f} ms\n  {sql[:SQL_SHOWN]}")
            print("\n".join(f"    {step}" for step in explained(sql)))


def some_codes():
    """For each kind, the code of an object that has a page."""
    from datasets.models import Figure, Indicator, Observation, Region
    from policies.models import Policy
    from swot.models import Analysis, Claim, Entry

    return {
        "policy_key": Policy.objects.first().pk,
        "value_key": Observation.objects.order_by("-pk").first().pk,
        "entry_key": Entry.objects.first().pk,
        "analysis": Analysis.objects.published().first().slug,
        "claim": Claim.objects.published().first().code,
        "policy": Policy.objects.published().first().code,
        "indicator": Indicator.objects.published().first().code,
        "region": Region.objects.published().last().code,
        "figure": Figure.objects.published().first().slug,
    }


if __name__ == "__main__":
    main(is_large="--large" in sys.argv)
