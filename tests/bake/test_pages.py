"""Pages as files: what is rewritten, and that nothing else is."""

import pytest

from cbec_site.bake.pages import links_of, rewrite, rewrite_feed

NOTE = "<p>As of today.</p>"
FILES = {"/en/": "../index.html", "/en/a/?x=1&y=2": "a.html", "/s/a.js": "a%20b.js"}


def link_to(link):
    return link if link.startswith("https:") else FILES.get(link)


def rewritten(html):
    return rewrite(html, link_to, "search.html", NOTE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="/en/">x</a>', '<a href="../index.html">x</a>'),
        ("<a href='/en/'>x</a>", '<a href="../index.html">x</a>'),
        ("<a href=/en/>x</a>", '<a href="../index.html">x</a>'),
        ('<a href="/en/#p">x</a>', '<a href="../index.html#p">x</a>'),
        (
            '<a\n  href="/en/"\n  rel="nofollow"\n>x</a>',
            '<a\n  href="../index.html"\n  rel="nofollow"\n>x</a>',
        ),
        ('<a href="/en/a/?x=1&amp;y=2">x</a>', '<a href="a.html">x</a>'),
        ('<a class="b" href="/no/" rel="next">x</a>', '<a class="b">x</a>'),
        ('<script src="/s/a.js"></script>', '<script src="a%20b.js"></script>'),
        ('<link rel="alternate" type="text/csv" href="/no/">', ""),
        ("<p data-live>gone <b>all</b></p>stays", "stays"),
        ("<div data-live><div>a</div><br></div>b", "b"),
        ("<form>gone</form><p>stays</p>", "<p>stays</p>"),
        (
            '<form role="search" action="/en/search/">x</form>',
            '<form role="search" action="search.html">x</form>',
        ),
        ("x</main>y</main>", f"x{NOTE}</main>y</main>"),
    ],
)
def test_rewritten(before, after):
    assert rewritten(before) == after


@pytest.mark.parametrize(
    "html",
    [
        '<!doctype html>\n<p title="a > b &amp; c">1 &lt; 2 &nbsp;&copy 3 <!-- <a> -->',
        '<svg viewBox="0 0 1 1"><path d="M0 0"/><linearGradient id="x"/></svg>',
        '<script type="application/ld+json">{"url": "/en/", "a": "</p>"}</script>',
        '<link rel="canonical" href="https://evidence.example/en/">',
        '<link rel="alternate" hreflang="en" href="/no/">',
        '<a href="#there">x</a><a href="https://other.example/">y</a>',
        "<p>没有 <b>改变</b>",
    ],
)
def test_everything_else_stays(html):
    assert rewritten(html) == html


def test_links_are_those_of_the_kept_parts():
    html = """<a href="/a/#x">1</a><form action="/b/">2</form><img src='/c.png'>
        <p data-live><a href="/d/">3</a></p><script src="/e.js" data-chart="/f.js">
        </script><link rel="canonical" href="/g/"><a>4</a>"""

    assert sorted(links_of(html)) == ["/a/", "/c.png", "/e.js", "/f.js"]


def test_feeds_link_to_files_and_keep_their_identifiers():
    feed = '<id>tag:x</id><link href="/en/" rel="alternate"/><link href="/no/"/>'

    assert rewrite_feed(feed, link_to) == (
        '<id>tag:x</id><link href="../index.html" rel="alternate"/><link href="/no/"/>'
    )
