"""Rows of admin forms are written as Unfold's own templates write them."""

import re
from pathlib import Path

import pytest
import unfold
from django.contrib.auth.models import User
from django.template import Context, Template
from django.template.loader import get_template
from django.urls import reverse

from policies.models import Policy
from swot.models import Entry

NAME = "unfold/helpers/fieldset_row.html"
UNFOLD = Path(unfold.__file__).parent / "templates" / NAME

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, study):
    client.force_login(User.objects.create_superuser("admin"))
    return client


def forms_of(response):
    """The form of an admin page and those of its inlines, each with what is around."""
    adminform = response.context_data["adminform"]
    yield adminform, {"adminform": adminform}
    for formset in response.context_data["inline_admin_formsets"]:
        for form in formset:
            yield form, {"adminform": adminform, "inline_admin_formset": formset}


def rows_of(template, response):
    loop = Template("{% for line in lines %}{% include row %}{% endfor %}")
    return [
        canonical(loop.render(Context({"lines": fieldset, "row": template, **around})))
        for form, around in forms_of(response)
        for fieldset in form
    ]


def canonical(html):
    """HTML without blanks between elements, the classes of each in one order."""
    html = re.sub(r"\s*([<>])\s*", r"\1", html)
    return re.sub(
        r'class="([^"]*)"',
        lambda found: f'class="{" ".join(sorted(set(found[1].split())))}"',
        html,
    )


def compared(response):
    """The rows as we write them, which have to be as Unfold writes them."""
    ours = rows_of(get_template(NAME).template, response)
    assert ours == rows_of(Template(UNFOLD.read_text()), response)
    return " ".join(ours)


# A row of each, and something of what its form has beside plain fields.
FORMS = [(Entry, "readonly"), (Policy, "checkbox"), (User, "readonly")]


@pytest.mark.parametrize(("model", "part"), FORMS)
def test_rows_are_written_as_unfold_writes_them(desk, model, part):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    row = model.objects.first()

    assert part in compared(desk.get(reverse(f"{name}_change", args=[row.pk])))
    assert "<input" in compared(desk.get(reverse(f"{name}_add")))


def test_errors_stand_at_their_fields_as_unfold_places_them(desk):
    response = desk.post(reverse("admin:policies_policy_add"), {"_save": ""})

    assert "errorlist" in compared(response)
