"""`manage.py bake`: what it refuses, and what happens to an earlier bake."""

import json

import pytest
from django.core.management import CommandError, call_command

from cbec_site.bake.site import Answer
from cbec_site.bake.store import Store
from cbec_site.bake.walk import Bake, BakeError
from cbec_site.management.commands.bake import check_target, replace


class FewPages:
    """A site that gives prepared answers."""

    url = "https://evidence.example"

    def __init__(self, **answers):
        self.answers = {f"/en/policies/{name}/": told for name, told in answers.items()}

    def ask(self, address):
        status, text = self.answers[address]
        headers = {"content-type": "text/html; charset=utf-8"}
        if status == 301:
            headers["location"] = text
        return Answer(status, headers, iter([text.encode()]))


@pytest.fixture
def walk(tmp_path):
    """`walk(site)` bakes the page "a" and what it leads to; returns the bake."""
    stores = []

    def run(site):
        target = tmp_path / "new"
        target.mkdir()
        stores.append(Store(tmp_path / "addresses.sqlite3"))
        bake = Bake(site, target, stores[0])
        stores[0].add("/en/policies/a/")
        while address := stores[0].next_waiting():
            bake._fetch(address)
        return bake

    yield run
    for store in stores:
        store.close()


def link(code):
    return f'<a href="/en/policies/{code}/">{code}</a>'


def test_without_a_public_address_it_says_what_to_set(settings, tmp_path):
    settings.SITE_URL = ""

    with pytest.raises(CommandError, match="SITE_URL"):
        call_command("bake", str(tmp_path / "bake"))


def test_files_that_are_not_of_a_bake_are_kept(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")

    with pytest.raises(CommandError, match="no bake"):
        check_target(tmp_path)
    with pytest.raises(CommandError, match="is a file"):
        check_target(tmp_path / "letter.txt")


def test_an_empty_directory_or_a_former_bake_is_replaced(tmp_path):
    target, place = tmp_path / "bake", tmp_path / "place"
    target.mkdir()
    check_target(target)
    (target / "bake.json").write_text(json.dumps({"day": "2026-01-01"}))
    check_target(target)
    (place / "new").mkdir(parents=True)
    (place / "new" / "index.html").write_text("new")

    replace(target, place)

    assert [path.name for path in target.iterdir()] == ["index.html"]


def test_links_are_followed_and_broken_ones_noted(walk):
    site = FewPages(
        a=(200, link("b") + link("c")),
        b=(301, "https://evidence.example/en/policies/d/"),
        c=(404, ""),
        d=(200, link("a")),
    )

    store = walk(site).store

    places = [(place.address, place.file) for place in store.stored()]
    assert places == [
        ("/en/policies/a/", "en/policies/a/index.html"),
        ("/en/policies/d/", "en/policies/d/index.html"),
    ]
    assert store.file_of("/en/policies/b/") == "en/policies/d/index.html"
    assert store.file_of("/en/policies/c/") is None
    assert store.missing(9) == [("/en/policies/c/", "/en/policies/a/")]


def test_an_error_of_the_site_ends_the_bake(walk):
    with pytest.raises(BakeError, match="/en/policies/b/ answers 500"):
        walk(FewPages(a=(200, link("b")), b=(500, "")))


def test_two_addresses_for_one_file_end_the_bake(tmp_path):
    store = Store(tmp_path / "addresses.sqlite3")
    bake = Bake(FewPages(), tmp_path, store)
    for address in ("/a.csv", "/a"):
        store.add(address)
    answer = Answer(200, {"content-type": "text/csv"}, iter([b"1"]))

    bake._keep("/a.csv", answer)
    with pytest.raises(BakeError, match="same file"):
        bake._keep("/a", answer)
    store.close()
