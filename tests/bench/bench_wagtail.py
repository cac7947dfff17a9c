"""Our pages, without the page cache, beside Wagtail's of the same content.

Each runs in one process without a server: ours on the database in DATABASE_URL or
else a SQLite file, Wagtail on a SQLite file in its own environment (install it with
`make .venv/wagtail/.installed`). Wagtail's content is that of our pages: paragraphs as
rich text, headings as blocks, figures and tables as HTML that is only passed on, a page
for each row of a list. Each is timed twice, in turn, and the lower time is printed.
`first` is our answer after a change of the content, when nothing is kept; `later` and
the ratio are of the answers after it. Wagtail keeps nothing between answers.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.database import ROOT, prepare_study

PYTHON = ROOT / ".venv" / "wagtail" / "bin" / "python"
TRIES, ROUNDS = 25, 2
PAGES = {
    "home": "/zh-hans/",
    "list": "/zh-hans/policies/",
    "article": "/zh-hans/swot/analyses/{analysis}/",
    "register": "/zh-hans/swot/claims/",
}
# With every row, from which the pages of Wagtail's list are made.
WHOLE = {
    "list-all": "/zh-hans/policies/?per_page=200",
    "register-all": "/zh-hans/swot/claims/?per_page=200",
}
COLUMNS = ("bytes", "Wagtail", "first ms", "later ms", "Wagtail ms", "ratio")


def main():
    if not PYTHON.exists():
        print("left out: Wagtail is not installed (make .venv/wagtail/.installed)")
        return
    with tempfile.TemporaryDirectory() as directory:
        prepare_study(directory)
        print_table(Path(directory))


def print_table(directory):
    """Time both in turn and print a line for each kind of page."""
    from tests.bench.bench_pages import new_client, some_codes
    from tests.bench.page_costs import cost_of

    client, codes = new_client(), some_codes()
    for kind, address in {**PAGES, **WHOLE}.items():
        answer = client.get(address.format(**codes))
        (directory / f"{kind}.html").write_bytes(b"".join(answer))
    ours, theirs = [], []
    for number in range(ROUNDS):
        theirs.append(wagtail_costs(directory, f"round-{number}"))
        ours.append(
            {
                kind: cost_of(client, address.format(**codes), TRIES)
                for kind, address in PAGES.items()
            }
        )
    print(f"{'':10}" + "".join(f"{name:>12}" for name in COLUMNS))
    for kind in PAGES:
        first = min(costs[kind].first for costs in ours) * 1000
        later = min(costs[kind].seconds for costs in ours) * 1000
        wagtail = min(costs[kind]["ms"] for costs in theirs)
        print(
            f"{kind:10}{ours[0][kind].size:12,}{theirs[0][kind]['bytes']:12,}"
            f"{first:12.1f}{later:12.1f}{wagtail:12.1f}{later / wagtail:12.2f}"
        )


def wagtail_costs(directory, database):
    """Milliseconds and bytes of each kind of page from Wagtail, in a fresh process."""
    line = [PYTHON, "-m", "tests.bench.wagtail_site", directory, database]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


if __name__ == "__main__":
    main()
