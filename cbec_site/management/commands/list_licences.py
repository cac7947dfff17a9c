import json
import re
from importlib.metadata import PackageNotFoundError, distribution

from django.conf import settings
from django.core.management.base import BaseCommand

PINNED = re.compile(r"^([\w.-]+)(?:\[.*?\])?==([\w.]+)", re.MULTILINE)
MIT = "Permission is hereby granted, free of charge, to any person obtaining a"
HEADER = """# Licences of what is installed with the site

Written by `make licences` from what the packages say of themselves.

| Package | Version | Licence |
|---|---|---|
"""


class Command(BaseCommand):
    help = "Write docs/licences.md: every package a running site needs."

    def handle(self, *args, **options):
        lines = [f"| {name} | {version} | {text} |\n" for name, version, text in rows()]
        path = settings.BASE_DIR / "docs" / "licences.md"
        path.write_text(HEADER + "".join(lines), encoding="utf-8")


def rows():
    """(name, version, licence) of each pinned Python package, then of each script."""
    pinned = (settings.BASE_DIR / "requirements.txt").read_text(encoding="utf-8")
    for name, version in PINNED.findall(pinned):
        try:
            yield name, version, licence_of(distribution(name))
        except PackageNotFoundError:
            yield name, version, "(only on other systems)"
    package = json.loads((settings.BASE_DIR / "package.json").read_text())
    for name in package.get("dependencies", {}):
        path = settings.BASE_DIR / "node_modules" / name / "package.json"
        packages = json.loads(path.read_text(encoding="utf-8"))
        yield name, packages["version"], packages.get("license", "?")


def licence_of(package) -> str:
    """The licence that a package states, from the most precise of four sources."""
    metadata = package.metadata
    stated = metadata.get("License-Expression") or metadata.get("License") or ""
    if stated and len(stated) < 60 and stated != "UNKNOWN":
        return stated
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in metadata.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    return ", ".join(classifiers) or title_of_licence(package) or "?"


def title_of_licence(package) -> str:
    """The licence recognised from its text, if a package does not name it."""
    for path in package.files or ():
        if path.name.upper().startswith("LICEN"):
            text = path.read_text(encoding="utf-8").strip()
            return "MIT" if MIT in text else text.partition("\n")[0].strip()
    return ""
