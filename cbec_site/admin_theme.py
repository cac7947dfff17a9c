"""How the theme of the admin is set up: names, pictures, menu; the UNFOLD setting."""

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

# https://unfoldadmin.com/docs/configuration/settings/

UNFOLD = {
    "SITE_TITLE": "CBEC Evidence",
    "SITE_HEADER": "CBEC Evidence",
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("img/icon.svg"),
    "SITE_FAVICONS": [
        {
            "rel": "icon",
            "type": "image/svg+xml",
            "href": lambda request: static("img/icon.svg"),
        }
    ],
    "STYLES": [lambda request: static("css/admin-text.css")],
    "SCRIPTS": [lambda request: static("js/tab.js")],
    "SHOW_LANGUAGES": True,
    "SHOW_HISTORY": True,
    "DASHBOARD_CALLBACK": "cbec_site.dashboard.start_page",
    "ACCOUNT": {
        "navigation": [
            {
                "title": _("Security of my account"),
                "link": reverse_lazy("admin:account"),
            },
        ]
    },
}
