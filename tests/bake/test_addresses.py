"""Which addresses a bake holds, and the names of their files."""

import pytest

from cbec_site.bake.addresses import file_of, internal, kind_of, link_between, normal

PAGE = "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "address",
    [
        "/zh-hans/",
        "/en/search/",
        "/en/policies/",
        "/en/policies/?page=2",
        "/en/policies/?kind=measures",
        "/en/policies/?level=national&page=3",
        "/en/policies/list.xlsx",
        "/en/policies/feed/",
        "/en/datasets/figures/f1.svg",
        "/en/datasets/compare/?as=index&indicator=trade",
        "/en/swot/claims/C01/cite.bib",
        "/api/v1/observations.csv",
        "/api/v1/observations.csv?region=520000",
        "/api/v1/policies/P01",
    ],
)
def test_address_is_in_the_bake(address):
    assert kind_of(address)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/admin/",
        "/en/search/?q=trade",
        "/en/swot/reports/new/?about=claim:C07",
        "/en/policies/?sort=title",
        "/en/policies/?level=national&year=2022",
        "/en/policies/P01/?on=2023-08-01",
        "/en/cards/home.png",
        "/sitemap.xml",
        "/robots.txt",
        "/api/v1/observations",
        "/api/v1/observations?region=520000",
        "/api/v1/observations.csv?region=520000&indicator=trade",
        "/drafts/abc/",
        "/en/no/such/page/",
    ],
)
def test_address_is_not_in_the_bake(address):
    assert kind_of(address) is None


def test_kinds_differ_by_route_language_and_ending():
    addresses = [
        f"/{language}/datasets/figures/{name}.{ending}"
        for language in ("en", "zh-hans")
        for name in ("f1", "f2")
        for ending in ("svg", "png")
    ]

    assert len({kind_of(address) for address in addresses}) == 4


@pytest.mark.parametrize(
    ("address", "content_type", "file"),
    [
        ("/en/", PAGE, "en/index.html"),
        ("/en/policies/P01/", PAGE, "en/policies/P01/index.html"),
        ("/en/policies/?page=2", PAGE, "en/policies/index--page-2.html"),
        (
            "/en/policies/?level=a/b&page=2",
            PAGE,
            "en/policies/index--level-a~2fb--page-2.html",
        ),
        ("/en/policies/feed/", "application/atom+xml", "en/policies/feed/index.xml"),
        ("/api/v1/policies/P01", "application/json", "api/v1/policies/P01.json"),
        ("/api/v1/claims.csv", "text/csv; charset=utf-8", "api/v1/claims.csv"),
        (
            "/api/v1/claims.csv?verdict=no",
            "text/csv",
            "api/v1/claims--verdict-no.csv",
        ),
        ("/en/figures/f1.svg", "image/svg+xml", "en/figures/f1.svg"),
        ("/en/x/cite.bib", "application/x-bibtex", "en/x/cite.bib"),
        ("/en/x/贵州/", PAGE, "en/x/~e8~b4~b5~e5~b7~9e/index.html"),
    ],
)
def test_file(address, content_type, file):
    assert file_of(address, content_type) == file


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("?page=2", "/en/policies/?page=2"),
        ("?page=1", "/en/policies/"),
        ("?page=1&level=b", "/en/policies/?level=b"),
        ("?page=3&level=b", "/en/policies/?level=b&page=3"),
        ("../swot/", "/en/swot/"),
        ("", "/en/policies/"),
        ("/en/x/%E8%B4%B5/", "/en/x/%E8%B4%B5/"),
    ],
)
def test_normal(link, expected):
    assert normal(link, "/en/policies/") == expected


def test_links_are_relative():
    assert link_between("en/policies/index.html", "en/index.html") == "../index.html"
    assert link_between("index.html", "en/index.html") == "en/index.html"
    assert link_between("en/a/index.html", "en/a/b~.csv") == "b~.csv"


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("https://evidence.example/en/", "/en/"),
        ("https://evidence.example", "/"),
        ("/en/", "/en/"),
        ("?page=2", "?page=2"),
        ("https://evidence.example.org/en/", None),
        ("//other.example/en/", None),
        ("mailto:a@example.org", None),
    ],
)
def test_internal(link, path):
    assert internal(link, "https://evidence.example") == path
