"""The import command."""

import io
import json

import pytest
from django.core.management import call_command


@pytest.fixture
def run(tmp_path):
    """Call the command on a text; returns (exit status, its JSON object)."""

    def call(text, *arguments):
        file = tmp_path / "figures.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        out, status = io.StringIO(), 0
        try:
            call_command(
                "import_observations", str(file), "--json", *arguments, stdout=out
            )
        except SystemExit as stop:
            status = stop.code
        return status, json.loads(out.getvalue())

    return call
