"""`make run` says what is in its way."""

import socket

import pytest
from django.core.management import CommandError, call_command

from cbec_site.local import use_local_site


def test_taken_port_is_refused_before_anything_is_prepared():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"port {port} already"):
            call_command("serve", port=port)


@pytest.fixture
def key(tmp_path, monkeypatch):
    path = tmp_path / "secret-key"
    monkeypatch.setattr("cbec_site.local.KEY", path)
    return path


def test_commands_find_the_local_key(key):
    key.write_text("local\n")
    environment = {}

    assert use_local_site(environment)
    assert environment["SECRET_KEY"] == "local"
    assert environment["ALLOWED_HOSTS"] == "localhost,127.0.0.1"


@pytest.mark.parametrize("given", [{"SECRET_KEY": "mine"}, {"SITE_URL": "https://x"}])
def test_a_public_site_never_takes_the_local_key(key, given):
    key.write_text("local")
    environment = dict(given)

    assert not use_local_site(environment)
    assert environment == given


def test_without_a_local_key_nothing_is_set(key):
    environment = {}
    assert not use_local_site(environment)

    key.write_text("")

    assert not use_local_site(environment)
    assert environment == {}
