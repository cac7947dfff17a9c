"""Rules for the files of the repository."""

import ast
import re
from collections import Counter, defaultdict
from statistics import median

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = settings.BASE_DIR
TEMPLATE_WIDTH = 120
# The most lines of a file of code, and of a file of tests.
LONGEST, LONGEST_OF_TESTS, MEDIAN = 350, 500, 100
# The lines that fit on a screen.
SCREEN = 45
INSTALLS = [
    "Makefile",
    "package.json",
    "package-lock.json",
    ".npmrc",
    "pyproject.toml",
    ".ci/run",
    *(path.name for path in ROOT.glob("requirements*")),
]


@pytest.mark.parametrize("name", INSTALLS)
def test_no_file_names_the_host_that_packages_come_from(name):
    """Packages come from whatever index the machine is configured for."""
    assert not re.search(r"https?:", (ROOT / name).read_text())


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.name
)
def test_every_python_gets_the_versions_that_were_tested(path):
    pinned = re.findall(r"^([\w.-]+)(?:\[.*?\])?==", path.read_text(), re.MULTILINE)

    assert len(pinned) == len(set(pinned))


def documents():
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", documents(), ids=lambda path: path.name)
def test_files_that_a_document_names_exist(document):
    text = re.sub(r"```.*?```", "", document.read_text(), flags=re.DOTALL)
    apps = "cbec_site|datasets|policies|swot|templates|static|tests|docs"
    named = re.findall(rf"`((?:{apps})/[\w./-]+)`", text)
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)

    missing = [name for name in named if not (ROOT / name).exists()]
    missing += [name for name in linked if not (document.parent / name).exists()]

    assert missing == []


def words_after(word, text):
    """What the commands of a document name after a word, as in `make test`."""
    blocks = re.findall(r"^```.*?\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    commands = "\n".join(blocks + re.findall(r"`[^`\n]+`", text))
    return set(re.findall(rf"\b{re.escape(word)} ([a-z][\w-]*)", commands))


def test_commands_that_a_document_gives_exist():
    texts = [path.read_text() for path in documents()]
    named = set().union(*(words_after("manage.py", text) for text in texts))

    assert {"backup", "restore", "update_study", "import_observations"} <= named
    assert named - set(get_commands()) == set()


def test_make_targets_that_a_document_gives_exist():
    texts = [path.read_text() for path in documents()]
    named = set().union(*(words_after("make", text) for text in texts))
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE)

    assert {"run", "test", "load", "audit"} <= named
    assert named - set(targets) == set()


def test_tests_named_beside_threats_exist():
    page = (ROOT / "docs" / "security.md").read_text()
    rows = re.findall(r"^\| .* \| .* \| (.*) \|$", page, re.MULTILINE)[1:]
    assert len(rows) > 20
    for row in rows:
        shown = re.findall(r"`([^`]+)`", row)
        # A file without its directory is beside the one before, or where "in" says.
        home = shown[0].rpartition("/")[0] or shown[-1]
        for name in shown:
            path = ROOT / name if name.startswith("tests/") else ROOT / home / name
            assert name == "make audit" or path.exists(), name
        assert shown, row


def test_architecture_follows_a_cell_to_the_chart_in_twelve_files():
    text = (ROOT / "docs" / "architecture.md").read_text()
    journey = text.split("## Journey 1")[1].split("## Journey 2")[0]
    steps = re.findall(r"^\d+\. `([^`]+)`", journey, re.MULTILINE)

    assert len(steps) <= 12
    assert steps[0].startswith("datasets/spreadsheets/")
    assert steps[-1] == "static/js/figure.js"


def test_functions_that_the_architecture_names_are_in_the_files_beside_them():
    text = (ROOT / "docs" / "architecture.md").read_text()
    found = set()
    for part in re.split(r"^(?:\d+\. |- |\||$)", text, flags=re.MULTILINE):
        names = re.findall(r"`([^`\n ]+)`", part)
        files = [name for name in names if "/" in name and name.endswith(".py")]
        code = "".join((ROOT / name).read_text() for name in files)
        for name in names if code else ():
            if "/" not in name and not name.endswith((".py", ".html", ".css", ".js")):
                for word in name.removesuffix("()").split("."):
                    pattern = rf"(?:def|class|import) {word}\b"
                    assert re.search(pattern, code), (name, files)
                    found.add(word)

    assert {"Importer", "compare", "published", "figure_table"} <= found


def test_what_several_modules_need_is_named_once():
    """Long literals with a name of their own, sizes of one name, and how many rows go
    at once."""
    places = defaultdict(set)
    for app in ("cbec_site", "datasets", "policies", "swot"):
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            text = path.read_text()
            assert not re.search(r"(?:batch|chunk)_size=\d", text), path
            for node in ast.parse(text).body:
                if isinstance(node, ast.Assign) and is_long(node.value):
                    places[ast.dump(node.value)].add(path)
                if isinstance(node, ast.Assign) and is_size(node.value):
                    places[ast.dump(node)].add(path)

    assert [paths for paths in places.values() if len(paths) > 1] == []


def is_size(value):
    is_number = isinstance(value, ast.Constant) and isinstance(value.value, int)
    return is_number and value.value >= 100


def is_long(value):
    if isinstance(value, ast.Call):
        # A list of words: "first second".split()
        value = getattr(value.func, "value", value)
    if isinstance(value, ast.Constant):
        return isinstance(value.value, str) and len(value.value) > 20
    return len(getattr(value, "elts", getattr(value, "keys", ()))) > 3


def test_example_of_the_environment_has_every_variable_of_the_settings():
    source = (ROOT / "cbec_site" / "settings.py").read_text()
    example = (ROOT / ".env.example").read_text()

    read = re.findall(r'\benv(?:\.\w+)?\(\s*"(\w+)"', source)
    named = re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)

    assert sorted(named) == sorted(set(read))


def test_settings_are_listed_for_operators():
    source = (ROOT / "cbec_site" / "settings.py").read_text()
    page = (ROOT / "docs" / "operations.md").read_text()

    read = set(re.findall(r'\benv(?:\.\w+)?\(\s*"(\w+)"', source))
    listed = set(re.findall(r"`(_?[A-Z_]+)`", page))

    # The limits of one kind of file share a line, with the ends of their names.
    assert {
        name
        for name in read - listed
        if not any(end[0] == "_" and name.endswith(end) for end in listed)
    } == set()


def test_a_task_of_operators_takes_three_screens_at_most():
    page = (ROOT / "docs" / "operations.md").read_text()
    tasks = re.split(r"^## ", page, flags=re.MULTILINE)[1:]

    assert {t.splitlines()[0] for t in tasks if t.count("\n") > 3 * SCREEN} == set()


def test_licences_of_all_that_is_installed_are_listed():
    """`make licences` writes the page anew."""
    pinned = (ROOT / "requirements.txt").read_text()
    page = (ROOT / "docs" / "licences.md").read_text()

    installed = re.findall(r"^([\w.-]+)(?:\[.*?\])?==([\w.]+)", pinned, re.MULTILINE)
    listed = re.findall(r"^\| (\S+) \| (\S+) \| (.*) \|$", page, re.MULTILINE)

    assert installed == [(name, version) for name, version, _ in listed[1:-1]]
    assert all(licence.strip("?- ") for _, _, licence in listed[1:])


def test_files_are_short_enough_to_be_read_whole():
    lengths = {
        folder: {
            path: len(path.read_text().splitlines())
            for path in (ROOT / folder).rglob("*.py")
            if "migrations" not in path.parts
        }
        for folder in ("cbec_site", "datasets", "policies", "swot", "tests")
    }
    tests = lengths.pop("tests")
    code = {
        path: length for files in lengths.values() for path, length in files.items()
    }

    assert [path for path, length in code.items() if length > LONGEST] == []
    assert [path for path, length in tests.items() if length > LONGEST_OF_TESTS] == []
    assert median(code.values()) < MEDIAN


def test_lines_of_templates_are_short_enough():
    too_long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > TEMPLATE_WIDTH
    ]

    assert too_long == []


def test_templates_ask_properties_and_compare_no_texts():
    comparing = [
        f"{path.relative_to(ROOT)}: {tag}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for tag in re.findall(r"{%.*?%}", path.read_text())
        if re.search(r"[=!]=\s*[\"']", tag)
    ]

    assert comparing == []


# The import modules that fold a text, and why that text is not folded yet.
FOLDING = {
    "datasets/spreadsheets/sheets.py": "a cell folds its own text",
    "datasets/imports/mappings.py": "names as they are stored",
    "datasets/imports/marked_copy.py": "texts as a fault tells them",
    "datasets/importing/cells.py": "a number is judged as written too: 203²",
    "datasets/importing/times.py": "so is a period: 201²",
    "datasets/importing/dates.py": "dates are typed into forms too",
    "datasets/importing/names.py": "names of the database and of commands",
    "datasets/importing/plan.py": "the unit that an editor chose",
    "datasets/importing/notes.py": "a note is stored as written",
    "datasets/importing/titles.py": "a name keeps its punctuation, its unit does not",
    "datasets/importing/sheet_names.py": "the name of a sheet",
    "policies/importing/bodies.py": "names of the database",
}


def test_text_of_a_file_is_folded_once_where_it_is_read():
    """What reads a cell takes the cell, or its folded text; see `Cell.plain`."""
    folding = {
        str(path.relative_to(ROOT))
        for app in ("datasets", "policies")
        for path in (ROOT / app).rglob("*.py")
        if " fold" in (text := path.read_text())
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom)
        and any(alias.name == "fold" for alias in node.names)
    }

    assert folding == set(FOLDING)


def test_properties_are_tried_on_as_many_examples_as_the_target_asks():
    """`make quick` tries few, `make soak` many: see tests/properties.py."""
    by_hand = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if re.search(
            r"^@(hypothesis\.)?settings\(.*examples", path.read_text(), re.MULTILINE
        )
    ]

    assert by_hand == []


def test_changelog_names_each_change_once():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    items = re.split(r"^- |^#.*", text, flags=re.MULTILINE)
    changes = [" ".join(item.split()) for item in items]
    counts = Counter(filter(None, changes))

    assert len(counts) > 100
    assert [change for change, count in counts.items() if count > 1] == []
