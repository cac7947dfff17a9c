"""What deploy/nginx.conf promises; tests/soak runs nginx with it."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from cbec_site.safety import AROUND_FILE, PUBLIC_BODY, UPLOADS
from tests.processes import ROOT

TEXT = re.sub(r"#.*", "", (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8"))
LOCATIONS = re.findall(r"location ~ (\S+) \{(.*?)\n    \}", TEXT, re.DOTALL)
UNITS = {"k": 1 << 10, "m": 1 << 20}


def place(address):
    """The directives for an address: nginx takes the first expression that matches."""
    return next((said for mark, said in LOCATIONS if re.search(mark, address)), "")


def most_bytes(text):
    number, unit = re.search(r"client_max_body_size (\d+)(\w);", text).groups()
    return int(number) * UNITS[unit]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("swot:report", []),
        ("admin:login", []),
        ("admin_password_reset", []),
        ("password_reset_confirm", ["MQ", "key"]),
        ("admin:second-factor", []),
        ("admin:second-factor-set-up", []),
    ],
)
def test_public_forms_are_rate_limited(language, name, arguments):
    with override(language):
        said = place(reverse(name, args=arguments))

    assert "limit_req zone=cbec_forms" in said
    assert "limit_req_status 429;" in said
    assert "proxy_pass" in said


@pytest.mark.parametrize("path", ["/en/", "/admin/", "/en/swot/claims/C01/"])
def test_pages_are_not_rate_limited(path):
    assert "limit_req" not in place(path)


def test_proxy_accepts_bodies_as_large_as_the_site_does():
    for address in UPLOADS:
        assert most_bytes(place(address)) >= settings.IMPORT_MAX_BYTES + AROUND_FILE
    assert most_bytes(TEXT.partition("location ~")[0]) >= PUBLIC_BODY


def test_no_log_contains_readers_addresses_or_queries():
    servers = TEXT.split("server {")[1:]

    assert len(servers) == 2
    for said in servers:
        assert re.findall(r"access_log \S+ (\w+);", said) == ["cbec"]
        assert "error_log /var/log/nginx/error.log crit;" in said
        assert "server_tokens off;" in said
    (logged,) = re.findall(r"log_format cbec (.*?);", TEXT, re.DOTALL)
    named = set(re.findall(r"\$(\w+)", logged))
    assert "cbec_path" in named
    assert not named & {"remote_addr", "request_uri", "uri", "args", "http_user_agent"}


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_health_and_metrics_are_closed_to_the_outside(path):
    said = place(path)

    assert re.findall(r"(?:allow|deny) (\S+);", said) == ["127.0.0.1", "::1", "all"]


def test_redirects_do_not_use_the_host_header():
    assert re.findall(r"return 301 (\S+);", TEXT) == [
        "https://$server_name$request_uri"
    ]
