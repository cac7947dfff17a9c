"""A site that several processes and threads write policies to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from policies.importing import writing
from policies.importing.importer import policies as policy_importer
from policies.models import Policy, PolicyBatch
from tests.factories import make_issuer
from tests.files import policies

UPLOAD = reverse("admin:policies_policy_import")
STORED, ALL = range(60), range(120)


@pytest.fixture
def library(shared_site, monkeypatch):
    """The DATABASE_URL of a site with 60 policies, of which 20 are written at once."""
    monkeypatch.setattr(writing, "OBJECTS_AT_ONCE", 20)
    make_issuer(code="gov")
    policy_importer.import_file(
        policies(STORED, "旧"), file_name="first.csv", keep_file=False
    )
    return shared_site


def written():
    """What the database holds; a policy written twice would show in one of the
    parts."""
    return {
        "policies": Policy.objects.count(),
        "renamed": Policy.objects.filter(title_zh_hans__startswith="通知").count(),
        "issuers": Policy.issuers.through.objects.count(),
        "history": Policy.history.count(),
        "batches": PolicyBatch.objects.filter(state="applied").count(),
    }


def upload(client, content):
    file = SimpleUploadedFile("policies.csv", content)
    return client.post(UPLOAD, {"file": file})["Location"]


def confirming(client, address):
    """What confirms the preview at an address, to be called in any thread."""
    shown = client.get(address).context["plan"]
    answers = {"token": shown.token, "reason": "Check"}
    return lambda: client.post(address, answers, follow=True)
