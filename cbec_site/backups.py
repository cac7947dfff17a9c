"""One file with everything a site holds: its database and the uploaded files.

The file is a tar archive: `manifest.json` (what is in it, with checksums), the database
(a copy of the SQLite file, or PostgreSQL's own custom format), and `uploads/`. It is
written next to its target and moved there once complete; it is read only after every
checksum has been verified. PostgreSQL needs its client programs pg_dump and pg_restore.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

MANIFEST, DATABASE, UPLOADS = "manifest.json", "database", "uploads"
FORMAT = 1
# Parameters of a connection and what libpq calls them in the environment (PG…).
LIBPQ = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
LIBPQ |= {"dbname": "DATABASE", "sslmode": "SSLMODE", "sslrootcert": "SSLROOTCERT"}
END_OF_DATA = "\\.\n"
# Everything goes, not only what the backup has: a newer version's tables refer to those
# of the backup. What belongs to an extension is not the site's.
EMPTIED = """
DO $$ DECLARE act text; BEGIN
FOR act IN
    SELECT format('DROP TABLE %s CASCADE', oid::regclass) FROM pg_class
    WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
    UNION ALL
    SELECT format('DROP ROUTINE %s CASCADE', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
LOOP EXECUTE act; END LOOP;
END $$
"""


class BackupError(Exception):
    """A backup cannot be made or read; the message tells the operator why."""


def write_backup(target: Path) -> dict:
    """Write a backup of the site to `target`; returns its manifest.

    The database is copied as of one moment; files uploaded meanwhile may be missing.
    Raises BackupError, which leaves `target` unchanged.
    """
    target = Path(target).resolve()
    if target.exists():
        raise BackupError(_("%s exists already; name a new file.") % target)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as directory:
        folder = Path(directory)
        _dump(folder / DATABASE)
        uploads = settings.MEDIA_ROOT
        files = {DATABASE: folder / DATABASE}
        if uploads.is_dir():
            for path in sorted(p for p in uploads.rglob("*") if p.is_file()):
                files[f"{UPLOADS}/{path.relative_to(uploads).as_posix()}"] = path
        archive = folder / "archive"
        # It holds the digests of passwords and the keys of second factors.
        archive.touch(0o600)
        with tarfile.open(archive, "w") as tar:
            sums = {name: _add(tar, name, path) for name, path in files.items()}
            manifest = {
                "format": FORMAT,
                "engine": connections[DEFAULT_DB_ALIAS].vendor,
                "created_at": timezone.now().isoformat(timespec="seconds"),
                "migrations": _migrations(),
                "files": {
                    name: checksum for name, checksum in sums.items() if checksum
                },
            }
            (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))
            tar.add(folder / MANIFEST, MANIFEST)
        archive.replace(target)
    return manifest


def _add(tar, name, path) -> str | None:
    """Add a file and return its checksum; None if it has disappeared meanwhile."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            info = tar.gettarinfo(fileobj=file, arcname=name)
            tar.addfile(info, file)
    except FileNotFoundError:
        return None
    return digest


def _migrations() -> list[str]:
    recorder = MigrationRecorder(connections[DEFAULT_DB_ALIAS])
    return sorted(".".join(key) for key in recorder.applied_migrations())


def read_backup(source: Path) -> dict:
    """Replace the site's database and uploads with a verified backup.

    Raises BackupError when something in the file is damaged, missing or meant for
    another kind of database; the site is then unchanged.
    """
    source = Path(source)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        try:
            tar = stack.enter_context(tarfile.open(source, "r:"))
            tar.extractall(folder, filter="data")
        except (OSError, tarfile.TarError) as error:
            raise BackupError(
                _("%s is not a backup, or it is damaged.") % source
            ) from error
        manifest = _verified(folder)
        _load(folder / DATABASE)
        _replace_uploads(folder / UPLOADS)
    return manifest


def verify_backup(source: Path) -> dict:
    """Read a backup without restoring it; returns its manifest or raises
    BackupError."""
    with tempfile.TemporaryDirectory() as directory:
        try:
            with tarfile.open(source, "r:") as tar:
                tar.extractall(directory, filter="data")
        except (OSError, tarfile.TarError) as error:
            raise BackupError(
                _("%s is not a backup, or it is damaged.") % source
            ) from error
        return _verified(Path(directory))


def _verified(folder: Path) -> dict:
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        files, engine = manifest["files"], manifest["engine"]
    except (OSError, ValueError, KeyError) as error:
        raise BackupError(_("The backup has no readable list of contents.")) from error
    if manifest.get("format") != FORMAT:
        raise BackupError(_("The backup was made by another version of the site."))
    if engine != connections[DEFAULT_DB_ALIAS].vendor:
        raise BackupError(
            _("The backup is of %(engine)s, the site runs on %(other)s.")
            % {"engine": engine, "other": connections[DEFAULT_DB_ALIAS].vendor}
        )
    for name, digest in files.items():
        path = folder / name
        if not path.is_file() or _digest(path) != digest:
            raise BackupError(_("%s in the backup is damaged or missing.") % name)
    return manifest


def _digest(path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump(target: Path) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return
    _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _load(source: Path) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
        return
    connection.close()
    script = source.with_name("script.sql")
    _run("pg_restore", "--no-owner", f"--file={script}", str(source))
    values = _parameters()
    # All or nothing, on a connection of its own, whose settings a dump changes.
    try:
        with (
            psycopg.connect(**{k: values[k] for k in LIBPQ if k in values}) as target,
            script.open(encoding="utf-8", newline="\n") as lines,
        ):
            target.execute(EMPTIED)
            _execute(target, lines)
    except psycopg.Error as error:
        raise BackupError(f"PostgreSQL: {error}") from error


def _execute(target, lines) -> None:
    """Execute a script of pg_restore, whose data are lines after COPY … FROM stdin."""
    statements: list[str] = []
    for line in lines:
        # Commands of psql; not all versions write them.
        if line.startswith(("\\restrict ", "\\unrestrict ")):
            continue
        if not (line.startswith("COPY ") and line.endswith(" FROM stdin;\n")):
            statements.append(line)
            continue
        target.execute("".join(statements))
        statements.clear()
        with target.cursor().copy(line) as copy:
            for row in iter(lines.__next__, END_OF_DATA):
                copy.write(row)
    target.execute("".join(statements))


def _parameters() -> dict:
    """The connection parameters of the site's own PostgreSQL database."""
    return connections[DEFAULT_DB_ALIAS].get_connection_params()


def _run(program: str, *arguments: str) -> None:
    """Run a client program of PostgreSQL on the site's database."""
    command = shutil.which(program)
    if command is None:
        raise BackupError(
            _("%s is not installed; it comes with PostgreSQL's client.") % program
        )
    values = _parameters()
    environment = {
        f"PG{name}": str(values[key])
        for key, name in LIBPQ.items()
        if values.get(key) not in (None, "")
    } | {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    done = subprocess.run(  # noqa: S603 - a fixed program, arguments of our own
        [command, *arguments],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise BackupError(f"{program}: {done.stderr.strip()}")


def _replace_uploads(source: Path) -> None:
    """Replace the uploaded files with those of a backup."""
    uploads = settings.MEDIA_ROOT
    uploads.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=uploads.parent, prefix=".restore-") as folder:
        new, old = Path(folder) / "new", Path(folder) / "old"
        if source.is_dir():
            shutil.copytree(source, new)
        else:
            new.mkdir()
        if uploads.exists():
            uploads.replace(old)
        new.replace(uploads)
