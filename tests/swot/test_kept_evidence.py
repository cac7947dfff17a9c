"""What a text rests on cannot be deleted, and no link to it goes unnoticed."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.urls import reverse

from datasets.importing.importer import observations
from datasets.models import Observation
from swot.models import Analysis, Entry, Recommendation
from tests.factories import (
    make_analysis,
    make_claim,
    make_correction,
    make_entry,
    make_event,
    make_figure,
    make_indicator,
    make_observation,
    make_policy,
    make_recommendation,
    make_region,
    make_source,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

MAKERS = {
    "observations": make_observation,
    "figures": make_figure,
    "policies": make_policy,
    "claims": make_claim,
    "events": make_event,
    "answers": make_entry,
}
LINKS = [
    *((make_entry, name) for name in MAKERS if name != "answers"),
    *(
        (make_recommendation, name)
        for name in MAKERS
        if name not in ("figures", "events")
    ),
    (make_correction, "claims"),
]


@pytest.fixture
def editor(client):
    client.force_login(make_user(is_superuser=True))
    client.cookies["django_language"] = "en"
    return client


def name_link(link):
    return f"{link[0].__name__[5:]}.{link[1]}"


@pytest.fixture(params=LINKS, ids=name_link)
def linked(request):
    """A text and the one thing that it links to."""
    make_text, name = request.param
    target = MAKERS[name]()
    return make_text(**{name: [target]}), target, name


def admin_page(item, action, *args):
    return reverse(
        f"admin:{item._meta.label_lower.replace('.', '_')}_{action}", args=args
    )


def assert_kept(text, target, name):
    assert list(getattr(text, name).all()) == [target]


def test_delete_page_names_the_text_and_deletes_nothing(editor, linked):
    text, target, name = linked
    address = admin_page(target, "delete", target.pk)

    shown = editor.get(address).content.decode()
    sent = editor.post(address, {"post": "yes", "change_reason": "Wrong"})

    for page in (shown, sent.content.decode()):
        assert "Nothing is deleted" in page
        assert f'<a href="{admin_page(text, "change", text.pk)}">{text}</a>' in page
        assert 'name="post"' not in page
    assert_kept(text, target, name)


# Observations are deleted one by one only.
MANY_AT_ONCE = [link for link in LINKS if link[1] != "observations"]


@pytest.mark.parametrize("linked", MANY_AT_ONCE, indirect=True, ids=name_link)
def test_deleting_what_is_selected_names_the_text(editor, linked):
    text, target, name = linked
    data = {"action": "delete_selected", "_selected_action": [target.pk]}

    asked = editor.post(admin_page(target, "changelist"), data)
    sent = editor.post(admin_page(target, "changelist"), data | {"post": "yes"})

    for response in (asked, sent):
        assert "Nothing is deleted" in response.content.decode()
        assert str(text) in response.content.decode()
    assert_kept(text, target, name)


def test_deleting_many_in_code_is_refused_with_the_texts(linked):
    text, target, name = linked

    with pytest.raises(ProtectedError) as caught:
        type(target).objects.filter(pk=target.pk).delete()

    assert caught.value.protected_objects == {text}
    assert_kept(text, target, name)


def test_row_can_be_deleted_once_unlinked(editor, linked):
    text, target, name = linked
    getattr(text, name).clear()

    editor.post(admin_page(target, "delete", target.pk), {"post": "yes"})

    assert not type(target).objects.filter(pk=target.pk).exists()


def test_an_analysis_goes_with_its_texts(editor):
    analysis, claim = make_analysis(), make_claim()
    entry = make_entry(analysis=analysis, claims=[claim])
    make_recommendation(analysis=analysis, answers=[entry], claims=[claim])

    editor.post(admin_page(analysis, "delete", analysis.pk), {"post": "yes"})

    for model in (Analysis, Entry, Recommendation):
        assert not model.objects.exists()
    claim.refresh_from_db()


def test_an_analysis_stays_while_another_answers_its_entry():
    entry = make_entry()
    advice = make_recommendation(answers=[entry])

    with pytest.raises(ProtectedError) as caught:
        entry.analysis.delete()

    assert caught.value.protected_objects == {advice}


def test_import_that_a_text_rests_on_is_not_undone(editor):
    make_indicator(code="trade", unit="CNY_100M")
    make_region(code="GZ")
    make_source(code="book")
    file = b"indicator,region,period,value,unit,source\ntrade,GZ,2023,5,CNY_100M,book\n"
    batch = observations.import_file(file, file_name="trade.csv").batch
    entry = make_entry(observations=[Observation.objects.get()])
    advice = make_recommendation(observations=[Observation.objects.get()])

    with pytest.raises(ValidationError) as caught:
        observations.undo(batch)
    page = editor.post(
        reverse("admin:datasets_importbatch_undo", args=[batch.pk]), follow=True
    )

    # R before S.
    text = f"Still used. Remove it from these first: {advice}, {entry}"
    assert caught.value.messages == [text]
    assert page.status_code == 200
    assert text in page.content.decode()
    assert entry.observations.get() == advice.observations.get()


def test_delete_page_names_the_first_of_many(editor):
    item = make_indicator()
    for number in range(51):
        make_observation(indicator=item, period=str(1970 + number))

    page = editor.get(admin_page(item, "delete", item.pk)).content.decode()

    assert "The first 50 of 51." in page
    assert page.count("<li>Observation: ") == 50
