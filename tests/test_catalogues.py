import gettext
import re
from pathlib import Path

import pytest
import simple_history
import unfold
from babel.messages.catalog import Catalog
from django.contrib import admin as django_admin
from django.contrib import auth as django_auth
from django.core.management import CommandError, call_command
from django.utils.translation import gettext as gettext_of_django
from django.utils.translation import ngettext, override, pgettext
from django.utils.translation.template import templatize

from cbec_site import catalogues

pytestmark = pytest.mark.whole


@pytest.fixture
def catalogue(monkeypatch):
    """A catalogue whose messages are all used by the site."""
    found, asked = Catalog(locale="zh_Hans"), Catalog(locale="zh_Hans")
    monkeypatch.setattr(catalogues, "read", lambda: found)
    monkeypatch.setattr(catalogues, "wanted", lambda: asked)

    def add(message, *translation, **kwargs):
        asked.add(message)
        if translation:
            found.add(message, *translation, **kwargs)

    add.obsolete = found.add
    return add


def test_every_message_has_a_chinese_text():
    assert catalogues.problems() == []


# The browser adds space between Chinese and Latin letters (docs/design.md). A space
# between operators or inside a Latin name is allowed.
SPACED = re.compile(
    r"[\u3400-\u9fff] +[\w%.`<(\[]|[\w%.`>/)\]] +[\u3400-\u9fff]", re.ASCII
)


def test_no_chinese_text_sets_latin_apart_with_spaces():
    texts = [text for one in catalogues.read() for text in strings_of(one)]

    assert [text for text in texts if SPACED.search(text)] == []
    assert len(texts) > 1000
    for spaced in ("共 %(n)s", "%(n)s 个", "导出 CSV", "API 的", "%s 行", "第 [1]"):
        assert SPACED.search(spaced)
    for close in ("共%(n)s个", "GB/T 2260、ISO 3166或", "a + b − c个", "（数据）"):
        assert not SPACED.search(close)


def strings_of(message):
    string = message.string
    return [string] if isinstance(string, str) else list(string)


def test_messages_come_from_code_and_templates():
    wanted = catalogues.wanted()

    assert wanted.get("observation") is not None
    assert wanted.get("Skip to the content") is not None
    assert wanted.get("Search", context="button") is not None


def test_translated_message_is_no_problem(catalogue):
    catalogue("%(count)s of {total}", "{total}之%(count)s")
    catalogue(("%(n)s value", "%(n)s values"), ("%(n)s个值",))

    assert catalogues.problems() == []


def test_each_kind_of_problem_is_named(catalogue):
    catalogue("Absent")
    catalogue("Empty", "")
    catalogue("Doubtful", "可疑", flags=["fuzzy"])
    catalogue("Rows: %(count)s", "行数：%(number)s")
    catalogue.obsolete("Former", "旧")

    assert sorted(catalogues.problems()) == [
        "fuzzy: 'Doubtful'",
        "missing: 'Absent'",
        "no longer used: 'Former'",
        "not translated: 'Empty'",
        "other placeholders than the English: 'Rows: %(count)s'",
    ]


def test_check_fails_and_names_what_to_correct(catalogue):
    catalogue("Absent")

    with pytest.raises(CommandError, match="missing: 'Absent'\n1 texts to correct"):
        call_command("check_catalogues")


@pytest.fixture
def file(tmp_path, settings):
    """A catalogue of two messages instead of the site's."""
    settings.LOCALE_PATHS = [tmp_path]
    file = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(
        catalogues.HEADER
        + 'msgid "Home"\nmsgstr "首页"\n\nmsgid "Former"\nmsgstr "旧"\n',
        encoding="utf-8",
    )
    return file


def test_write_adds_messages_and_keeps_translations(file, monkeypatch):
    asked = Catalog(locale="zh_Hans")
    asked.add("Home", locations=[("views.py", 3)])
    asked.add("About")
    monkeypatch.setattr(catalogues, "wanted", lambda: asked)

    catalogues.update()

    assert file.read_text(encoding="utf-8") == catalogues.HEADER + (
        'msgid "About"\nmsgstr ""\n\nmsgid "Home"\nmsgstr "首页"\n'
    )


def test_compiled_catalogue_answers(file):
    call_command("compile_catalogues")

    with file.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("Home") == "首页"


# Messages that are never shown (an HTML editor, permissions of single rows, formats
# of files that our own importer reads, currencies), and names.
UNSEEN = """
    Paragraph|Underlined|Bold|Italic|Strike|Link|Heading|Quote|Unordered list|
    Ordered list|Indent increase|Indent decrease|Undo|Redo|Enter an URL|Unlink|
    Object permissions|Group|Group permissions|Edit|Manage group|User permissions|
    Manage user|Select currency|%(class_name)s %(instance)s|addedname|changedname|
    deletedname|Model name|Add link|Change or view list link|
    In case you’ve forgotten, you are:|Value could not be parsed.
"""
UNSEEN = {text.strip() for text in UNSEEN.split("|")}


@pytest.mark.parametrize("package", [unfold, simple_history, django_admin, django_auth])
def test_packages_of_the_admin_are_translated_to_chinese(package):
    root, asked = Path(package.__file__).parent, Catalog(locale="zh_Hans")
    for file in sorted(root.rglob("*.py")):
        if not {"tests", "migrations"} & set(file.parts):
            catalogues._add(asked, "python", file.read_bytes())
    for file in sorted(root.rglob("templates/**/*.html")):
        source = templatize(file.read_text(encoding="utf-8"), origin=str(file))
        catalogues._add(asked, "javascript", source.encode())

    with override("zh-hans"):
        english = {
            message.id
            for message in asked
            if message.id and in_chinese(message) == texts_of(message)[-1]
        }

    assert {str(text) for text in english} - UNSEEN == set()
    assert len(asked) > 20


def texts_of(message):
    return [message.id] if isinstance(message.id, str) else list(message.id)


def in_chinese(message):
    texts = texts_of(message)
    if len(texts) == 2:
        return ngettext(*texts, 2)
    if message.context:
        return pgettext(message.context, texts[0])
    return gettext_of_django(texts[0])
