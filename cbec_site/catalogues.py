"""The Chinese catalogue: which messages the code uses, and which are translated.

Works without the gettext programs, which a fresh machine does not have.
"""

import io
import re
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
    """Every message in Python code and templates, without translations."""
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
    messages, asked = read(), wanted()
    lines = []
    for message in asked:
        if message.id and (problem := _problem(_twin(message, messages))):
            lines.append(f"{problem}: {message.id!r}")
    for message in messages:
        if message.id and _twin(message, asked) is None:
            lines.append(f"no longer used: {message.id!r}")
    return lines


def _twin(message, catalogue):
    return catalogue.get(message.id, message.context)


def _problem(message):
    """What is wrong with one message of the catalogue, None if nothing is."""
    if message is None:
        return "missing"
    if message.fuzzy:
        return "fuzzy"
    texts = _texts(message.string)
    if not all(texts):
        return "not translated"
    # The last plural form has every placeholder; Chinese has only that form.
    wanted = _placeholders(_texts(message.id)[-1])
    if any(_placeholders(text) != wanted for text in texts):
        return "other placeholders than the English"
    return None


def _texts(string):
    return [string] if isinstance(string, str) else list(string)


def _placeholders(text):
    return set(re.findall(r"%(?:\(\w+\))?[\d.]*[a-zA-Z]|\{\w*\}", text))


def update() -> None:
    """Write the wanted messages with the translations that exist, sorted."""
    messages, asked = read(), wanted()
    for message in asked:
        known = _twin(message, messages) if message.id else None
        if known is not None:
            message.string = known.string
            message.flags |= known.flags & {"fuzzy"}
    body = io.BytesIO()
    write_po(
        body, asked, width=88, no_location=True, omit_header=True, sort_output=True
    )
    path().write_bytes(HEADER.encode() + body.getvalue().rstrip() + b"\n")


def compile_catalogue() -> None:
    """Write the binary file that gettext reads at run time."""
    with path(".mo").open("wb") as file:
        write_mo(file, read())
