"""Every kind of public page in Lighthouse, as on a phone, and in the Nu HTML checker.

Prints the four scores, the layout shift and the compressed bytes of the first view, and
what misses its target; ends with an error if anything does. Pages with a fault are
tried three times, and the best counts. Lighthouse and the checker are installed from
npm beside this file, at the versions of its lock file. The checker needs Java and is
left out without it. Half of the pages are requested in each language; `--all` requests
all in both. Needs a quiet machine.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.bench.database import ROOT, prepare

HERE = Path(__file__).parent / "lighthouse"
CHECKER = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
LANGUAGES = ("zh-hans", "en")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LOWEST_SCORE = 98
# With and without a chart.
KILOBYTES = {True: 150, False: 60}
PICTURE, HIDDEN = b'class="picture"', b'<meta name="robots" content="noindex">'


def main(is_whole=False):
    if not os.environ.get("DATABASE_URL", "sqlite").startswith("sqlite"):
        print("The same on either database: measured on SQLite.")
        return
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or shutil.which("npm") is None:
        sys.exit("Lighthouse needs npm and a Chromium on the path: `make browser`.")
    install()
    with tempfile.TemporaryDirectory() as directory:
        prepare(directory)
        with served() as site:
            addresses = [site + path for path in paths(is_whole)]
            pages = {address: content_of(address) for address in addresses}
            faults = measured(pages, browser) + checked(pages, Path(directory))
    sys.exit("\n".join(faults) if faults else None)


def install():
    """Install the packages once for each version of the lock file."""
    mark = HERE / "node_modules/.installed"
    lock = HERE / "package-lock.json"
    if not mark.exists() or mark.stat().st_mtime < lock.stat().st_mtime:
        command = ["npm", "ci", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=HERE, check=True)
        mark.touch()


@contextmanager
def served():
    """The shipped study, served as in production; yields the address of the site."""
    from django.core.management import call_command

    from tests.deploy import free_port, server_line

    call_command("migrate", verbosity=0)
    call_command("load_study", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    port = free_port()
    settings = {"ALLOWED_HOSTS": "localhost"}
    settings |= {"WORKER_EXPECTED": "off", "ACCESS_LOG": "off"}
    server = subprocess.Popen(server_line(port), cwd=ROOT, env=os.environ | settings)
    site = f"http://localhost:{port}"
    try:
        wait_for(f"{site}/readyz")
        yield site
    finally:
        server.terminate()
        server.wait()


def wait_for(address, seconds=60):
    for _second in range(seconds):
        try:
            return urlopen(address).close()
        except OSError:
            time.sleep(1)
    sys.exit(f"Nothing answers at {address}.")


def paths(is_whole):
    """The path of one page of each kind; the languages take turns."""
    from django.utils.translation import override

    from cbec_site.styleguide.page_types import NAMES, address_of

    for number, name in enumerate(NAMES):
        turn = number % len(LANGUAGES)
        for language in LANGUAGES if is_whole else LANGUAGES[turn : turn + 1]:
            with override(language):
                yield address_of(name)


def content_of(address):
    with urlopen(address) as answer:
        return answer.read()


def measured(pages, browser):
    """Print a line for each page; returns what misses its target."""
    print(f"{'':50}{'perf':>6}{'a11y':>6}{'best':>6}{'seo':>6}{'shift':>8}{'kB':>7}")
    command = ["node", str(HERE / "measure.mjs")]
    found, faults = [], []
    with subprocess.Popen(
        command,
        cwd=HERE,
        env=os.environ | {"CHROME_PATH": browser},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as lighthouse:
        lighthouse.stdin.write("\n".join(pages) + "\n")
        lighthouse.stdin.close()
        for line in lighthouse.stdout:
            result = json.loads(line)
            found.append(result)
            below = told(result, pages[result["address"]])
            faults += [f"{result['address']}: {fault}" for fault in below]
    if len(found) < len(pages):
        faults.append(f"Lighthouse ended after {len(found)} of {len(pages)} pages.")
    return faults


def told(result, content):
    """Print the line of a page; returns what misses its target.

    Pages that search engines are asked not to index need no score for them.
    """
    path = "/" + result["address"].split("/", 3)[3]
    if result["problem"]:
        print(f"{path:50} {result['problem']}", flush=True)
        return [result["problem"]]
    scores = [result["scores"][name] for name in CATEGORIES]
    shift, kilobytes = result["shift"], result["bytes"] / 1000
    columns = "".join(f"{score:6}" for score in scores)
    print(f"{path:50}{columns}{shift:8.3f}{kilobytes:7.1f}", flush=True)
    below = []
    counted = scores[:-1] if HIDDEN in content else scores
    if min(counted) < LOWEST_SCORE:
        below.append(f"below {LOWEST_SCORE}: {', '.join(result['faults'])}")
    if shift > 0:
        below.append(f"layout shift {shift:.3f}")
    most = KILOBYTES[PICTURE in content]
    if kilobytes > most:
        below.append(f"{kilobytes:.0f} kB, at most {most}")
    return below


def checked(pages, directory):
    """What the Nu checker reports about the pages; nothing without Java."""
    java = shutil.which("java")
    if java is None:
        print("No Java here: the Nu checker is left out.")
        return []
    files = {}
    for number, (address, content) in enumerate(pages.items()):
        path = directory / f"{number}.html"
        path.write_bytes(content)
        files[str(path)] = address
    done = subprocess.run(
        [java, "-jar", CHECKER, "--errors-only", "--format", "gnu", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    faults = done.stderr.splitlines()
    print(f"The Nu checker has {len(faults)} errors in {len(pages)} pages.")
    for path, address in files.items():
        faults = [line.replace(path, address) for line in faults]
    return faults


if __name__ == "__main__":
    main(is_whole="--all" in sys.argv)
