"""compose.yaml agrees with the Dockerfile, deploy/ and docs/operations.md."""

import re
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings

from tests.deploy import documented
from tests.dockerfile import steps
from tests.processes import ROOT

BOOK = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES = BOOK["services"]
OURS = ("prepare", "web", "worker")
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
# The PostgreSQL version of each Debian release: its client makes the backups.
POSTGRES = {"bookworm": "15", "trixie": "17"}


def texts(name):
    return [step.text for step in steps() if step.name == name]


def test_commands_of_the_documentation_name_its_services():
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    named = set(re.findall(r"docker compose exec (\w+)", page))

    assert named == {"web"}
    assert set(SERVICES) == {*OURS, "database", "proxy"}


@pytest.mark.parametrize("name", OURS)
def test_site_runs_from_one_image_without_privileges(name):
    service = SERVICES[name]

    assert service["build"] == "."
    assert service["env_file"] == ".env"
    assert service["read_only"] is True
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"user", "privileged", "cap_add", "pid"} & set(service)


@pytest.mark.parametrize("name", OURS)
def test_site_can_write_to_the_directories_of_its_data(name):
    (mount,) = SERVICES[name]["volumes"]
    volume, place = mount.split(":")
    kept = re.findall(r"(?:IMPORT_DIRECTORY|PAGE_COPIES)=(\S+)", " ".join(texts("ENV")))

    assert volume in BOOK["volumes"]
    assert len(kept) == 2
    assert all(path.startswith(f"{place}/") for path in kept)
    # The image makes it writable for the account that the site runs as.
    assert any(f"install -d -o cbec-evidence {place}" in run for run in texts("RUN"))
    # The container's own /tmp, which is not shared and is deleted with it.
    assert str(settings.METRICS_DIRECTORY).startswith("/tmp/")  # noqa: S108
    assert SERVICES[name]["tmpfs"] == ["/tmp"]  # noqa: S108


def test_every_volume_is_declared_and_used():
    used = {
        mount.split(":")[0]
        for service in SERVICES.values()
        for mount in service.get("volumes", [])
    }

    assert {name for name in used if "/" not in name} == set(BOOK["volumes"])


@pytest.mark.parametrize("name", OURS)
def test_site_uses_the_database_of_the_file(name):
    url = urlsplit(SERVICES[name]["environment"]["DATABASE_URL"].replace("?", "%3F"))
    database = SERVICES["database"]["environment"]

    assert url.hostname == "database"
    assert url.username == database["POSTGRES_USER"]
    assert url.path == f"/{database['POSTGRES_DB']}"
    assert url.password.replace("%3F", "?") == database["POSTGRES_PASSWORD"]


def test_services_wait_for_those_they_need():
    conditions = {
        (name, other): waits["condition"]
        for name, service in SERVICES.items()
        if isinstance(service.get("depends_on"), dict)
        for other, waits in service["depends_on"].items()
    }

    assert conditions == {
        ("prepare", "database"): "service_healthy",
        ("web", "prepare"): "service_completed_successfully",
        ("worker", "prepare"): "service_completed_successfully",
    }
    assert SERVICES["proxy"]["depends_on"] == ["web"]


def test_health_checks_ask_what_answers():
    disabled = {
        name
        for name, service in SERVICES.items()
        if service.get("healthcheck", {}).get("disable")
    }

    # They answer no requests; the other services of this image use its own check.
    assert disabled == {"prepare", "worker"}
    assert "/healthz" in texts("HEALTHCHECK")[-1]
    test = SERVICES["database"]["healthcheck"]["test"]
    user = SERVICES["database"]["environment"]["POSTGRES_USER"]
    assert test == ["CMD", "pg_isready", "--username", user]


def test_all_services_but_the_preparation_restart():
    again = {name: service["restart"] for name, service in SERVICES.items()}

    assert again.pop("prepare") == "no"
    assert set(again.values()) == {"unless-stopped"}


def test_database_is_prepared_as_documented():
    command = " ".join(SERVICES["prepare"]["command"])

    assert f".venv/bin/{command.removesuffix(' --noinput')}" in documented("deploy")


def test_only_the_proxy_has_a_public_port():
    open_to_all = {name for name, service in SERVICES.items() if "ports" in service}
    listens = set(re.findall(r"listen (\d+)", NGINX))
    published = {port.split(":")[1] for port in SERVICES["web"]["ports"]}
    upstream = re.search(r"server 127\.0\.0\.1:(\d+);", NGINX)[1]

    assert open_to_all == {"web"}
    assert SERVICES["proxy"]["network_mode"] == "service:web"
    assert published == listens
    assert upstream not in published
    assert texts("EXPOSE") == [upstream]


def test_proxy_finds_its_configuration_and_certificate():
    places = dict(mount.split(":")[:2] for mount in SERVICES["proxy"]["volumes"])

    assert all(mount.endswith(":ro") for mount in SERVICES["proxy"]["volumes"])
    assert places["./deploy/nginx.conf"] == "/etc/nginx/conf.d/default.conf"
    files = re.findall(r"ssl_certificate(?:_key)? (\S+);", NGINX)
    assert len(files) == 2
    assert all(file.startswith(places["./deploy/certificates"] + "/") for file in files)


def test_versions_of_the_images_match():
    images = dict(
        service["image"].split(":")
        for service in SERVICES.values()
        if "image" in service
    )
    bases = [text.split(" ")[0] for text in texts("FROM")]

    assert set(images) == {"postgres", "nginx"}
    assert re.fullmatch(r"\d+\.\d+", images["nginx"])
    debians = {word for base in bases for word in re.split("[:-]", base)} & set(
        POSTGRES
    )
    assert [POSTGRES[name] for name in debians] == [images["postgres"]]
