"""The local site that `make run` makes: other commands find its key by themselves."""

import os
from pathlib import Path

KEY = Path(__file__).resolve().parent.parent / "var" / "secret-key"


def use_local_site(environment=os.environ) -> bool:
    """Take the local site's key where the environment names none; whether it did.

    Only for `manage.py`, and only where `make run` has left its key: a server of the
    public site is started by other means and without a key still refuses to start.
    """
    if environment.get("SECRET_KEY") or environment.get("SITE_URL"):
        return False
    try:
        key = KEY.read_text(encoding="ascii").strip()
    except OSError:
        return False
    if not key:
        return False
    environment["SECRET_KEY"] = key
    environment.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1")
    environment.setdefault("LOG_FORMAT", "plain")
    return True
