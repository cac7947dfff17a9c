"""What a text binds by its code alone is neither deleted nor given another code."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse

from cbec_site.base.permanent_codes import texts_naming
from datasets.importing.importer import observations
from datasets.models import Observation
from swot.models import Claim
from tests.factories import (
    make_analysis,
    make_claim,
    make_entry,
    make_observation,
    make_recommendation,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIST = reverse("admin:swot_claim_changelist")
TEXTS = [
    (make, f"{field}_{language}")
    for make, field in (
        (make_entry, "body"),
        (make_recommendation, "body"),
        (make_analysis, "abstract"),
    )
    for language in ("zh_hans", "en")
]


@pytest.fixture
def editor(client):
    client.force_login(make_user(is_superuser=True))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def claim(db):
    return make_claim(code="C07")


@pytest.fixture(params=TEXTS, ids=lambda given: f"{given[0].__name__[5:]}.{given[1]}")
def text(request, claim):
    """A draft in which one language binds the claim."""
    make, field = request.param
    return make(**{field: "[109%](claim:C07)"}, is_published=False)


def delete_page(claim):
    return reverse("admin:swot_claim_delete", args=[claim.pk])


def link_to(text):
    name = f"admin:swot_{text._meta.model_name}_change"
    return f'<a href="{reverse(name, args=[text.pk])}">{text}</a>'


def test_delete_page_names_the_text_and_deletes_nothing(editor, claim, text):
    for page in (
        editor.get(delete_page(claim)),
        editor.post(delete_page(claim), {"post": "yes"}),
    ):
        assert "Nothing is deleted" in page.content.decode()
        assert link_to(text) in page.content.decode()
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_deleting_what_is_selected_names_the_text(editor, claim, text):
    free = make_claim(code="C071")
    data = {"action": "delete_selected", "_selected_action": [free.pk, claim.pk]}

    for page in (
        editor.post(LIST, data),
        editor.post(LIST, data | {"post": "yes"}),
    ):
        assert "Nothing is deleted" in page.content.decode()
        assert link_to(text) in page.content.decode()
    assert Claim.objects.filter(pk__in=[free.pk, claim.pk]).count() == 2


def test_delete_page_speaks_the_language_of_the_editor(editor, claim):
    make_entry(body="[109%](claim:C07)", title_zh_hans="通关更快")
    editor.cookies["django_language"] = "zh-hans"

    page = editor.get(delete_page(claim)).content.decode()

    assert "没有删除任何内容" in page
    assert "通关更快" in page


@pytest.mark.parametrize("select", [Claim.objects.get, Claim.objects.filter])
def test_deleting_in_code_is_refused_with_the_text(claim, text, select):
    with pytest.raises(ProtectedError) as caught, transaction.atomic():
        select(pk=claim.pk).delete()

    assert caught.value.protected_objects == [text]
    assert Claim.objects.filter(pk=claim.pk).exists()


def test_a_text_that_also_links_to_the_claim_is_named_once(editor, claim):
    entry = make_entry(body="[109%](claim:C07)", claims=[claim])

    page = editor.get(delete_page(claim)).content.decode()

    assert page.count(link_to(entry)) == 1


@pytest.mark.parametrize(
    "body", ["C07 and claim:C07 in prose", "[1](claim:C071)", "[1](claim:c07)", "`C07`"]
)
def test_text_that_does_not_bind_the_claim_does_not_protect_it(editor, claim, body):
    make_entry(body=body)

    editor.post(delete_page(claim), {"post": "yes"})

    assert not Claim.objects.filter(pk=claim.pk).exists()


def test_another_code_is_refused_with_the_text(claim, text):
    claim.code = "C98"

    with pytest.raises(ValidationError) as caught:
        claim.full_clean()

    assert caught.value.message_dict == {
        "code": [
            "Codes are permanent, and texts name C07. Take it out of each of them "
            f"first: {text}."
        ]
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Codes are permanent, and texts name C07."),
        ("zh-hans", "代码不可更改，已有文本引用C07。"),
    ],
)
def test_form_refuses_another_code(editor, claim, language, words):
    entry = make_entry(body="[109%](claim:C07)")
    editor.cookies["django_language"] = language
    address = reverse("admin:swot_claim_change", args=[claim.pk])
    initial = editor.get(address).context["adminform"].form.initial
    data = {name: "" if value is None else value for name, value in initial.items()}
    inline = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}
    data |= {f"verdict_changes-{name}": value for name, value in inline.items()}

    page = editor.post(address, data | {"code": "C98"})

    (error,) = page.context["adminform"].form.errors["code"]
    assert words in error
    assert entry.code in error
    assert Claim.objects.get(pk=claim.pk).code == "C07"


def test_a_claim_that_no_text_binds_may_get_another_code(claim):
    make_entry(body="[1](claim:C071)")

    claim.code = "C98"

    claim.full_clean()


@pytest.fixture
def value(db):
    return make_observation(code="old_value", value=Decimal(13), decimals=0)


def test_a_value_that_a_text_binds_is_kept_as_well(editor, value):
    entry = make_entry(body="[13](obs:old_value)", is_published=False)
    address = reverse("admin:datasets_observation_delete", args=[value.pk])

    page = editor.post(address, {"post": "yes"}).content.decode()

    assert "Nothing is deleted" in page
    assert link_to(entry) in page
    with pytest.raises(ProtectedError), transaction.atomic():
        Observation.objects.all().delete()
    value.code = "new_value"
    with pytest.raises(ValidationError, match="texts name old_value"):
        value.full_clean()


def test_a_claim_of_the_same_code_binds_no_value(value):
    make_entry(body="[13](claim:old_value)")

    value.delete()

    assert not Observation.objects.exists()


def test_undo_keeps_the_values_that_texts_bind(value):
    table = "indicator,region,period,value,unit,source,code\n"
    place = f"{value.indicator.code},{value.region.code}"
    for year in (1990, 1991, 1992):
        table += f"{place},{year},1,{value.unit},{value.source.code},y{year}\n"
    batch = observations.import_file(table.encode(), keep_file=False).batch
    entry = make_entry(body="[1](obs:y1991)")

    with pytest.raises(ValidationError, match="Still used") as caught:
        observations.undo(batch)

    assert str(entry) in caught.value.messages[0]
    assert Observation.objects.filter(code__startswith="y").count() == 3

    entry.body = entry.body_zh_hans = entry.body_en = ""
    entry.save()
    observations.undo(batch)

    assert list(Observation.objects.all()) == [value]


def test_import_does_not_change_a_code_that_a_text_binds(value):
    table = (
        "indicator,region,period,value,unit,source,code\n"
        f"{value.indicator.code},{value.region.code},{value.period},"
        f"13,{value.unit},{value.source.code},new_value\n"
    )
    entry = make_entry(body="[13](obs:old_value)")

    refused = observations.import_file(table.encode(), keep_file=False)

    (error,) = refused.plan.errors
    assert (error.line, error.column) == (2, "code")
    assert error.message.endswith(
        f"texts name old_value. Take it out of each of them first: {entry}."
    )

    entry.delete()

    assert observations.import_file(table.encode(), keep_file=False).batch
    assert Observation.objects.get().code == "new_value"


@pytest.mark.parametrize("count", [2, 40])
def test_many_codes_take_as_many_queries_as_one(django_assert_num_queries, count):
    codes = [f"v{number}" for number in range(count)]
    entry = make_entry(body="[1](obs:v1)")

    # Entries, recommendations and analyses.
    with django_assert_num_queries(3):
        assert texts_naming(Observation, codes) == {"v1": [entry]}
