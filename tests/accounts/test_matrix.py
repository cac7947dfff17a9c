"""Every address of the admin × every role and every single permission × GET, POST."""

import logging
from copy import copy
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpResponse, QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, include, path
from django.urls.resolvers import URLResolver

from cbec_site.accounts.second_factor import OPEN
from cbec_site.base.drafts.acts import save_draft
from cbec_site.base.drafts.recycle_bin import keep
from datasets.models import ImportBatch, Indicator
from policies.models import Policy, PolicyBatch, ProposedFact
from tests.accounts.matrix import (
    DENIED,
    DONE,
    IMPORTS,
    MISSING,
    MODELS,
    NO_METHOD,
    PUBLIC,
    PUBLISHABLE,
    ROLE_ACTS,
    ROLE_ADDED,
    RULES,
    Rights,
    rights_of_role,
)
from tests.factories import make_breakdown, make_policy, make_saved_view, make_user
from tests.sample_site import make_world

pytestmark = [pytest.mark.whole, pytest.mark.sampled]


def walk(patterns, before=""):
    """(route, view) of every address, as the resolver has them."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


VIEWS = {
    route: view
    for route, view in walk(get_resolver().url_patterns)
    if route.startswith("admin/")
}


@pytest.fixture(scope="module")
def prepared(django_db_setup, django_db_blocker):
    """Rows for every address and an account for every kind of rights, made once.

    Yields `rows` by model and `accounts`: (name, account, rights).
    """
    with django_db_blocker.unblock(), transaction.atomic():
        world = make_world()
        make_breakdown()
        world.observation.value += 1
        world.observation.save()
        for model in (ImportBatch, PolicyBatch):
            model.objects.create(file_name="figures.csv", sha256="0" * 64)
        ProposedFact.objects.create(policy=world.policy, field="summary_en", value="x")
        make_saved_view()
        author = make_user(username="somebody")
        save_draft(author, Policy, world.policy.pk, QueryDict("title_en=Draft"))
        keep(make_policy(code="in-the-bin"), author)
        yield SimpleNamespace(
            rows=rows_of(),
            accounts=list(accounts()),
            plain=make_user(),
            outsiders=[
                AnonymousUser(),
                make_user(is_staff=False),
                make_user(is_superuser=True, is_active=False),
            ],
            permissions=names_of_permissions(),
        )
        transaction.set_rollback(True)


def rows_of():
    found = {}
    for model in admin.site._registry:
        row = model._base_manager.order_by("pk").first()
        found[f"{model._meta.app_label}/{model._meta.model_name}"] = row
    return found


def accounts():
    yield "superuser", make_user(is_superuser=True), Rights(is_superuser=True)
    yield "nothing", make_user(), Rights()
    for role in ROLE_ACTS:
        user = make_user()
        user.groups.add(Group.objects.get(name=role))
        yield role, user, rights_of_role(role)


def names_of_permissions():
    rows = Permission.objects.values_list("content_type__app_label", "codename")
    return frozenset(f"{app}.{codename}" for app, codename in rows)


def holder(user, names):
    """A copy of the account that Django takes to have these permissions."""
    user = copy(user)
    user._perm_cache = user._user_perm_cache = user._group_perm_cache = set(names)
    return user


def singles(prepared, *rules):
    """Accounts for every single permission: (name, account, rights).

    Permissions that open nothing here are tried together: a view that refuses an
    account with all of them also refuses one with any of them, as more permissions
    never close a page. Those that matter, alone or combined, are tried one by one.
    """

    def met(names):
        return [rule(Rights(frozenset(names))) for rule in rules]

    crowd = {name for name in prepared.permissions if met([name]) == met([])}
    together = met(crowd)
    if together != met([]):
        crowd -= {name for name in crowd if met(crowd - {name}) != together}
    assert met(crowd) == met([])
    for names in [crowd, *({name} for name in prepared.permissions - crowd)]:
        label = "those that open nothing" if names is crowd else next(iter(names))
        yield label, holder(prepared.plain, names), Rights(frozenset(names))


def arguments(route, prepared):
    """What a request for an address needs: positional and named arguments, query."""
    model = "/".join(route.split("/")[1:3])
    row = prepared.rows.get(model)
    if "history/([^/]+)" in route:
        return [str(row.pk), str(row.history.first().history_id)], {}, {}
    if route.startswith("admin/autocomplete"):
        return [], {}, choices("datasets", "observation", "indicator")
    if route.startswith("admin/r/"):
        kind = ContentType.objects.get_for_model(Indicator)
        row = prepared.rows["datasets/indicator"]
        return [], {"content_type_id": kind.pk, "object_id": str(row.pk)}, {}
    named = {
        "<path:object_id>": ("object_id", row and str(row.pk)),
        "<str:uidb64>": ("uidb64", "MQ"),
        "<str:token>": ("token", "x-y"),
        "<int:pk>": ("pk", row and row.pk),
        "<id>": ("id", row and str(row.pk)),
        "app_label": ("app_label", "datasets"),
        "(?P<url>": ("url", "nothing-here"),
    }
    if route == "admin/drafts/draft/keep/":
        policy = prepared.rows["policies/policy"]
        return [], {}, {"draft_kind": "policies.policy", "draft_row": policy.pk}
    if route == "admin/datasets/observation/units/":
        return [], {}, {"indicator": prepared.rows["datasets/indicator"].pk}
    if route == "admin/drafts/draft/preview/":
        policy = prepared.rows["policies/policy"]
        return [], {}, {"kind": "policies.policy", "row": policy.pk}
    if "<int:draft_id>" in route:
        return [], {"draft_id": row.pk}, {}
    if "template.<str:kind>" in route:
        return [], {"kind": "csv"}, {}
    if "import/<int:pk>" in route:
        role = (
            {"role": ROLE_ADDED[model].split("/")[1]} if "<slug:role>" in route else {}
        )
        return [], {"pk": prepared.rows[IMPORTS[model][0]].pk} | role, {}
    return [], dict(pair for mark, pair in named.items() if mark in route), {}


def choices(app, model, field):
    return {"app_label": app, "model_name": model, "field_name": field}


def outcome(view, account, method, given):
    """What the view does, without the middleware that would come before it."""
    positional, named, query = given
    make = getattr(RequestFactory(), method)
    request = make("/admin/somewhere/", query)
    request.user = account
    # They have given their second factor.
    request._second_factor = OPEN
    request.session = SessionStore()
    request._messages = CookieStorage(request)
    request._dont_enforce_csrf_checks = True
    try:
        response = view(request, *positional, **named)
    except PermissionDenied:
        return DENIED
    except Http404:
        return MISSING
    if response.status_code == 302 and "/admin/login/" in response["Location"]:
        return "sign in"
    return {403: DENIED, 404: MISSING, 405: NO_METHOD}.get(response.status_code, DONE)


def test_every_address_has_a_row():
    assert sorted(VIEWS) == sorted(RULES)


def test_an_added_address_would_be_noticed():
    added = [
        *get_resolver().url_patterns,
        path("admin/new/", HttpResponse),
        path("admin/datasets/", include([path("region/new/<int:pk>/", HttpResponse)])),
    ]

    unruled = {route for route, _view in walk(added) if route.startswith("admin/")}

    assert unruled - set(RULES) == {
        "admin/new/",
        "admin/datasets/region/new/<int:pk>/",
    }


@pytest.mark.parametrize("route", sorted(set(VIEWS) & set(RULES)))
def test_address_does_what_its_rule_says(db, prepared, route):
    rule, view, given = RULES[route], VIEWS[route], arguments(route, prepared)
    model = "/".join(route.split("/")[1:3])
    wrong = []

    def look(method, expect, kind=""):
        for name, account, rights in (*prepared.accounts, *singles(prepared, expect)):
            expected = expect(rights)
            if method == "post" and expected == DONE:
                with transaction.atomic():
                    found = outcome(view, account, method, given)
                    transaction.set_rollback(True)
            else:
                found = outcome(view, account, method, given)
            if found != expected:
                wrong.append((name, method, kind, found, expected))

    look("get", rule.get)
    if rule.post_public is None or model not in PUBLISHABLE:
        look("post", rule.post)
    else:
        look("post", rule.post_public, "published")
        row = prepared.rows[model]
        type(row)._base_manager.filter(pk=row.pk).update(is_published=False)
        look("post", rule.post, "draft")

    assert not wrong


@pytest.mark.parametrize("route", sorted(set(VIEWS) - PUBLIC))
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_gets_in_without_a_staff_account(db, prepared, route, method):
    given = arguments(route, prepared)

    found = {outcome(VIEWS[route], user, method, given) for user in prepared.outsiders}

    # Anyone may sign out.
    assert found == {"sign in"} or route == "admin/logout/"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "route", [route for route in sorted(VIEWS) if route.count("/") > 2]
)
def test_nothing_is_computed_before_a_refusal(db, prepared, route, method):
    """Before a refusal at most the row itself is read, and nothing is written."""
    account = next(
        user for name, user, _rights in prepared.accounts if name == "nothing"
    )
    given = arguments(route, prepared)
    # Permissions are read once and cached on the account; here before counting.
    account.get_all_permissions()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = outcome(VIEWS[route], account, method, given)

    if found == DENIED:
        asked = [
            query["sql"]
            for query in queries
            if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))
        ]
        assert len(asked) <= 2
        assert all(sql.startswith("SELECT") for sql in asked)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Permissions are checked before a page is rendered, which is tested elsewhere."""
    monkeypatch.setattr(admin.site, "each_context", lambda request: {})
    monkeypatch.setattr(
        "simple_history.admin.render", lambda *args, **more: HttpResponse()
    )
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


AUTOCOMPLETES = [
    (model, name)
    for model, model_admin in admin.site._registry.items()
    for owner in (model_admin, *model_admin.inlines)
    for name in owner.autocomplete_fields
    for model in [getattr(owner, "model", model)]
]


@pytest.mark.parametrize(
    ("model", "name"),
    AUTOCOMPLETES,
    ids=[f"{m.__name__}.{n}" for m, n in AUTOCOMPLETES],
)
def test_choices_are_for_those_who_may_see_them(db, prepared, model, name):
    target = model._meta.get_field(name).related_model._meta
    query = choices(model._meta.app_label, model._meta.model_name, name)
    view = VIEWS["admin/autocomplete/"]

    def expect(rights):
        seen = rights.sees(f"{target.app_label}/{target.model_name}")
        return DONE if seen else DENIED

    wrong = [
        (who, found)
        for who, account, rights in (*prepared.accounts, *singles(prepared, expect))
        if (found := outcome(view, account, "get", ([], {}, query))) != expect(rights)
    ]

    assert not wrong


# What may be done with selected rows, and the act that it needs.
ACTIONS = {
    "publish": "publish",
    "withdraw": "publish",
    "delete_selected": "delete",
    "mark_checked": "publish",
    "close_accounts": "change",
    "end_sessions": "change",
    "remove_second_factor": "change",
}


@pytest.mark.parametrize("model", MODELS)
def test_actions_on_many_rows_need_the_right_to_act_on_one(db, prepared, model):
    model_admin = next(
        owner
        for kind, owner in admin.site._registry.items()
        if f"{kind._meta.app_label}/{kind._meta.model_name}" == model
    )
    offered = {"delete_selected"} if model != "datasets/observation" else set()
    offered |= {"publish", "withdraw"} if model in PUBLISHABLE else set()
    offered |= {"mark_checked"} if model == "swot/entry" else set()
    if model == "auth/user":
        offered |= {"close_accounts", "end_sessions", "remove_second_factor"}
    wrong = []

    def expect(rights):
        found = {name for name in offered if rights.may(ACTIONS[name], model)}
        # Confirming a fact changes its act, which the public sees.
        confirms = model == "policies/proposedfact" and rights.changes(
            "policies/policy", is_public=True
        )
        return found | {"confirm"} if confirms else found

    for who, account, rights in (*prepared.accounts, *singles(prepared, expect)):
        request = RequestFactory().get("/")
        request.user = account
        expected = expect(rights)
        if set(model_admin.get_actions(request)) != expected:
            wrong.append((who, set(model_admin.get_actions(request)), expected))

    assert not wrong
