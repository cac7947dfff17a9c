"""Atom feeds in the language of their address, with permanent ids."""

from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.translation import gettext

from .addresses import card_path, site_address
from .characters import without_control
from .kept import content_changed_at
from .languages import bcp47


class LanguageAtom(Atom1Feed):
    """Atom with its language tag as XML requires: zh-Hans.

    `emptied_at` dates a feed without entries: the last change of the content.
    """

    emptied_at = None

    def root_attributes(self):
        attributes = super().root_attributes()
        return attributes | {"xml:lang": bcp47(self.feed["language"])}

    def add_item(self, *args, **kwargs):
        """As in Django; what was stored with control characters does not break it."""
        super().add_item(
            *(_clean(value) for value in args),
            **{name: _clean(value) for name, value in kwargs.items()},
        )

    def latest_post_date(self):
        """As in Django, whose feeds without entries change with every request."""
        return (not self.items and self.emptied_at) or super().latest_post_date()

    def add_item_elements(self, handler, item):
        """As in Django, without the picture's size, which is not known before it is
        made."""
        pictures, item["enclosures"] = item["enclosures"], []
        super().add_item_elements(handler, item)
        for picture in pictures:
            facts = {"rel": "enclosure", "href": picture.url, "type": picture.mime_type}
            handler.addQuickElement("link", "", facts)


def _clean(value):
    return without_control(value) if isinstance(value, str) else value


class LanguageFeed(Feed):
    """A feed whose methods are given the site's address; its items have `address`.

    Each entry names the picture of its page, which is made on request.
    """

    feed_type = LanguageAtom

    def author_name(self):
        return gettext("CBEC Evidence")

    def get_object(self, request):
        return site_address(request)

    def get_feed(self, obj, request):
        feed = super().get_feed(obj, request)
        if not feed.items:
            feed.emptied_at = content_changed_at(request)
        return feed

    def feed_guid(self, base):
        return self.feed_url(base)

    def item_link(self, item):
        return item.address

    def item_enclosures(self, item):
        parts = urlsplit(item.address)
        picture = f"{parts.scheme}://{parts.netloc}{card_path(parts.path)}"
        return [Enclosure(picture, "", "image/png")]


def tag_name(address, day, part=""):
    """An id (RFC 4151) that stays the same when the site moves to https or a text
    changes."""
    parts = urlsplit(address)
    return f"tag:{parts.hostname},{day}:{parts.path.strip('/')}{part}"
