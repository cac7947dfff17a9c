"""A server as the documentation runs it shows changes that other processes make."""

import socket
import time
import urllib.request
from urllib.error import HTTPError

import pytest

from datasets.importing.importer import observations
from datasets.models import Indicator, Observation
from tests.files import REGIONS, YEARS, figures

# A worker notices within a second; a busy machine gets more to answer in.
NOTICED = 1.0


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def read_page(start):
    """Read an address of a server that runs as the documentation says."""
    port = free_port()
    server = start(
        *f"-m cbec_site.web_server --port {port} --processes 1".split(),
    )
    server.wait_for_port(port)

    def read(path):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode()

    return read


def shown_within(read_page, path, text):
    deadline = time.monotonic() + NOTICED + 2
    while text not in read_page(path):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_another_process_sees_every_kind_of_write(read_page):
    path = "/en/datasets/indicators/exports/"
    assert "Renamed" not in read_page(path)

    Indicator.objects.filter(code="exports").update(title_en="Renamed")
    shown_within(read_page, path, "Renamed")

    largest = max(YEARS) + max(REGIONS) + 700_000
    observations.import_file(figures(parts=("",), more=700_000), file_name="more.csv")
    assert Observation.objects.filter(value__gte=largest).exists()
    shown_within(read_page, f"{path}?sort=-period", f'value="{largest}.5"')

    Indicator.objects.filter(code="exports").update(is_published=False)
    deadline = time.monotonic() + NOTICED + 2
    with pytest.raises(HTTPError, match="404"):
        while time.monotonic() < deadline:
            read_page(path)
            time.sleep(0.05)
