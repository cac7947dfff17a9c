"""How many of the numbers in real sentences the finder finds, and how fast.

Recall is the share of the labelled numbers that are found with their value, precision
the share of what is found that is labelled. In the texts of the study every number
is bound, so the bindings are the labels.
"""

import csv
import os
import statistics
import time
from decimal import Decimal
from pathlib import Path

import django

from swot.checking.quantities import scan
from swot.prose import read

SAMPLES = Path(__file__).parents[1] / "data" / "numbers"
# What one unit of a label is in the unit of the finder.
BASE = {"CNY_TRILLION": 12, "CNY_100M": 8, "TONNE_10K": 4, "TONNE_KM_100M": 8}
SENTENCES = {
    "zh-hans": "全年完成进出口105.5亿元，同比增长3.8%，约占九成，其中新增500多家企业，",
    "en": "Trade reached 10.5 billion yuan, up 3.8% on the year, by over 500 firms, ",
}


def measure(labels, found):
    """(labels found with their value, labels, labelled among the found, found)."""
    hits = [
        any(q.start < end and start < q.end and fits(q, value) for q in found)
        for start, end, value in labels
    ]
    labelled = [
        any(q.start < end and start < q.end for start, end, _ in labels) for q in found
    ]
    return sum(hits), len(labels), sum(labelled), len(found)


def fits(quantity, value):
    return value is None or quantity.effective == value


def of_samples():
    with (SAMPLES / "labels.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for path in sorted(SAMPLES.glob("*.txt")):
        text = path.read_text("utf-8")
        labels = [
            (
                int(row["start"]),
                int(row["end"]),
                Decimal(row["value"]).scaleb(BASE.get(row["unit"], 0)),
            )
            for row in rows
            if row["file"] == path.name
        ]
        yield measure(labels, scan(text, "zh-hans").quantities)


def of_study(language, key):
    from cbec_site.loading.files import sections

    for section in sections().values():
        prose = read(section[key])
        labels = [(b.start, b.end, None) for b in prose.bindings]
        yield measure(labels, scan(prose.plain, language).quantities)


def tell(name, counts):
    hits, labels, labelled, found = (
        sum(column) for column in zip(*counts, strict=True)
    )
    print(
        f"{name:28} recall {hits}/{labels} = {hits / labels:.1%}, "
        f"precision {labelled}/{found} = {labelled / found:.1%}"
    )


def main():
    os.environ.setdefault("SECRET_KEY", "only-for-the-bench")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cbec_site.settings")
    django.setup()
    tell("texts of the study, Chinese", of_study("zh-hans", "zh"))
    tell("texts of the study, English", of_study("en", "en"))
    tell("sample texts", of_samples())
    for language, sentence in SENTENCES.items():
        # 120 numbers in some 5,000 characters.
        count = 120 // len(scan(sentence, language).quantities)
        text = (
            sentence + "无" * 140 if language != "en" else sentence + "x " * 60
        ) * count
        times = []
        for _ in range(5):
            start = time.process_time()
            found = scan(text, language).quantities
            times.append(1000 * (time.process_time() - start))
        print(
            f"{language}: {len(found)} numbers in {len(text)} characters: "
            f"{statistics.median(times):.0f} ms"
        )


if __name__ == "__main__":
    main()
