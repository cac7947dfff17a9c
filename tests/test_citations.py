"""Citations of our pages, in every format, for every kind of page."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from cbec_site.citations.formats import (
    apa,
    bibtex,
    csl_json,
    every_format,
    gbt_2015,
    ris,
)
from cbec_site.citations.records import DATASET, DOCUMENT, Record
from datasets.models import Figure, Indicator, Region, Source
from policies.models import Policy
from swot.models import Analysis, Claim, Entry, Recommendation

FIGURE = Record(
    key="figure-a",
    kind=DATASET,
    authors=("CBEC Evidence",),
    title="Figure 2: A & B",
    address="https://example.org/a/",
    site="CBEC Evidence",
    language="en",
    cited_on=date(2026, 11, 27),
    version=datetime(2026, 11, 20, 8, 30, tzinfo=UTC),
)
POLICY = Record(
    key="policy-p",
    kind=DOCUMENT,
    authors=("甲", "乙", "丙", "丁"),
    title="通知",
    address="https://example.org/p/",
    site="跨境电商实证",
    language="zh-hans",
    cited_on=date(2026, 11, 27),
    published="2022-11",
    number="国函〔2022〕126号",
)


def test_standard_names_version_update_and_day_of_reading():
    assert gbt_2015(FIGURE) == (
        "CBEC Evidence. Figure 2: A & B: 2026-11-20T08:30:00Z[DS/OL]. "
        "(2026-11-20)[2026-11-27]. https://example.org/a/."
    )


def test_standard_names_three_authors_and_the_number_of_a_document():
    assert gbt_2015(POLICY) == (
        "甲, 乙, 丙, 等. 通知: 国函〔2022〕126号[A/OL]. "
        "(2022-11)[2026-11-27]. https://example.org/p/."
    )


def test_apa_has_version_kind_and_day_of_retrieval():
    assert apa(FIGURE) == (
        "CBEC Evidence. (2026, November 20). Figure 2: A & B "
        "(Version 2026-11-20T08:30:00Z) [Data set]. "
        "Retrieved November 27, 2026, from https://example.org/a/"
    )


def test_day_of_a_change_is_local_and_the_version_is_in_utc():
    evening = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
    text = gbt_2015(replace(FIGURE, version=evening))

    assert ": 2026-11-19T23:30:00Z[DS/OL]. (2026-11-20)[" in text


def test_apa_without_any_date_says_so():
    undated = replace(FIGURE, version=None)

    assert "(n.d.). Figure 2" in apa(undated)


def test_policy_is_not_dated_by_a_change_of_our_page():
    version = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    undated = Record(**vars(POLICY) | {"published": "", "version": version})

    assert "(n.d.). 通知" in apa(undated)
    assert "[A/OL]. [2026-11-27]." in gbt_2015(undated)
    assert "year = " not in bibtex(undated)
    assert not {"PY", "DA"} & {line[:2] for line in ris(undated).splitlines()}
    assert "issued" not in json.loads(csl_json(undated))[0]


def test_bibtex_escapes_and_leaves_out_what_is_unknown():
    text = bibtex(FIGURE)

    assert r"title = {{Figure 2: A \& B}}" in text
    assert "number" not in text
    assert text.count("{") == text.count("}")


def test_bibtex_prints_what_tex_would_obey():
    text = bibtex(replace(FIGURE, title=r"50% of ~{x}^2 \ y_1 #3 $4"))

    assert r"{{50\% of \textasciitilde{}\{x\}\textasciicircum{}2 " in text
    assert r"\textbackslash{} y\_1 \#3 \$4}}" in text


def test_ris_begins_with_its_type_and_ends():
    lines = ris(POLICY).splitlines()

    assert (lines[0], lines[-1]) == ("TY  - GOVDOC", "ER  - ")
    assert [line for line in lines if line.startswith("AU")] == [
        f"AU  - {name}" for name in "甲乙丙丁"
    ]


def test_version_and_site_are_not_those_of_an_act_of_others(english):
    version = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
    act = Record(**vars(POLICY) | {"version": version})
    said = "Data version: 2026-11-20T08:30:00Z"

    assert f"note = {{{said}}}" in bibtex(act) and "\n  version" not in bibtex(act)
    lines = ris(act).splitlines()
    assert {f"N1  - {said}", "DP  - 跨境电商实证"} <= {*lines}
    assert not {"ET", "PB"} & {line[:2] for line in lines}
    (item,) = json.loads(csl_json(act))
    assert (item["note"], item["source"]) == (said, "跨境电商实证")
    assert not {"version", "publisher"} & {*item}


def test_csl_keeps_a_date_as_precise_as_it_is():
    (item,) = json.loads(csl_json(POLICY))

    assert item["issued"] == {"date-parts": [[2022, 11]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 27]]}
    assert "version" not in item


@pytest.mark.sampled
@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "model",
    [Figure, Indicator, Region, Source, Policy, Analysis, Claim, Entry, Recommendation],
)
def test_every_kind_of_page_can_be_cited(client, study, model, language):
    thing = model.objects.published().first()
    with override(language):
        content = client.get(thing.get_absolute_url()).content.decode()

    for name in ("APA", "BibTeX", "RIS", "CSL-JSON"):
        assert f"<summary>{name}</summary>" in content
    assert "GB/T 7714—2015" in content
    name = r"note = \{\w+(?: version: |：)" if model is Policy else r"version = \{"
    assert re.search(name + r"\d{4}-\d\d-\d\dT[\d:]+Z\}", content)


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("ending", "kind", "has"),
    [
        ("bib", "application/x-bibtex", "@misc{"),
        ("ris", "application/x-research-info-systems", "TY  - "),
        ("json", "application/vnd.citationstyles.csl+json", '"URL": '),
    ],
)
@pytest.mark.parametrize("model", [Figure, Claim, Entry, Policy, Analysis, Source])
def test_citation_is_a_file_below_the_page(client, study, model, ending, kind, has):
    thing = model.objects.published().order_by("pk").first()
    with override("en"):
        address = thing.get_absolute_url()

    response = client.get(f"{address}cite.{ending}")

    text = response.content.decode()
    assert response.status_code == 200
    assert response["Content-Type"] == f"{kind}; charset=utf-8"
    assert has in text
    assert f"http://testserver{address}" in text
    assert not response.cookies


@pytest.mark.parametrize(
    "path",
    [
        "swot/claims/C99/cite.bib",
        "swot/claims/C01/cite.doc",
        "swot/claims/cite.bib",
        "pages/about/cite.bib",
        "nothing/cite.ris",
        "swot/claims/C01/cite.bib/",
    ],
)
def test_page_without_a_citation_has_no_file(client, study, path):
    assert client.get(f"/en/{path}").status_code == 404


def test_draft_has_no_citation_file(client, study):
    Claim.objects.filter(code="C01").update(is_published=False)

    assert client.get("/en/swot/claims/C01/cite.bib").status_code == 404


def test_all_formats_are_offered_under_their_names():
    assert [name for name, _ in every_format(FIGURE)] == [
        "GB/T 7714—2015",
        "APA",
        "BibTeX",
        "RIS",
        "CSL-JSON",
    ]
