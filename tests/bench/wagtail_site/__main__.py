"""Fill the site from the pages in a directory, request each, print what they cost.

`python -m tests.bench.wagtail_site DIRECTORY NAME` makes the database NAME.sqlite3 in
the directory and prints JSON: for each kind of page the milliseconds of the best try
and the bytes.
"""

import json
import os
import sys
import time
from pathlib import Path

TRIES = 25


def main(saved, name):
    os.environ["WAGTAIL_DATABASE"] = str(saved / f"{name}.sqlite3")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.wagtail_site.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from .fill import fill

    call_command("migrate", run_syncdb=True, verbosity=0)
    client = Client()
    costs = {kind: cost_of(client, url) for kind, url in fill(saved).items()}
    print(json.dumps(costs))


def cost_of(client, address):
    """The best of several tries; the first, which loads templates, is not timed."""
    response = client.get(address)
    assert response.status_code == 200, address
    times = []
    for _try in range(TRIES):
        start = time.perf_counter()
        client.get(address)
        times.append(time.perf_counter() - start)
    return {"ms": min(times) * 1000, "bytes": len(response.content)}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
