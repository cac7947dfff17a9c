"""Pages of one's own account: second factor, sessions, forgotten password."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME, views
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from . import audit, second_factor, sessions, throttle
from .forms import CodeForm, ResetForm, wait_message


def page(request, template, title, **context):
    """A page of `admin/accounts/` within the frame of the admin."""
    site = admin.site
    return TemplateResponse(
        request,
        f"admin/accounts/{template}.html",
        site.each_context(request) | {"title": title} | context,
    )


def after(request):
    """The address that was asked for before signing in, or the start page."""
    given = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(
        REDIRECT_FIELD_NAME, ""
    )
    is_ours = url_has_allowed_host_and_scheme(
        given, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return given if given and is_ours else reverse("admin:index")


def for_signed_in(view):
    """Requires an admin account that has given its password; the code may be
    missing."""

    @never_cache
    @csrf_protect
    def check(request):
        if not (request.user.is_active and request.user.is_staff):
            return views.redirect_to_login(
                request.get_full_path(), reverse("admin:login")
            )
        return view(request)

    return check


@for_signed_in
def enter_code(request):
    """The code of the second factor, or a recovery code."""
    if second_factor.what_lacks(request) != second_factor.CODE:
        return redirect("admin:index")
    form = CodeForm(request.POST or None)
    wait = 0
    if request.method == "POST" and form.is_valid():
        wait = throttle.admit(request, f"code of {request.user.pk}")
        if wait:
            form.add_error("code", wait_message(wait))
        elif second_factor.check_code(request, form.cleaned_data["code"]):
            return redirect(after(request))
        else:
            form.add_error("code", _("This code is wrong or was already used."))
    response = page(request, "code", _("Second factor"), form=form, next=after(request))
    if wait:
        response.status_code = 429
        response["Retry-After"] = str(wait)
    return response


@for_signed_in
def set_up(request):
    """Show the key to an app, and confirm it with a code; then the recovery codes."""
    if second_factor.what_lacks(request) == second_factor.CODE:
        return redirect("admin:second-factor")
    device = second_factor.begin_set_up(request.user)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes = second_factor.finish_set_up(request, device, form.cleaned_data["code"])
        if codes:
            # From here on the page is shown as to a user who has given the code.
            request._second_factor = second_factor.OPEN
            return page(
                request,
                "recovery_codes",
                _("Recovery codes"),
                codes=codes,
                next=after(request),
            )
        form.add_error("code", _("This code does not belong to the key above."))
    return page(
        request,
        "set_up",
        _("Set up the second factor"),
        form=form,
        picture=second_factor.picture_of(device),
        secret=second_factor.secret_of(device),
        is_required=second_factor.is_required(request.user),
        next=after(request),
    )


def account(request):
    """What protects one's account."""
    return page(
        request,
        "account",
        _("Security of my account"),
        device=second_factor.device_of(request.user),
        codes_left=second_factor.codes_left(request.user),
        is_required=second_factor.is_required(request.user),
        idle=settings.SESSION_IDLE_MINUTES,
        hours=settings.SESSION_HOURS,
    )


@require_POST
def new_codes(request):
    """New recovery codes instead of the old ones."""
    if second_factor.device_of(request.user) is None:
        raise PermissionDenied
    codes = second_factor.new_recovery_codes(request)
    return page(
        request,
        "recovery_codes",
        _("Recovery codes"),
        codes=codes,
        next=reverse("admin:account"),
    )


@require_POST
def remove_factor(request):
    """Turn the second factor off, where it is not required."""
    if second_factor.is_required(request.user):
        raise PermissionDenied
    second_factor.remove(request.user, request)
    messages.success(request, _("The second factor was removed."))
    return redirect("admin:account")


@require_POST
def sign_out_everywhere(request):
    """End every other session of one's account."""
    sessions.end_all(request.user)
    sessions.begin(request)
    audit.record(audit.Act.SIGNED_OUT_EVERYWHERE, request)
    messages.success(request, _("Every other session of your account has ended."))
    return redirect("admin:account")


class Reset(views.PasswordResetView):
    """Sends a link by mail; the answer is the same when the account is unknown."""

    form_class = ResetForm
    template_name = "admin/accounts/reset.html"
    email_template_name = "admin/accounts/reset_mail.txt"
    subject_template_name = "admin/accounts/reset_subject.txt"
    success_url = reverse_lazy("password_reset_done")
    title = gettext_lazy("Forgotten password")

    def form_valid(self, form):
        wait = throttle.admit(self.request, f"mail to {form.cleaned_data['email']}")
        if wait:
            form.add_error("email", wait_message(wait))
            response = self.form_invalid(form)
            response.status_code = 429
            response["Retry-After"] = str(wait)
            return response
        # Not the host of the request, which its sender chooses.
        parts = urlsplit(settings.SITE_URL)
        if parts.netloc:
            form.save(
                domain_override=parts.netloc,
                use_https=parts.scheme == "https",
                email_template_name=self.email_template_name,
                subject_template_name=self.subject_template_name,
                request=self.request,
            )
            return redirect(self.get_success_url())
        return super().form_valid(form)


class ResetDone(views.PasswordResetDoneView):
    template_name = "admin/accounts/message.html"
    title = gettext_lazy("Check your e-mail")
    extra_context = {
        "message": gettext_lazy(
            "If an account has this address, an e-mail with a link is on its way. "
            "The link works once, for four hours."
        )
    }


class ResetConfirm(views.PasswordResetConfirmView):
    template_name = "admin/accounts/new_password.html"
    success_url = reverse_lazy("password_reset_complete")
    title = gettext_lazy("New password")

    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.end_all(self.user)
        name = self.user.get_username()
        audit.record(audit.Act.PASSWORD_CHANGED, self.request, name, detail="by mail")
        return response


@method_decorator(never_cache, name="dispatch")
class ResetComplete(views.PasswordResetCompleteView):
    template_name = "admin/accounts/message.html"
    title = gettext_lazy("The password was changed")
    extra_context = {
        "message": gettext_lazy("Sign in with your new password."),
        "sign_in": True,
    }
