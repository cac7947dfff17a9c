"""The cache alone, around a small application: what it keeps, shares and lets pass."""

import gzip
import threading
import time

import brotli
import pytest

from cbec_site.page_cache import watching
from cbec_site.page_cache.cache import PageCache, best_encoding
from cbec_site.page_cache.copies import Copies
from cbec_site.page_cache.watching import Version
from tests.page_cache.small_site import HTML, LONG, PUBLIC, Answer, Counter


def change(cache, counter):
    counter.number += 1
    cache.version.check()


def test_public_page_is_asked_for_once(cache, site):
    answers = [Answer(cache, accept_encoding="br") for _ in range(3)]

    assert len(site.asked) == 1
    assert {brotli.decompress(a.content).decode() for a in answers} == {LONG}
    assert len({a.headers["ETag"] for a in answers}) == 1


@pytest.mark.parametrize(
    ("asked", "encoding", "read"),
    [
        ("br, gzip", "br", brotli.decompress),
        ("gzip, deflate", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_every_encoding_is_the_same_page(cache, asked, encoding, read):
    answer = Answer(cache, accept_encoding=asked)

    assert answer.headers.get("Content-Encoding") == encoding
    assert read(answer.content).decode() == LONG
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_encodings_have_etags_of_their_own(cache):
    answers = [Answer(cache, accept_encoding=asked) for asked in ("br", "gzip", "")]
    etags = {answer.headers["ETag"] for answer in answers}

    assert len(etags) == 3


def test_star_allows_brotli_and_zero_forbids_it():
    assert best_encoding("*") == "br"
    assert best_encoding("*;q=0") == ""
    assert best_encoding("br;q=nonsense") == ""


def test_unchanged_page_is_304_without_a_body(cache, site):
    etag = Answer(cache, accept_encoding="br").headers["ETag"]

    answer = Answer(cache, accept_encoding="br", if_none_match=f'W/{etag}, "other"')
    other = Answer(cache, accept_encoding="gzip", if_none_match=etag)

    assert (answer.status, answer.content) == ("304 Not Modified", b"")
    assert answer.headers["ETag"] == etag
    assert other.status == "200 OK"
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"if_modified_since": "Tue, 14 Nov 2023 22:13:20 GMT"}, "304"),
        ({"if_modified_since": "Wed, 15 Nov 2023 00:00:00 GMT"}, "304"),
        ({"if_modified_since": "Tue, 14 Nov 2023 22:13:19 GMT"}, "200"),
        ({"if_modified_since": "yesterday"}, "200"),
        ({"if_modified_since": ""}, "200"),
        ({"if_modified_since": "Mon, 01 Jan 0001 00:00:00 GMT"}, "200"),
        # A tag counts before a date.
        (
            {
                "if_modified_since": "Wed, 15 Nov 2023 00:00:00 GMT",
                "if_none_match": '"other"',
            },
            "200",
        ),
    ],
)
def test_date_of_the_last_change_is_compared_where_no_tag_is_given(
    cache, asked, status
):
    assert Answer(cache).headers["Last-Modified"] == "Tue, 14 Nov 2023 22:13:20 GMT"
    answer = Answer(cache, **asked)

    assert answer.status[:3] == status
    assert bool(answer.content) == (status == "200")


def test_head_has_the_headers_of_get(cache):
    head, get = Answer(cache, method="HEAD"), Answer(cache)

    assert head.headers == get.headers
    assert head.content == b""


def test_change_of_the_content_is_seen_at_once(cache, site, counter):
    Answer(cache)
    site.body = LONG + "neu"

    change(cache, counter)

    assert Answer(cache).content.decode() == LONG + "neu"


def test_page_that_stayed_the_same_was_not_modified(cache, site, counter):
    before = Answer(cache).headers
    change(cache, counter)
    after = Answer(cache).headers

    assert len(site.asked) == 2
    assert (after["ETag"], after["Last-Modified"]) == (
        before["ETag"],
        before["Last-Modified"],
    )


def test_a_write_through_this_worker_is_seen_by_the_next_request(cache, site, counter):
    Answer(cache)
    counter.number += 1
    Answer(cache, "/admin/", method="POST")
    site.body = LONG + "neu"

    assert Answer(cache).content.decode() == LONG + "neu"


@pytest.mark.parametrize(
    "headers",
    [
        [HTML],
        [HTML, ("Cache-Control", "private")],
        [HTML, ("Cache-Control", "no-store")],
        [HTML, ("Cache-Control", "public, max-age=60")],
        [HTML, PUBLIC, ("Set-Cookie", "a=b")],
        [HTML, PUBLIC, ("Vary", "Cookie")],
        [HTML, PUBLIC, ("Vary", "Accept-Encoding, Accept-Language")],
        [HTML, PUBLIC, ("Content-Encoding", "gzip")],
    ],
)
def test_what_is_not_public_is_never_kept(cache, site, headers):
    site.headers = headers

    for _ in range(2):
        assert dict(headers).items() <= Answer(cache).headers.items()

    assert len(site.asked) == 2
    assert len(cache.entries) == 0


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found", "500 Oh", "206 Part"])
def test_only_whole_answers_are_kept(cache, site, status):
    site.status = status

    assert [Answer(cache).status for _ in range(2)] == [status] * 2
    assert len(cache.entries) == 0


@pytest.mark.parametrize("header", ["cookie", "authorization"])
def test_requests_with_credentials_bypass_the_cache(cache, site, header):
    Answer(cache)
    site.body = "for you alone"

    assert Answer(cache, **{header: "x"}).content == b"for you alone"
    assert Answer(cache).content.decode() == LONG


def test_hosts_and_schemes_are_kept_apart(site, counter):
    cache = PageCache(
        site,
        version=Version(counter),
        most_bytes=10**6,
        scheme_header="HTTP_X_FORWARDED_PROTO",
    )
    Answer(cache)
    Answer(cache, host="other.example")
    Answer(cache, x_forwarded_proto="https")

    assert len(site.asked) == 3


def test_unknown_parameters_share_one_entry(cache, site):
    site.parameters = {"page", "q"}
    Answer(cache, query="page=2")
    for query in ("page=2&utm_source=x", "utm_source=y&page=2"):
        Answer(cache, query=query)
    Answer(cache, query="q=a&page=2")
    Answer(cache, query="page=2&q=a")

    assert len(site.asked) == 2
    assert len(cache.entries) == 2


def test_order_of_a_repeated_parameter_matters(cache, site):
    site.parameters = {"q"}
    for query in ("q=a&q=b", "q=b&q=a", "q=a&q=b"):
        Answer(cache, query=query)

    assert [environ["QUERY_STRING"] for environ in site.asked] == ["q=a&q=b", "q=b&q=a"]


@pytest.mark.parametrize("status", ["503 Service Unavailable", "404 Not Found"])
def test_address_is_kept_once_it_is_public(cache, site, counter, status):
    """After a passing fault, and after a page was published there."""
    site.status = status
    Answer(cache)
    site.status = "200 OK"
    if status.startswith("404"):
        change(cache, counter)

    for _number in range(3):
        Answer(cache)

    assert len(site.asked) == 2


def test_memory_is_bounded(site, counter):
    cache = PageCache(site, version=Version(counter), most_bytes=50_000)
    for number in range(200):
        Answer(cache, f"/en/{number}/")

    assert 0 < cache.entries.size <= 50_000
    assert len(cache.entries) < 200
    assert Answer(cache, "/en/199/").content.decode() == LONG
    assert len(site.asked) == 200


def test_one_thread_makes_a_page_and_the_others_wait(cache, site):
    cache.version.start()
    site.pause = threading.Event()
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(Answer(cache).content))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    site.pause.set()
    for thread in threads:
        thread.join(5)

    assert len(site.asked) == 1
    assert answers == [LONG.encode()] * 8


def test_others_get_the_former_page_while_one_makes_the_new_one(cache, site, counter):
    Answer(cache)
    change(cache, counter)
    site.pause, site.body = threading.Event(), "new"
    maker = threading.Thread(target=lambda: Answer(cache))
    maker.start()
    while len(site.asked) < 2:
        pass

    shown = Answer(cache).content.decode()
    site.pause.set()
    maker.join(5)

    assert shown == LONG
    assert Answer(cache).content == b"new"


@pytest.mark.parametrize("building", [0, 1, 2])
@pytest.mark.parametrize("late", [30.0, 0.0])
def test_under_load_a_page_may_be_stale_for_a_while(
    cache, site, counter, monkeypatch, building, late
):
    """So that a change does not make all of many readers wait."""
    monkeypatch.setattr("cbec_site.page_cache.cache.LATE", late)
    Answer(cache)
    change(cache, counter)
    site.body = LONG + "new"
    site.pause = threading.Event()
    others = [
        threading.Thread(target=Answer, args=[cache, f"/en/{number}/"])
        for number in range(building)
    ]
    for other in others:
        other.start()
    while len(site.asked) < 1 + building:
        time.sleep(0.01)
    site.pause, pause = None, site.pause

    shown = Answer(cache).content.decode()
    pause.set()
    for other in others:
        other.join()

    is_late = building == 2 and late > 0
    assert shown.endswith("new") is not is_late
    assert Answer(cache).content.decode().endswith("new")


def test_failing_application_keeps_nobody_waiting(cache, site, monkeypatch):
    def fail(environ, start_response):
        raise RuntimeError

    cache.version.start()
    monkeypatch.setattr(cache, "application", fail)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            Answer(cache)

    assert not cache._building


def test_kept_pages_answer_while_the_database_is_away(cache, site, counter):
    Answer(cache)
    counter.is_away = True
    change(cache, counter)
    site.status = "503 Service Unavailable"

    kept, unknown = Answer(cache), Answer(cache, "/en/never-read/")

    assert kept.status == "200 OK"
    assert "database-away" in kept.headers["Cache-Status"]
    assert kept.headers["Cache-Control"] == "no-cache"
    assert b'class="stale-copy"' in kept.content
    assert unknown.status == "503 Service Unavailable"
    counter.is_away, site.status = False, "200 OK"
    change(cache, counter)
    assert "Cache-Status" not in Answer(cache).headers


def test_copies_on_disk_answer_after_a_restart(cache, site, counter, tmp_path):
    Answer(cache, accept_encoding="br")
    assert cache.copies.save(cache.entries) == 1
    assert cache.copies.save(cache.entries) == 0
    counter.is_away, site.status = True, "503 Service Unavailable"

    restarted = PageCache(
        site,
        version=Version(counter),
        most_bytes=10**6,
        copies=Copies(tmp_path / "copies"),
    )
    answer = Answer(restarted, accept_encoding="br")

    assert answer.status == "200 OK"
    assert brotli.decompress(answer.content).decode().endswith(LONG)
    assert "database-away" in answer.headers["Cache-Status"]


def test_pages_read_in_one_process_answer_in_another_without_the_database(
    cache, site, counter, tmp_path, monkeypatch
):
    """The watcher copies them by itself."""
    monkeypatch.setattr(watching, "COPY_EVERY", 0)
    Answer(cache)
    key = cache.entries.most_read(1)[0][0]
    deadline = time.monotonic() + 5
    while cache.copies.load(key) is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    away = Counter()
    away.is_away = True

    other = PageCache(
        site,
        version=Version(away),
        most_bytes=10**6,
        copies=Copies(tmp_path / "copies"),
    )
    answer = Answer(other)
    other.version.stop()

    assert answer.content.decode().endswith(LONG)
    assert "database-away" in answer.headers["Cache-Status"]
    assert len(site.asked) == 1


def test_damaged_copy_is_not_used(cache, tmp_path):
    Answer(cache)
    cache.copies.save(cache.entries)
    key = cache.entries.most_read(1)[0][0]
    cache.copies.path(key).write_bytes(b"{")

    assert cache.copies.load(key) is None


def test_long_answer_is_passed_on_whole(cache, site):
    site.body = "x" * 2_000_001

    assert len(Answer(cache).content) == 2_000_001
    assert len(cache.entries) == 0
