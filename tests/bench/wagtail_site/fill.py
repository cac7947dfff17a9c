"""The content of our pages as a tree of Wagtail's."""

from bs4 import BeautifulSoup
from wagtail.models import Locale, Page, Site

from .models import ListPage, RowPage, Term, TextPage

HEADINGS = {"h1", "h2", "h3", "h4"}
TEXTS = {"p", "ul", "ol", "blockquote"}
# Elements that only hold other blocks.
HOLDERS = {"main", "section", "article", "header", "div", "aside"}


def fill(saved):
    """Make a site of the pages in the directory `saved`; returns addresses by kind."""
    home = TextPage(title="首页", slug="peer-home", body=blocks_of(saved, "home"))
    Locale.objects.create(language_code="zh-hans")
    Page.add_root(title="Root", slug="root").add_child(instance=home)
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    article = TextPage(
        title="文章",
        slug="article",
        show_in_menus=True,
        body=blocks_of(saved, "article"),
    )
    home.add_child(instance=article)
    pages = {"home": home, "article": article}
    for kind in ("list", "register"):
        pages[kind] = add_list(home, kind, saved)
    return {kind: page.url for kind, page in pages.items()}


def blocks_of(saved, kind):
    """The blocks of one page, in order: what is not text stays HTML."""
    return [
        {"type": name, "value": value} for name, value in walk(main_of(saved, kind))
    ]


def walk(holder):
    for part in holder.find_all(recursive=False):
        if part.name in HEADINGS:
            yield "heading", part.get_text(" ", strip=True)
        elif part.name in TEXTS:
            yield "text", str(part)
        elif part.name in HOLDERS:
            yield from walk(part)
        else:
            yield "html", str(part)


def add_list(home, kind, saved):
    """A list with a child for each row of our table."""
    first, every = rows_of(saved, kind), rows_of(saved, f"{kind}-all")
    page = ListPage(title=kind, slug=kind, show_in_menus=True, per_page=len(first))
    home.add_child(instance=page)
    for number, cells in enumerate(every):
        title, one, two, three, four, *rest = [*cells, "", ""]
        row = RowPage(title=title[:255], slug=f"row-{number}", note=title)
        if kind == "list":
            row.level, row.day, row.status = two, three, four
        else:
            row.level, row.day, row.status = one, two, three
        page.add_child(instance=row)
        if kind == "list":
            row.issuers.set(terms(one))
            row.topics.set(terms(rest[0]))
            row.save()
    return page


def terms(text):
    names = [name.strip() for name in text.replace("；", "、").split("、")]
    return [Term.objects.get_or_create(name=name)[0] for name in names if name]


def rows_of(saved, kind):
    """The texts of the cells of each row of the longest table."""
    tables = main_of(saved, kind).find_all("tbody")
    rows = max((table.find_all("tr") for table in tables), key=len)
    return [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])]
        for row in rows
    ]


def main_of(saved, kind):
    html = (saved / f"{kind}.html").read_text(encoding="utf-8")
    return BeautifulSoup(html, "html.parser").find("main")
