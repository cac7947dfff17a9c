"""The Chinese catalogue: which messages the code asks for, which are translated.

Works without the gettext programs, which a fresh machine does not have.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGES = ("cbec_site", "datasets", "policies", "swot")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

HEADER = r"""# The Chinese words of the interface.
msgid ""
msgstr ""
"Project-Id-Version: CBEC Evidence\n"
"Language: zh_Hans\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""


def path(suffix=".po") -> Path:
    """Where the Chinese catalogue lies."""
    folder = Path(settings.LOCALE_PATHS[0]) / "zh_Hans" / "LC_MESSAGES"
    return folder / f"django{suffix}"


def read() -> Catalog:
    """The catalogue as it is; ValueError names a line that cannot be read."""
    with path().open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def wanted() -> Catalog:
    """Every message that Python code and templates ask for, without translations."""
    catalogue = Catalog(locale="zh_Hans")
    root = settings.BASE_DIR
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            if "migrations" not in file.parts:
                _add(catalogue, "python", file.read_bytes())
    for file in sorted((root / "templates").rglob("*.*")):
        source = templatize(file.read_text(encoding="utf-8"), origin=str(file))
        _add(catalogue, "javascript", source.encode())
    return catalogue


def _add(catalogue, method, content):
    for _line, message, _comments, context in extract(
        method, io.BytesIO(content), KEYWORDS, options={"encoding": "utf-8"}
    ):
        if message:
            catalogue.add(message, context=context)


def problems() -> list[str]:
    """What keeps the catalogue from being complete, one line each."""
    found, asked = read(), wanted()
    lines = []
    for message in asked:
        known = found.get(message.id, message.context) if message.id else None
        if not message.id:
            continue
        if known is None:
            lines.append(f"missing: {message.id!r}")
        elif known.fuzzy:
            lines.append(f"fuzzy: {message.id!r}")
        elif not all(_texts(known)):
            lines.append(f"not translated: {message.id!r}")
    for message in found:
        if message.id and asked.get(message.id, message.context) is None:
            lines.append(f"no longer used: {message.id!r}")
    return lines


def _texts(message):
    return [message.string] if isinstance(message.string, str) else message.string


def update() -> None:
    """Write the wanted messages with the translations that exist, sorted."""
    found, asked = read(), wanted()
    for message in asked:
        known = found.get(message.id, message.context) if message.id else None
        if known is not None:
            message.string = known.string
    with path().open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, asked, width=88, sort_output=True, omit_header=True)


def compile_catalogue() -> None:
    """Write the binary file that gettext reads at run time."""
    with path(".mo").open("wb") as file:
        write_mo(file, read())
