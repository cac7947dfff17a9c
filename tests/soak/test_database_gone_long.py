"""The database is away for a minute and a half; tests/running tries seconds."""

import pytest

from tests.running.test_database_gone import away, back, port, pytestmark, url, wire

__all__ = ["port", "pytestmark", "url", "wire"]
SECONDS = 90


@pytest.mark.parametrize("cut", ["refuse", "silence"])
def test_ninety_seconds_without_a_database(port, wire, cut):
    getattr(wire, cut)()
    away(port, SECONDS)
    wire.mend()
    back(port)
