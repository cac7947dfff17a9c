"""The admin site: the theme's, with its security gaps closed."""

from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import InvalidPage
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from unfold.sites import UnfoldAdminSite

from cbec_site import translations
from cbec_site.base.searching_admin import MOST_WORDS, has_too_many_words

from . import audit, second_factor, throttle, views
from .forms import SignInForm


def is_search_too_long(request) -> bool:
    """Whether a list is searched for more words than are looked for."""
    match = request.resolver_match
    is_list = match is not None and (match.url_name or "").endswith("_changelist")
    return is_list and has_too_many_words(request.GET.get(SEARCH_VAR, ""))


class EvidenceAdminSite(UnfoldAdminSite):
    login_form = SignInForm

    def get_urls(self):
        view = self.admin_view(self.view_on_site)
        own = path(
            "r/<int:content_type_id>/<path:object_id>/", view, name="view_on_site"
        )
        wrap = self.admin_view
        return [
            path("translations/", wrap(translations.page), name="translations"),
            path("account/", wrap(views.account), name="account"),
            path("account/code/", views.enter_code, name="second-factor"),
            path("account/set-up/", views.set_up, name="second-factor-set-up"),
            path("account/codes/", wrap(views.new_codes), name="recovery-codes"),
            path(
                "account/remove/",
                wrap(views.remove_factor),
                name="second-factor-remove",
            ),
            path(
                "account/sign-out-everywhere/",
                wrap(views.sign_out_everywhere),
                name="sign-out-everywhere",
            ),
            *(
                own if getattr(url, "name", "") == "view_on_site" else url
                for url in super().get_urls()
            ),
        ]

    def admin_view(self, view, cacheable=False):
        """Refuses filters by regular expressions, which Django allows on any field, and
        searches for more words than the database can look for.

        On SQLite a few letters of a regular expression keep the whole process busy for
        hours.
        """
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def check(request, *args, **kwargs):
            if any(name.endswith(("__regex", "__iregex")) for name in request.GET):
                raise BadRequest("Lists cannot be filtered by regular expressions.")
            # Who may not come in is not answered by a message, but asked to sign in.
            if is_search_too_long(request) and self.has_permission(request):
                words = gettext("Search for %d words at most.") % MOST_WORDS
                messages.error(request, words)
                return redirect(request.path)
            return inner(request, *args, **kwargs)

        return check

    def has_permission(self, request):
        """A signed-in admin account, verified by second factor where it has or needs
        one."""
        return (
            super().has_permission(request)
            and second_factor.what_lacks(request) == second_factor.OPEN
        )

    def login(self, request, extra_context=None):
        """A user who has given the password but not the code is asked for the code."""
        if super().has_permission(request) and not self.has_permission(request):
            is_code = second_factor.what_lacks(request) == second_factor.CODE
            name = "second-factor" if is_code else "second-factor-set-up"
            query = {REDIRECT_FIELD_NAME: request.GET.get(REDIRECT_FIELD_NAME, "")}
            return redirect(f"{reverse(f'admin:{name}')}?{urlencode(query)}")
        response = super().login(request, extra_context)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if wait := getattr(form, "wait", 0):
            response.status_code = 429
            response["Retry-After"] = str(wait)
        elif request.method == "POST" and request.user.is_authenticated:
            throttle.remember_browser(request, response, request.user.get_username())
        return response

    def password_change(self, request, extra_context=None):
        response = super().password_change(request, extra_context)
        if response.status_code == 302:
            audit.record(audit.Act.PASSWORD_CHANGED, request)
        return response

    def view_on_site(self, request, content_type_id, object_id):
        """Redirect to the public page; Django's own view reveals to anybody where
        drafts are."""
        kind = get_object_or_404(ContentType, pk=content_type_id)
        admin = self._registry.get(kind.model_class())
        if admin is None or not admin.has_view_or_change_permission(request):
            raise PermissionDenied
        return shortcut(request, content_type_id, object_id)

    def autocomplete_view(self, request):
        """Django's autocompletion, minus search texts that a database cannot take."""
        term = request.GET.get("term", "")
        if "\x00" in term:
            raise BadRequest("The words to complete hold the character NUL.")
        if has_too_many_words(term):
            raise BadRequest("There are too many words to complete.")
        return super().autocomplete_view(request)

    def search(self, request, extra_context=None):
        """The theme's search, which fails on a page number that does not exist."""
        try:
            return super().search(request, extra_context)
        except (ValueError, InvalidPage) as error:
            raise Http404 from error
