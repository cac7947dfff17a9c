"""One rule for all identifiers in addresses, wherever they are entered."""

import os

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.urls import Resolver404, URLPattern, get_resolver
from django.urls.converters import get_converters

from cbec_site.base import older_codes
from cbec_site.base.codes import MESSAGE, WHOLE
from datasets.importing.importer import observations
from datasets.models import Breakdown, NameMapping, Observation
from policies.importing.importer import policies
from policies.models import Policy, PolicyChange
from tests.factories import (
    make_claim,
    make_indicator,
    make_observation,
    make_policy,
    make_region,
    make_source,
)
from tests.rows import APPS, MAKERS, code_fields, copy_of, unsaved
from tests.separate_database import empty_database

pytestmark = [pytest.mark.whole, pytest.mark.usefixtures("english")]

BAD = ["P 21", "-P", "_P", "P/2", "P.21", "P%2", "Ｐ21", "Pé", "P21\n", " P2", "贵州"]
GOOD = ["P21", "p-21_B", "p_", "9a", "a"]


FIELDS = [
    pytest.param(model, name, id=f"{model._meta.model_name}.{name}")
    for model, name in code_fields()
]


def names_in_paths(patterns, before=()):
    """(path, its parameter, the converter) for every address of the site."""
    for pattern in patterns:
        path = (*before, str(pattern.pattern))
        for name, converter in pattern.pattern.converters.items():
            yield "".join(path), name, type(converter)
        if not isinstance(pattern, URLPattern):
            yield from names_in_paths(pattern.url_patterns, path)


def test_every_model_with_an_identifier_has_the_rule():
    named = {
        (model._meta.model_name, field.name)
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.local_fields
        if field.name in ("code", "slug", "number")
        and not model.__name__.startswith("Historical")
        and field.editable
        # Words of a source, targets of names in files, subjects of
        # changes: none of them is a code of the row itself.
        and model not in (Breakdown, NameMapping, PolicyChange)
    }
    named -= {("claiminput", "code")}

    assert {(model._meta.model_name, name) for model, name in code_fields()} == named
    assert {name for name, _field in named} == MAKERS.keys()


def test_every_identifier_in_a_path_has_the_rule():
    code = type(get_converters()["code"])
    # The admin has addresses of its own.
    found = [
        (path, name, converter)
        for path, name, converter in names_in_paths(get_resolver().url_patterns)
        if not path.startswith("admin")
    ]

    assert {name for _path, name, kind in found if kind is code} == {
        "slug",
        "analysis",
        "code",
    }
    # The section of a sitemap, the signed token of a draft, the page of a citation
    # and its file format: none is a code.
    others = {name for _path, name, kind in found if kind is not code}
    assert others == {"section", "token", "page", "ending"}


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_wrong_code_is_reported_at_its_field_and_refused_by_the_database(model, name):
    for value in BAD:
        item = unsaved(model, name, value)

        with pytest.raises(ValidationError) as refusal:
            item.full_clean(exclude=["first_quadrant"])
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.bulk_create([item])

        assert refusal.value.message_dict == {name: [MESSAGE]}, value


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "name"), FIELDS)
def test_right_code_is_accepted(model, name):
    for value in GOOD:
        if model._meta.model_name == "entry":
            value = f"S{value}"
        model.objects.bulk_create([unsaved(model, name, value)])

        assert model.objects.filter(**{name: value}).exists()


def test_paths_accept_the_same_codes():
    for value in BAD:
        assert not matches(value), value
    for value in GOOD:
        assert matches(value), value


def matches(value):
    resolver = get_resolver()
    try:
        return resolver.resolve(f"/en/pages/{value}/").kwargs["slug"] == value
    except Resolver404:
        return False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "word"),
    [(make_policy, "feed"), (make_policy, "pilot-zones"), (make_claim, "feed")],
)
def test_reserved_word_is_not_a_code(make, word):
    item = copy_of(make(), code=word)

    with pytest.raises(ValidationError) as refusal:
        item.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(item).objects.bulk_create([item])

    assert refusal.value.message_dict == {
        "code": ["This word is already the address of another page."]
    }


@pytest.mark.django_db
def test_code_of_a_value_is_not_a_number():
    item = copy_of(make_observation(), code="2022", period="1999")

    with pytest.raises(ValidationError) as refusal:
        item.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.bulk_create([item])

    assert refusal.value.message_dict == {
        "code": ["A code of digits alone could be taken for a number: add a letter."]
    }


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["a b", "贵州", "-a", "2022", "a" * 65])
def test_import_of_values_names_the_line_and_the_cell(code):
    make_indicator(code="exports"), make_region(code="R0"), make_source(code="office")
    header = "code,indicator,region,period,value,unit,source"
    rows = [
        f"{name},exports,R0,{year},1,CNY_100M,office"
        for name, year in (("good", 2021), (code, 2022))
    ]

    outcome = observations.import_file("\n".join([header, *rows]).encode())

    (problem,) = outcome.plan.errors
    assert (problem.line, problem.column, problem.value) == (3, "code", code)
    assert not Observation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["P 21", "feed", "-P", "P" * 13])
def test_import_of_policies_names_the_line(code):
    text = f"code,title_zh_hans,level\nP1,通知,national\n{code},通知,national\n"

    outcome = policies.import_file(text.encode())

    (problem,) = outcome.plan.errors
    assert (problem.line, problem.value) == (3, code)
    assert not Policy.objects.exists()


# The last migration of each app before the rule, and those that introduced it.
BEFORE = {
    "swot": "0015_publish_permission",
    "policies": "0003_publish_permission",
    "datasets": "0007_publish_permission",
    "cbec_site": "0003_content_version",
}
RULE = [
    ("cbec_site", "0005_codes_in_addresses"),
    ("datasets", "0008_codes_in_addresses"),
    ("policies", "0004_codes_in_addresses"),
    ("swot", "0016_codes_in_addresses"),
]


def make_tables_of_then():
    """Make the tables as of then, as if the migrations had run; returns the models.

    Apps that do not depend on ours have today's tables.
    """
    executor = MigrationExecutor(connection)
    graph = MigrationLoader(connection, replace_migrations=False).graph
    done = {node for last in BEFORE.items() for node in graph.forwards_plan(last)}
    for last in graph.leaf_nodes():
        plan = set(graph.forwards_plan(last))
        if not any(app in BEFORE for app, _name in plan - done):
            done |= plan
    models = graph.make_state(nodes=sorted(done), at_end=True).apps
    with connection.schema_editor() as editor:
        for model in models.get_models():
            if not model._meta.proxy:
                editor.create_model(model)
    executor.recorder.ensure_schema()
    for app, name in sorted(done):
        executor.recorder.record_applied(app, name)
    return models


@pytest.fixture
def models_of_then(django_db_setup, django_db_blocker, english):
    """The models of a database as of before the rule, which is connected to."""
    with django_db_blocker.unblock(), empty_database(f"codes_{os.getpid()}"):
        yield make_tables_of_then()


def applied():
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return cursor.fetchall()


@pytest.mark.processes
def test_migration_names_what_to_correct_and_changes_nothing(models_of_then):
    texts = {"title": "题", "title_zh_hans": "题", "title_en": "Title"}
    names = {"name": "名", "name_zh_hans": "名", "name_en": "Name"}

    def make(label, **values):
        return models_of_then.get_model(label).objects.create(**values)

    policy = make(
        "policies.Policy", code="P 21", level="national", status="in_force", **texts
    )
    topic = make("policies.Topic", code="t", **names)
    claim = make("swot.Claim", code="feed", kind="arithmetic")
    parts = {
        "indicator": make("datasets.Indicator", code="trade", unit="COUNT", **texts),
        "region": make("datasets.Region", code="R0", **names),
        "source": make("datasets.Source", code="office", **texts),
    }
    value, _unnamed = (
        make(
            "datasets.Observation",
            code=code,
            period=period,
            value=1,
            decimals=0,
            status="A",
            unit="COUNT",
            **parts,
        )
        for code, period in (("2022", "2022"), ("", "2023"))
    )
    before = applied()

    with pytest.raises(CommandError) as refusal:
        call_command("migrate", verbosity=0)

    first, *lines = str(refusal.value).splitlines()
    assert first.startswith("Nothing was changed: ")
    assert [line.split(":")[0] for line in lines] == [
        f"datasets.Observation {value.pk}",
        f"policies.Policy {policy.pk}",
        f"swot.Claim {claim.pk}",
    ]
    assert "code “P 21”" in lines[1]
    assert applied() == before

    for item, code in ((policy, "P-21"), (claim, "C1"), (value, "v2022")):
        type(item).objects.filter(pk=item.pk).update(code=code)
    MigrationExecutor(connection).migrate(RULE)

    run = [name for name in applied() if name not in before]
    assert sum(str(name).count("codes") for name in run) == 5
    with pytest.raises(IntegrityError), transaction.atomic():
        type(topic).objects.filter(pk=topic.pk).update(code="t t")


def test_migration_has_the_same_rule_as_today():
    assert older_codes.RULE.pattern == WHOLE
    assert {(model, field) for _app, model, field in older_codes.FIELDS} == {
        (model.__name__, name)
        for model, name in code_fields()
        # Added later, with the rule from its first migration on.
        if model.__name__ != "SavedView"
    }
