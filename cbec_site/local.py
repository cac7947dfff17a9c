"""The local site of `make run`: lets other commands find its secret key."""

import os
from pathlib import Path

KEY = Path(__file__).resolve().parent.parent / "var" / "secret-key"


def use_local_site(environment=os.environ) -> bool:
    """Use the local site's key if the environment has none; returns whether it did.

    Only for `manage.py`, and only where `make run` has left its key: a production
    server is started in another way and still refuses to start without a key.
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
