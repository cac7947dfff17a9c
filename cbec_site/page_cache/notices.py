"""Marks answers shown while the database is away: by a header, and a line in pages."""

from .entries import Entry, make_entry

# RFC 9211; the same for every cache that stands in front.
STALE = ("Cache-Status", "cbec-evidence; hit; detail=database-away")
LINES = {
    "zh": "数据库暂时没有响应；本页是最近保存的副本。",
    "en": "The database does not answer just now; this is the last copy of the page.",
}
MARK = b"<main"


def marked(entry: Entry) -> Entry:
    """The entry as it is sent while the database is away; made once per entry."""
    if entry.marked is None:
        entry.marked = _mark(entry)
    return entry.marked


def _mark(entry: Entry) -> Entry:
    content = entry.plain
    headers = dict(entry.headers)
    if headers.get("Content-Type", "").startswith("text/html"):
        language = "zh" if b'lang="zh' in content[:400] else "en"
        line = f'<p class="stale-copy" role="status">{LINES[language]}</p>'
        content = content.replace(MARK, line.encode() + MARK, 1)
    kept = [pair for pair in entry.headers if pair[0].lower() != "cache-control"]
    # No other cache may keep what may be out of date.
    kept += [("Cache-Control", "no-cache"), STALE]
    return make_entry(entry.version, kept, content, entry.modified)
