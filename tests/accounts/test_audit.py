"""The audit log: what is recorded, wherever it was done, and that it stays."""

import datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from cbec_site.accounts import append_only, audit
from cbec_site.accounts.models import AppendOnlyError, AuditEntry
from cbec_site.accounts.roles import EDITOR
from cbec_site.base.drafts import acts
from cbec_site.base.drafts.models import Draft
from cbec_site.management.commands.worker import look
from datasets.importing.importer import observations
from datasets.models import ImportBatch
from policies.importing.importer import policies
from policies.importing.plan import PolicyOptions
from tests.base.drafts.conftest import PAGE, drafted, enter
from tests.factories import (
    make_indicator,
    make_issuer,
    make_policy,
    make_region,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def recorded(*kinds):
    """(act, account, subject, detail) of the entries of some kinds."""
    rows = AuditEntry.objects.filter(act__in=kinds).order_by("pk")
    return list(rows.values_list("act", "account", "subject", "detail"))


def public_policy(**fields):
    return make_policy(issuers=[make_issuer()], source_url=PAGE, **fields)


@pytest.mark.parametrize("is_public", [True, False])
def test_scheduled_publication_and_its_end_are_recorded(is_public):
    """By the worker, in the name of the editor who approved them."""
    editor, now = enter(EDITOR), timezone.now()
    policy = public_policy(code="P77", is_published=is_public)
    hour = datetime.timedelta(hours=1)
    draft = drafted(editor, policy, title_zh_hans="新标题")
    acts.schedule(draft, editor.user, now + hour, now + 2 * hour)
    assert recorded("published", "withdrawn") == []

    Draft.objects.update(live_at=now - 2 * hour)
    look()
    name = editor.user.get_username()
    why = "draft of a public row" if is_public else ""
    published = ("published", name, "policies.Policy P77", why)
    assert recorded("published") == [published]

    Draft.objects.update(expires_at=now - hour)
    look()
    withdrawn = ("withdrawn", name, "policies.Policy P77", "expired")
    assert recorded("published", "withdrawn") == [published, withdrawn]


def test_import_records_how_many_rows_became_public():
    user = make_user(username="importer")
    old = public_policy(code="P01", title_zh_hans="旧", is_published=False)
    public_policy(code="P02", title_zh_hans="新", is_published=True)
    columns = "code,title_zh_hans,level,source_url,is_published\n"
    rows = f"P01,旧,provincial,{PAGE},yes\nP02,新,provincial,{PAGE},no\n"

    outcome = policies.import_file(
        (columns + rows).encode(), user=user, options=PolicyOptions(publish=True)
    )

    assert outcome.is_accepted, list(outcome.plan.errors)
    old.refresh_from_db()
    assert old.is_published
    subject = f"policies.PolicyBatch {outcome.batch.pk}"
    assert recorded("published", "withdrawn") == [
        ("published", "importer", subject, "rows: 1"),
        ("withdrawn", "importer", subject, "rows: 1"),
    ]


def test_import_of_values_and_its_undo_are_recorded():
    user = make_user(username="importer")
    make_indicator(code="gdp", unit="CNY")
    make_region(code="520000")
    make_source(code="office")
    columns = "indicator,region,source,period,value,unit,is_published\n"

    def read(*rows):
        text = columns + "".join(f"gdp,520000,office,{row}\n" for row in rows)
        outcome = observations.import_file(text.encode(), user=user, file_name="a.csv")
        assert outcome.is_accepted, list(outcome.plan.errors)
        return outcome.batch

    first = read("2020,1,CNY,yes", "2021,2,CNY,no")
    second = read("2020,5,CNY,yes", "2022,3,CNY,yes")
    back = observations.undo(second, user=user)

    name = "datasets.ImportBatch"
    assert recorded("published", "withdrawn", "imported") == [
        ("imported", "importer", f"{name} {first.pk}", "a.csv"),
        ("published", "importer", f"{name} {first.pk}", "rows: 1"),
        ("imported", "importer", f"{name} {second.pk}", "a.csv"),
        ("published", "importer", f"{name} {second.pk}", "rows: 1"),
        ("imported", "importer", f"{name} {back.pk}", f"undoes {second.pk}: a.csv"),
    ]


def test_import_is_recorded_once_however_it_comes():
    batch = ImportBatch.objects.create(
        file_name="figures.csv", sha256="0" * 64, user=make_user(username="importer")
    )
    batch.state = "applied"
    batch.save()
    batch.save()

    (row,) = AuditEntry.objects.filter(act="imported")
    assert (row.account, row.subject, row.detail) == (
        "importer",
        f"datasets.ImportBatch {batch.pk}",
        "figures.csv",
    )


def test_no_right_is_left_out_of_a_long_list():
    role = Group.objects.create(name="Many rights")
    rights = Permission.objects.filter(content_type__app_label="policies")
    names = set(rights.values_list("codename", flat=True))
    assert len(", ".join(names)) > 2 * audit.DETAIL

    role.permissions.set(rights)

    entries = AuditEntry.objects.filter(subject="role Many rights").order_by("pk")
    assert len(entries) > 2
    told = " ".join(entry.detail for entry in entries)
    assert set(told.removeprefix("+ ").split(", ")) == names


def test_log_is_append_only(client):
    audit.record("signed_in", account="x")
    row = AuditEntry.objects.get(account="x")

    for change in (
        row.save,
        row.delete,
        lambda: AuditEntry.objects.update(account="y"),
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.bulk_update([row], ["account"]),
    ):
        with pytest.raises(AppendOnlyError):
            change()
    client.force_login(make_user(is_superuser=True))
    for name in ("change", "delete"):
        url = reverse(f"admin:accounts_auditentry_{name}", args=[row.pk])
        assert client.post(url, {"post": "yes", "account": "y"}).status_code == 403
    client.post(
        reverse("admin:accounts_auditentry_changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )
    assert AuditEntry.objects.filter(pk=row.pk, account="x").exists()
    listed = client.get(reverse("admin:accounts_auditentry_changelist"))
    assert listed.status_code == 200


def test_database_protects_all_of_an_entry_but_its_address():
    columns = {field.column for field in AuditEntry._meta.concrete_fields}

    assert columns - {"address", "is_shortened"} == set(append_only.COLUMNS)
    # A comparison with NULL would let a change pass.
    assert not any(field.null for field in AuditEntry._meta.concrete_fields)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditentry SET account = 'somebody else'",
        "UPDATE accounts_auditentry SET address = ''",
        # As the worker does, but changing something else too.
        "UPDATE accounts_auditentry SET is_shortened = TRUE, detail = 'x'",
        "UPDATE accounts_auditentry SET is_shortened = TRUE, at = at, id = id + 1",
        "DELETE FROM accounts_auditentry",
        {
            "sqlite": "REPLACE INTO accounts_auditentry SELECT * FROM"
            " accounts_auditentry",
            "postgresql": "TRUNCATE accounts_auditentry",
        },
    ],
)
def test_database_itself_refuses_changes(sql):
    audit.record("signed_in", account="x", detail="y")
    before = list(AuditEntry.objects.values())
    text = sql if isinstance(sql, str) else sql[connection.vendor]

    for change in (
        lambda: connection.cursor().execute(text),
        AuditEntry._base_manager.all().delete,
        lambda: AuditEntry._base_manager.update(account="y"),
        lambda: AuditEntry.objects.all()._raw_delete("default"),
    ):
        with (
            pytest.raises(IntegrityError, match="neither changed nor deleted"),
            transaction.atomic(),
        ):
            change()

    assert list(AuditEntry.objects.values()) == before


def test_protection_is_there_again_after_migrate():
    append_only.drop_protection()
    call_command("migrate", verbosity=0)

    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM accounts_auditentry")


def test_worker_shortens_addresses_after_the_set_number_of_days(settings):
    settings.AUDIT_ADDRESS_DAYS = 30
    old = timezone.now() - datetime.timedelta(days=31)
    for at, address in (
        (old, "198.51.100.7"),
        (old, "2001:db8:1:2::3"),
        (timezone.now(), "198.51.100.7"),
    ):
        AuditEntry.objects.create(at=at, act="signed_in", address=address)

    look()

    found = AuditEntry.objects.filter(act="signed_in").order_by("pk")
    assert list(found.values_list("address", flat=True)) == [
        "198.51.100.0/24",
        "2001:db8:1::/48",
        "198.51.100.7",
    ]
