"""Who reads and writes in `make load`: the mix is stated by the numbers at the tasks.

A reader follows links of the site, pauses as long as a hurried reader does,
and sends a browser's Accept-Encoding. Every twentieth request is a new search, which no
cache has. An editor imports a file through the admin again and again, each time with
other values.
"""

import json
import os
import random
import re
from collections import Counter
from itertools import count
from pathlib import Path

from locust import FastHttpUser, HttpUser, between, constant_throughput, events, task

PLACES = json.loads(os.environ["LOAD_PLACES"])
ACCOUNT = json.loads(os.environ["LOAD_ACCOUNT"])
WORDS = "跨境电商 出口 贵州 物流 综合试验区 export Guizhou warehouse logistics".split()
IMPORT = "/admin/datasets/observation/import/"
PERCENTILES = (0.5, 0.95, 0.99, 1.0)
# Requests a second of each reader; if unset, each pauses as a hurried reader does.
RATE = os.environ.get("LOAD_RATE")
COLUMNS = "indicator,region,period,value,unit,source\n"


class Reader(FastHttpUser):
    wait_time = constant_throughput(float(RATE)) if RATE else between(0.2, 1)
    connection_timeout = network_timeout = 60

    def read(self, kind):
        path = random.choice(PLACES[kind])
        self.client.get(
            path, name=kind, headers={"Accept-Encoding": "gzip, deflate, br"}
        )

    @task(10)
    def home(self):
        self.read("home")

    @task(25)
    def analyses_and_claims(self):
        self.read("swot")

    @task(25)
    def figures_and_values(self):
        self.read("datasets")

    @task(20)
    def policies(self):
        self.read("policies")

    @task(5)
    def search(self):
        words = f"{random.choice(WORDS)} {random.randrange(1000)}"
        self.client.get(f"/zh-hans/search/?q={words}", name="search")

    @task(10)
    def data(self):
        self.read("api")

    @task(5)
    def styles(self):
        self.read("static")


class Editor(HttpUser):
    """One of two who import, each into their own indicator."""

    fixed_count = 2
    wait_time = between(10, 20)
    indicators = count(1)

    def on_start(self):
        self.indicator = f"load{next(self.indicators)}"
        self.number = random.randrange(97)
        page = self.client.get("/admin/login/", name="admin: sign in")
        self.client.post(
            "/admin/login/",
            ACCOUNT | {"csrfmiddlewaretoken": token(page), "next": IMPORT},
            name="admin: sign in",
        )

    @task
    def bring_values(self):
        self.number += 1
        rows = "".join(
            f"{self.indicator},load,{year},{1000 + more % 97}.5,亿元,load\n"
            for more, year in enumerate(range(1900, 2000), self.number)
        )
        page = self.client.get(IMPORT, name="admin: import")
        answer = self.client.post(
            IMPORT,
            {"csrfmiddlewaretoken": token(page)},
            files={"file": ("load.csv", COLUMNS + rows)},
            name="admin: preview",
        )
        found = re.search(r'name="token" value="([^"]+)"', answer.text)
        with self.client.post(
            answer.url,
            {
                "csrfmiddlewaretoken": token(answer),
                "token": found[1] if found else "",
                "accept": re.findall(r'name="accept" value="([^"]+)"', answer.text),
                "reason": "load",
            },
            name="admin: confirm",
            catch_response=True,
        ) as done:
            if "/importbatch/" not in done.url:
                done.failure(f"not imported: {done.url}")


def token(answer):
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.text)
    return found[1] if found else ""


@events.quitting.add_listener
def tell(environment, **_more):
    """Leave the figures for the process that started this."""
    stats = environment.stats
    kinds = {name: entry for (name, _method), entry in stats.entries.items()}
    figures = {
        "requests": stats.total.num_requests,
        "rate": stats.total.total_rps,
        "errors": Counter(
            re.sub(r"'http.*?'", "…", f"{error.name}: {error.error}")
            for error in stats.errors.values()
        ),
        "failed": stats.total.num_failures,
        "imports": sum(
            entry.num_requests - entry.num_failures
            for name, entry in kinds.items()
            if name == "admin: confirm"
        ),
        "percentiles": [
            stats.total.get_response_time_percentile(part) for part in PERCENTILES
        ],
    }
    Path(os.environ["LOAD_FIGURES"]).write_text(json.dumps(figures), encoding="utf-8")
