"""Exports with a text too long for a cell of a workbook: refused, or marked as cut."""

import io

import openpyxl
import pytest
from django.urls import reverse

from cbec_site.accounts.models import AuditEntry
from cbec_site.base.formulas import LONGEST
from tests.factories import make_policy, make_user

pytestmark = pytest.mark.django_db

LONG = "很长" * 20_000


def export(client, number):
    form = {"format": str(number), "resource": "0"}
    return client.post(reverse("admin:policies_policy_export"), form)


def test_a_workbook_that_would_lose_a_text_is_not_exported(client):
    make_policy(code="P1", summary_zh_hans="短")
    long = make_policy(code="P2", summary_zh_hans=LONG)
    user = make_user(is_superuser=True)
    client.force_login(user)
    client.cookies["django_language"] = "en"

    refused = export(client, 2)

    assert "attachment" not in refused.get("Content-Disposition", "")
    told = " ".join(refused.content.decode().split())
    assert "summary_zh_hans of P2 has 40,000 characters" in told
    assert "a cell holds 32,766. Choose CSV" in told
    assert not AuditEntry.objects.filter(act="exported").exists()
    assert LONG in export(client, 0).content.decode()

    long.summary_zh_hans = LONG[:LONGEST]
    long.save()
    book = openpyxl.load_workbook(io.BytesIO(export(client, 2).content))
    cells = {cell.value for row in book.active.iter_rows() for cell in row}
    assert long.summary_zh_hans in cells


def test_a_public_workbook_says_which_texts_were_cut(client):
    make_policy(code="P1", summary_en="word " * 8_000)

    response = client.get("/en/policies/list.xlsx")

    content = b"".join(response) if response.streaming else response.content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    (cut,) = [cell for cell in cells if cell.startswith("word word")]
    assert cut.endswith("[cut here: 40,000 characters, and a cell holds 32,766]")
