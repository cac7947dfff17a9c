"""What the log says: one traceback for a fault, its request, and nothing private."""

import io
import json
import logging
import logging.config

import pytest

from cbec_site.logs import logging_settings
from policies.views import PolicyList

SECRET = "what-the-reader-typed"


@pytest.fixture
def lines(monkeypatch):
    """The lines that a production log gets meanwhile."""
    stream = io.StringIO()
    found = logging_settings(is_json=True, level="INFO")
    found["handlers"]["stderr"]["stream"] = stream
    root = logging.getLogger()
    before = (root.handlers[:], root.level)
    logging.config.dictConfig(found)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before


def fail(*args, **kwargs):
    raise RuntimeError("broken on purpose")


def test_fault_is_logged_once_with_the_id_on_its_page(client, db, lines, monkeypatch):
    monkeypatch.setattr(PolicyList, "get", fail)
    client.raise_request_exception = False

    response = client.get(f"/en/policies/?q={SECRET}", headers={"cookie": "a=secret"})

    faults = [line for line in lines() if "exc_info" in line]
    assert response.status_code == 500
    assert len(faults) == 1
    assert "broken on purpose" in faults[0]["exc_info"]
    assert faults[0]["correlation_id"] in response.content.decode()
    assert SECRET not in json.dumps(lines())
    assert "secret" not in json.dumps(lines())


@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [("0123456789abcdef0123456789abcdef", True), ("<script>", False)],
)
def test_id_of_the_proxy_is_kept_and_nonsense_is_not(
    client, db, lines, monkeypatch, sent, is_kept
):
    monkeypatch.setattr(PolicyList, "get", fail)
    client.raise_request_exception = False

    page = client.get("/en/policies/", headers={"x-request-id": sent})

    logged = next(line for line in lines() if "exc_info" in line)["correlation_id"]
    assert (logged == sent) is is_kept
    assert logged in page.content.decode()


def test_missing_page_is_no_fault(client, db, lines):
    client.get("/en/nothing-here/")

    assert all(line["level"] in ("INFO", "WARNING") for line in lines())
