"""Whatever an editor changes is changed on every page that showed it, at once.

The site within its cache, on a database of its own: every page, feed and file is asked
for, then something of every public model is edited through the form it has in the
admin, then all are asked for again.
"""

import os
from html import unescape
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.wsgi import get_wsgi_application
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override

from cbec_site.base.drafts import acts
from cbec_site.base.drafts.conflicts import data_of
from cbec_site.base.drafts.replay import make_request
from cbec_site.content_version import make_source, public_tables
from cbec_site.page_cache.cache import PageCache
from cbec_site.page_cache.watching import Version
from policies.models import PilotZone, PolicyAttachment, PolicyRelation
from tests.factories import make_breakdown, make_saved_view, make_user
from tests.page_cache.small_site import Answer
from tests.sample_site import API_LISTS, FEEDS, FRAMES, PAGES, make_world
from tests.separate_database import own_database

# The text of a model that is edited: the first of these that it has.
TEXTS = (
    "title_en",
    "name_en",
    "statement_en",
    "note_en",
    "reason_en",
    "other_name",
    "evidence",
    "document_number",
)
# Models of public tables of which nobody edits a text that readers are shown. Those
# that only link others have no text.
NO_TEXTS = {
    "SearchDocument": "the search index follows from the rows",
    "ForcePeriod": "follows from the dates of an act and its events",
    "IndicatorTotals": "counts of values",
    "RegionTotals": "counts of values",
    "SourceTotals": "counts of values",
    "NameMapping": "names in files, for imports",
    "Revision": "what a value was before: never changed",
    "QuadrantMove": "a move and its reason: never changed",
    "VerdictChange": "what a verdict was before: never changed",
    "ClaimInput": "codes in a formula: the claim shows the formula",
}
BEFORE, AFTER = "Quetzal{}before", "Quetzal{}after"
# Numbers of acts have a form.
ZONE = ("国函〔2001〕1号", "国函〔2002〕2号")


def edited_models():
    """Each public model with the name of the text that is edited."""
    for model in apps.get_models():
        names = {field.name for field in model._meta.fields}
        name = next((name for name in TEXTS if name in names), None)
        if model._meta.db_table in public_tables() and name:
            if model.__name__ not in NO_TEXTS:
                yield model, name


def texts_of(model):
    """What is shown before the edit and after it."""
    if model is PilotZone:
        return ZONE
    name = model.__name__.lower()
    return BEFORE.format(name), AFTER.format(name)


def test_every_public_model_is_edited():
    """A new model needs a text in `TEXTS`, or a reason in `NO_TEXTS`."""
    edited = {model.__name__ for model, _name in edited_models()}
    for model in apps.get_models():
        if model._meta.db_table not in public_tables():
            continue
        own = [
            field.name
            for field in model._meta.fields
            if field.get_internal_type() in ("CharField", "TextField")
            and not field.choices
        ]
        is_known = model.__name__ in edited or model.__name__ in NO_TEXTS
        assert is_known or not own, f"{model.__name__}: {own}"
    assert not edited & NO_TEXTS.keys()


def addresses(world):
    with override("en"):
        for name, arguments in (PAGES | FRAMES).items():
            yield reverse(name, args=arguments(world))
        for name in FEEDS:
            yield reverse(name)
        yield reverse("search") + "?q=quetzal"
    for name in API_LISTS:
        yield reverse(f"api:{name}")
        yield reverse(f"api:{name}-csv")
    yield reverse("api:figure", args=[world.figure.slug])
    yield reverse("api:policy", args=[world.policy.code])
    yield reverse("api:indicator", args=[world.observation.indicator.code])


def complete(world):
    """Rows of the kinds that the sample site lacks, and a text in each kind."""
    make_saved_view()
    breakdown = make_breakdown()
    type(world.observation).objects.update(breakdown=breakdown.code)
    PolicyAttachment.objects.create(
        policy=world.policy,
        role="annex",
        title_zh_hans="附件",
        url="https://www.gov.cn/a.pdf",
    )
    PolicyRelation.objects.create(
        policy=world.policy, kind="implements", other_name="An act"
    )
    PilotZone.objects.update(is_number_confirmed=True)
    for model, name in edited_models():
        assert model._base_manager.update(**{name: texts_of(model)[0]})


def edit(model, model_admin, user):
    """Replace the texts of a row and of its parts, and publish the form."""
    row = model._base_manager.order_by("pk").first()
    request = make_request(user, QueryDict())
    request.method = "GET"
    data = data_of(model_admin, request, row, row)
    for edited, _name in edited_models():
        before, after = texts_of(edited)
        for field, value in list(data.items()):
            if value == before:
                data[field] = after
    acts.publish(acts.save_draft(user, model, row.pk, data), user)


def answer(cache, address):
    path, _mark, query = address.partition("?")
    asked = Answer(cache, path, query=query)
    assert asked.status == "200 OK", address
    return unescape(asked.content.decode())


@pytest.fixture(scope="module")
def shown(django_db_setup, django_db_blocker, connection_kept, tmp_path_factory):
    """What each address showed before the edits, and after them."""
    directory = tmp_path_factory.mktemp("edits")
    settings.ALLOWED_HOSTS.append("evidence.example")
    with (
        django_db_blocker.unblock(),
        own_database(directory, f"edits_{os.getpid()}"),
    ):
        world = make_world()
        complete(world)
        version = Version(make_source())
        cache = PageCache(
            get_wsgi_application(), version=version, most_bytes=50_000_000
        )

        def ask():
            return {address: answer(cache, address) for address in addresses(world)}

        before = ask()
        assert len(cache.entries) == len(before)
        user = make_user(is_superuser=True)
        for model, model_admin in admin.site._registry.items():
            if hasattr(model_admin, "has_draft_permission"):
                edit(model, model_admin, user)
        version.check()
        yield SimpleNamespace(before=before, after=ask())
        version.stop()
    settings.ALLOWED_HOSTS.remove("evidence.example")


@pytest.mark.pages
def test_an_edit_is_seen_on_every_page_that_showed_the_text(shown):
    for model, _name in edited_models():
        before, after = texts_of(model)
        had = {address for address, text in shown.before.items() if before in text}
        have = {address for address, text in shown.after.items() if after in text}
        kept = {address for address, text in shown.after.items() if before in text}

        assert had, model
        assert (have, kept) == (had, set()), model
