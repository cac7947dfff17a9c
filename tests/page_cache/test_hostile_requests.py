"""No request takes a page from others, changes what they see, or fills the memory."""

import os
import threading
import time
from types import SimpleNamespace

import pytest

from cbec_site.page_cache import copies, watching
from cbec_site.page_cache.cache import CONDITIONS
from tests.page_cache.small_site import LONG, Answer


@pytest.mark.parametrize(
    "name",
    [
        "accept_language",
        "user_agent",
        "referer",
        "range",
        "if_match",
        "if_modified_since",
        "if_none_match",
        "if_range",
        "if_unmodified_since",
        "x_forwarded_host",
        "x_forwarded_for",
        "x_original_url",
        "x_http_method_override",
        "forwarded",
    ],
)
def test_no_header_of_one_reader_reaches_the_next(cache, site, name):
    """An application that echoed a header would poison the cache with it."""
    Answer(cache, **{name: '"evil"'})

    answer = Answer(cache)

    assert answer.status == "200 OK"
    assert answer.content.decode() == LONG
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    "name",
    sorted(name.removeprefix("HTTP_").lower() for name in CONDITIONS),
)
def test_condition_of_one_reader_takes_no_page_out_of_the_cache(cache, site, name):
    """The application would answer 412, 304 or 206, of no use to others."""

    def conditional(environ, start_response):
        site.status = "412 Failed" if f"HTTP_{name.upper()}" in environ else "200 OK"
        return site(environ, start_response)

    cache.application = conditional

    assert Answer(cache, **{name: '"x"'}).status == "200 OK"
    assert Answer(cache).status == "200 OK"
    assert len(site.asked) == 1


@pytest.mark.parametrize("name", ["CONTENT_LENGTH", "HTTP_TRANSFER_ENCODING"])
def test_request_with_a_body_says_nothing_of_the_address(cache, site, name):
    site.status = "413 Too Large"
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/en/", name: "9"}
    environ["HTTP_HOST"] = "evidence.example"
    list(cache(environ | {"wsgi.url_scheme": "http"}, lambda *started: None))
    site.status = "200 OK"

    Answer(cache), Answer(cache)

    assert len(site.asked) == 2


def test_long_addresses_and_headers_are_not_remembered(cache, site):
    """They would fill memory: its bound counts only answers."""
    for number in range(3):
        long = f"{number}" * 3000
        assert Answer(cache, query=f"q={long}").content
        assert Answer(cache, f"/en/{long}/").content
        assert Answer(cache, host=f"{long}.example").content
        assert Answer(cache, accept_encoding=f"gzip, {long}").content
        site.status = "404 Not Found"

    assert len(cache.entries) == 1
    assert not cache._passing and not cache._encodings


def test_percent_encodings_of_one_parameter_share_one_entry(cache, site):
    site.parameters = {"q"}
    Answer(cache, query="q=a b")
    for query in ("q=a%20b", "q=a+b", "%71=%61+b", "q=a+b&", "&q=a+b&%75=1"):
        Answer(cache, query=query)
    Answer(cache, query="q=a%2Bb")

    assert len(cache.entries) == 2


def test_page_made_while_the_version_is_unknown_is_never_taken_for_fresh(
    cache, site, counter
):
    """The watcher may have lost its connection while the application has one."""
    counter.is_away = True
    Answer(cache)
    counter.is_away, site.body = False, "changed"
    cache.version.check()
    counter.is_away = True
    cache.version.check()

    assert "Cache-Status" in Answer(cache).headers
    counter.is_away = False
    cache.version.check()
    assert Answer(cache).content == b"changed"


def test_failing_copy_does_not_stop_the_watcher(cache, counter, monkeypatch):
    monkeypatch.setattr(watching, "COPY_EVERY", 0)
    failed = threading.Event()

    def fail():
        failed.set()
        raise RuntimeError

    cache.version.copy_pages = fail
    Answer(cache)
    assert failed.wait(5)
    counter.number += 1

    deadline = time.monotonic() + 5
    while cache.version.current[0] != counter.number:
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("is_alive", [True, False])
def test_request_reads_the_version_itself_where_the_watcher_is_lost(
    cache, site, counter, monkeypatch, is_alive
):
    """Its thread hangs on a disk, or has ended."""
    threads = []

    def lost(**kwargs):
        threads.append(kwargs["name"])
        return SimpleNamespace(start=lambda: None, is_alive=lambda: is_alive)

    monkeypatch.setattr(watching.threading, "Thread", lost)
    Answer(cache)
    counter.number, site.body = 2, "changed"
    assert Answer(cache).content.decode() == LONG
    monkeypatch.setattr(watching, "SILENCE", -1)

    assert Answer(cache).content == b"changed"
    assert len(threads) == (1 if is_alive else 2)


def test_requesting_ever_new_addresses_does_not_fill_the_disk(cache, site, monkeypatch):
    monkeypatch.setattr(copies, "MOST_COPIED", 3)
    monkeypatch.setattr(copies, "MOST_FILES", 5)
    for _time in range(20):
        Answer(cache)
    for number in range(12):
        Answer(cache, query=f"q={number}")
        # Within one tick of the file system's clock all would be equally old.
        age(cache.copies.directory)
        cache.copies.save(cache.entries)
        cache.entries.drop(cache._key(environ_of(f"q={number}")))

    assert len(list(cache.copies.directory.iterdir())) <= 5
    assert len(cache.copies._written) <= 3
    assert cache.copies.load(cache._key(environ_of(""))) is not None


def test_copy_that_another_worker_removed_is_written_again(cache):
    Answer(cache)
    assert cache.copies.save(cache.entries) == 1
    assert cache.copies.save(cache.entries) == 0
    for path in cache.copies.directory.iterdir():
        path.unlink()

    assert cache.copies.save(cache.entries) == 1


def age(directory):
    """Make all files of a directory a minute older."""
    if directory.exists():
        for path in directory.iterdir():
            changed = path.stat().st_mtime - 60
            os.utime(path, (changed, changed))


def environ_of(query):
    return {
        "HTTP_HOST": "evidence.example",
        "wsgi.url_scheme": "http",
        "PATH_INFO": "/en/",
        "QUERY_STRING": query,
    }
