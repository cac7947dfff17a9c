"""Commands that docs/operations.md gives for a task; tests/soak carries them out."""

import shlex

import pytest
from django.core.management import get_commands, load_command_class
from django.core.management.base import CommandError

from tests.deploy import documented, unit
from tests.processes import ROOT

TASKS = ("deploy", "upgrade", "back")
# What the documentation has an operator set before.
GIVEN = {"$BACKUP": "site.backup", "$NEW": "v2", "$OLD": "v1"}


def words_of(line):
    return [GIVEN.get(word, word) for word in shlex.split(line)]


LINES = [(task, line) for task in TASKS for line in documented(task)]


@pytest.mark.parametrize(("task", "line"), LINES)
def test_every_argument_of_a_command_exists(task, line):
    program, *words = words_of(line)

    assert not any(word.startswith("$") for word in words)
    if words[:1] == ["manage.py"]:
        name = words[1]
        command = load_command_class(get_commands()[name], name)
        parser = command.create_parser("manage.py", name)
        parser.called_from_command_line = False
        try:
            parser.parse_args(words[2:])
        except CommandError as error:
            pytest.fail(f"{line}: {error}")
    elif program.endswith("pip"):
        assert (ROOT / words[words.index("-r") + 1]).is_file()
        assert "--require-hashes" in words
    elif program == "systemctl":
        for name in words[1:]:
            assert "[Install]" in unit(name.removeprefix("cbec-evidence-"))
    else:
        assert (program, *words[:1]) in {
            ("python3", "-m"),
            ("npm", "ci"),
            ("git", "checkout"),
        }


def management(task):
    """The management commands of a task, in their order."""
    lines = map(words_of, documented(task))
    return [words[2] for words in lines if words[1:2] == ["manage.py"]]


def test_upgrade_starts_with_a_backup_and_rollback_with_a_restore():
    assert management("upgrade")[0] == "backup"
    assert management("back")[0] == "restore"


def test_deployment_ends_with_a_check():
    assert management("deploy")[-1] == "check"
    assert {"migrate", "collectstatic", "createsuperuser"} < set(management("deploy"))
