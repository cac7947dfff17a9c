"""The documented deployment on this machine: server, worker, and nginx in front."""

import os
import re
import secrets
import shutil
import ssl
import subprocess
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from tests.deploy import documented, free_port, server_line, worker_line
from tests.network import Answer, ask, seconds_until
from tests.processes import ROOT
from tests.separate_database import own_database

HOST = "evidence.example"
# Installing packages and asking questions depend on the machine.
NOT_HERE = ("-m venv", "pip install", "npm ci", "createsuperuser")
# A certificate that the test has made itself.
TRUSTING = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
TRUSTING.check_hostname, TRUSTING.verify_mode = False, ssl.CERT_NONE
AROUND = """
daemon off;
pid {place}/nginx.pid;
error_log {place}/error.log;
events {{ worker_connections 2048; }}
http {{
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    include {place}/site.conf;
}}
"""


def commands():
    """The commands of docs/operations.md that bring up a site."""
    return [
        line
        for line in documented("deploy")
        if not any(word in line for word in NOT_HERE)
    ]


class Deployment:
    """A site deployed as documented; `https` requests through nginx."""

    def __init__(self, place: Path, url: str):
        self.place, self.log = place, []
        self.port, self.http, self.tls = free_port(), free_port(), free_port()
        self.environment = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("DJANGO", "PYTEST"))
        } | {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATABASE_URL": url,
            "ALLOWED_HOSTS": HOST,
            "SITE_URL": f"https://{HOST}",
            "IMPORT_DIRECTORY": str(place / "imports"),
            "PAGE_COPIES": str(place / "copies"),
            "METRICS_TOKEN": "let-me-in",
            "METRICS_DIRECTORY": str(place / "metrics"),
        }
        for command in commands():
            self.run(command)
        self.output = (place / "output").open("w")
        self.server = self.start(server_line(self.port))
        self.worker = self.start(worker_line())
        self.proxy = self.start(self.nginx())
        seconds_until(lambda: ask(self.port, "/readyz").status == 200, at_most=120)
        seconds_until(lambda: self.https("/en/").status == 200, at_most=60)

    def run(self, command):
        """A command of the documentation, as the operator's shell would run it."""
        done = subprocess.run(
            command.split(),
            check=False,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, f"{command}\n{said}"
        self.log.append((command, said))

    def start(self, line):
        return subprocess.Popen(
            line,
            cwd=ROOT,
            env=self.environment,
            stdout=self.output,
            stderr=subprocess.STDOUT,
        )

    def nginx(self):
        """deploy/nginx.conf as it is, except for ports, certificate and directories."""
        key, certificate = self.place / "key.pem", self.place / "certificate.pem"
        subprocess.run(
            [
                *"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj".split(),
                *(f"/CN={HOST}", "-keyout", str(key), "-out", str(certificate)),
            ],
            check=True,
            capture_output=True,
        )
        text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        for old, new in (
            (r"listen \[::\]:\d+.*?;\n", ""),
            (r"listen 80;", f"listen {self.http};"),
            (r"listen 443 ", f"listen {self.tls} "),
            (r"/etc/ssl/evidence.example.pem", str(certificate)),
            (r"/etc/ssl/private/evidence.example.key", str(key)),
            (r"127\.0\.0\.1:8000", f"127.0.0.1:{self.port}"),
            (r"/var/log/nginx", str(self.place)),
        ):
            text, count = re.subn(old, new, text)
            assert count, old
        (self.place / "site.conf").write_text(text)
        configuration = self.place / "nginx.conf"
        configuration.write_text(AROUND.format(place=self.place))
        program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin")
        assert program, "nginx is not installed: apt-get install nginx-light"
        return [program, "-p", str(self.place), "-c", str(configuration)]

    def https(self, path, method="GET", body=None, timeout=30, **headers) -> Answer:
        """Send a request through nginx, as a browser would."""

        def connect(host, port, **how):
            return HTTPSConnection(host, port, context=TRUSTING, **how)

        return ask(
            self.tls,
            path,
            method,
            body,
            timeout,
            connect,
            **{"Host": HOST} | headers,
        )

    def stop(self):
        for process in (self.proxy, self.server, self.worker):
            process.terminate()
        for process in (self.proxy, self.server, self.worker):
            process.wait(60)
        self.output.close()


@pytest.fixture(scope="module")
def deployed(django_db_setup, django_db_blocker, tmp_path_factory):
    place = tmp_path_factory.mktemp("deployed")
    # nginx gives up its privileges and has to reach its files there.
    for directory in (place, *place.parents[:2]):
        directory.chmod(0o755)
    with (
        django_db_blocker.unblock(),
        own_database(place, f"deploy_{os.getpid()}") as url,
    ):
        found = Deployment(place, url)
        yield found
        found.stop()
