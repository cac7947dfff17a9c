"""python -m swot.checking: other people's texts, checked without this site."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils.translation import override

from swot.checking import words
from swot.checking.__main__ import main
from swot.checking.verdicts import Verdict
from swot.texts.marks import REASONS

ROOT = Path(__file__).parents[3]
TABLE = (
    "code,value,unit,qualifier\n"
    "trade,46,CNY_100M,\nstores,3000,COUNT,at_least\nlost,,COUNT,\n"
)


LOADED = """
import importlib, pkgutil, sys, swot.checking
for module in pkgutil.walk_packages(swot.checking.__path__, "swot.checking."):
    importlib.import_module(module.name)
print(*sys.modules)
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "observations.csv"
    path.write_text(TABLE, "utf-8")
    return str(path)


@pytest.fixture
def run(tmp_path, table, capsys):
    def checked(text, *options):
        path = tmp_path / "text.md"
        path.write_text(text, "utf-8")
        status = main([str(path), "--data", table, *options])
        return status, capsys.readouterr().out.splitlines()

    return checked


def test_it_runs_without_settings_and_database(tmp_path, table):
    text = tmp_path / "text.md"
    text.write_text("Trade was [4.7 billion yuan](obs:trade).", "utf-8")
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DATABASE_URL")
    }

    done = subprocess.run(
        [sys.executable, "-m", "swot.checking", str(text), "--data", table],
        cwd=ROOT,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert done.stdout == "4.7 billion yuan\tobs:trade\tcontradicted\n"
    assert done.returncode == 1


def test_every_number_is_printed_with_its_verdict(run):
    text = (
        "贸易额[46亿元](obs:trade)，[超过3000家](obs:stores)门店，占3%，"
        "[46亿美元](obs:trade)，[5](obs:none)，[7](claim:C07)。"
    )

    status, lines = run(text)

    assert status == 0
    assert [line.split("\t") for line in lines] == [
        ["46亿元", "obs:trade", "成立"],
        ["超过3000家", "obs:stores", "成立"],
        ["3%", "-", "未绑定"],
        ["46亿美元", "obs:trade", "币种不同"],
        ["5", "obs:none", "表中没有这个代码"],
        ["7", "claim:C07", "绑定论断，此处不查"],
    ]


@pytest.mark.parametrize(
    ("label", "options", "status"),
    [
        ("46亿元", [], 0),
        ("47亿元", [], 1),
        ("46亿美元", [], 0),
        ("46亿美元", ["--strict"], 1),
        ("46亿元", ["--strict"], 0),
    ],
)
def test_exit_status(run, label, options, status):
    assert run(f"[{label}](obs:trade)", *options)[0] == status


NO_COLUMN = (
    "The table has no column {!r}; its first line names them, with commas between."
)
NO_NUMBER = "Line 2: {!r} is no number; write it in digits and a point."


@pytest.mark.parametrize(("label", "status"), [("46亿元", 0), ("47亿元", 1)])
def test_closed_output_pipe_is_not_an_error(
    tmp_path, table, monkeypatch, label, status
):
    text = tmp_path / "text.md"
    text.write_text(f"[{label}](obs:trade) " * 3, "utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    # Held back until it is closed, as the output of the command is.
    with os.fdopen(writer, "w", encoding="utf-8") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        assert main([str(text), "--data", table]) == status
        stdout.write("more")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", NO_COLUMN.format("code")),
        ("code;value;unit\na;1;COUNT\n", NO_COLUMN.format("code")),
        ("code,value\na,1\n", NO_COLUMN.format("unit")),
        ("code,value,unit,value\n", "The table has the column 'value' twice."),
        ("code,value,unit\na,1,FURLONG\n", "Line 2: nobody knows the unit 'FURLONG'."),
        ("code,value,unit\na,1\n", "Line 2: cells are missing at its end."),
        ("code,value,unit\na,x,COUNT\n", NO_NUMBER.format("x")),
        ('code,value,unit\na,"1,300",COUNT\n', NO_NUMBER.format("1,300")),
        ("code,value,unit\na,1_3,COUNT\n", NO_NUMBER.format("1_3")),
        ("code,value,unit\na,1E3,COUNT\n", NO_NUMBER.format("1E3")),
        ("code,value,unit\na,nan,COUNT\n", NO_NUMBER.format("nan")),
        ("code,value,unit\na,1,COUNT\na,2,COUNT\n", "Line 3: 'a' stands there twice."),
        (
            "code,value,unit,qualifier\na,1,COUNT,perhaps\n",
            "Line 2: 'perhaps' is no qualifier; known are about, at_least, just_under.",
        ),
        ('code,value,unit\n"a,1,COUNT\n', "Line 2: unexpected end of data."),
        ("代码,值\n".encode("gb18030"), "not in UTF-8; save it in that encoding."),
        (
            "code,value,unit\n".encode("utf-16"),
            "not in UTF-8; save it in that encoding.",
        ),
    ],
)
def test_unusable_table_is_reported(tmp_path, capsys, content, message):
    (tmp_path / "text.md").write_text("[1](obs:a)", "utf-8")
    table = tmp_path / "data.csv"
    table.write_bytes(content if isinstance(content, bytes) else content.encode())

    assert main([str(tmp_path / "text.md"), "--data", str(table)]) == 2
    assert capsys.readouterr().err == f"{table}: {message}\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "No such file or directory."),
        ("贸易额".encode("gb18030"), "not in UTF-8; save it in that encoding."),
    ],
)
def test_unreadable_text_is_reported(tmp_path, table, capsys, content, message):
    text = tmp_path / "elsewhere.md"
    if content is not None:
        text.write_bytes(content)

    assert main([str(text), "--data", table]) == 2
    assert capsys.readouterr().err == f"{text}: {message}\n"


@pytest.mark.parametrize(
    ("qualifier", "label", "verdict"),
    [
        ("", "1,300 firms", "holds"),
        ("about", "1,300 firms", "holds"),
        ("about", "1,400 firms", "contradicted"),
        ("at_least", "more than 1,300 firms", "holds"),
        ("at_least", "1,400 firms", "not decidable"),
        ("just_under", "nearly 1,300 firms", "holds"),
    ],
)
def test_values_known_as_bounds(tmp_path, capsys, qualifier, label, verdict):
    """With Windows's line ends, a byte order mark, and a row that names nothing."""
    text, table = tmp_path / "text.md", tmp_path / "data.csv"
    text.write_text(f"[{label}](obs:a)", "utf-8")
    rows = ["Code,Value,Unit,Qualifier", f"a,1300,COUNT,{qualifier}", ",7,COUNT,", ""]
    table.write_bytes("\r\n".join(rows).encode("utf-8-sig"))

    status = main([str(text), "--data", str(table), "--language", "en"])

    assert capsys.readouterr().out.endswith(f"\t{verdict}\n")
    assert status == int(verdict == "contradicted")


def test_a_table_of_this_site_is_read(tmp_path, capsys):
    text = tmp_path / "text.md"
    text.write_text("[1.3 billion yuan](obs:gz_cbec_2019)", "utf-8")
    table = ROOT / "datasets/fixtures/observations.csv"

    assert main([str(text), "--data", str(table)]) == 0
    assert capsys.readouterr().out.endswith("\tholds\n")


@pytest.mark.parametrize(("language", "index"), [("zh-hans", 0), ("en", 1)])
def test_verdicts_have_the_same_words_as_on_the_site(language, index):
    with override(language):
        assert {v.value: str(v.label) for v in Verdict} == {
            name: said[index] for name, said in words.VERDICTS.items()
        }
        assert {cause: str(said) for cause, said in REASONS.items()} == {
            cause: said[index] for cause, said in words.REASONS.items()
        }


def test_engine_imports_no_models_or_settings():
    """Every module of it, loaded alone: no database layer comes along."""
    loaded = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert "swot.checking.verification" in loaded
    assert "datasets.units" in loaded
    parts = ("django.db", "django.conf", "django.http", "django.template", "datasets.m")
    assert [name for name in loaded if name.startswith(parts)] == []
