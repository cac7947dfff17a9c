"""Forms around signing in."""

import threading

from django import forms
from django.contrib.auth.forms import PasswordResetForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.forms import AuthenticationForm
from unfold.widgets import UnfoldAdminTextInputWidget

from . import audit, throttle


def wait_message(seconds: int) -> str:
    """When to try again, in whole minutes."""
    minutes = -(-seconds // 60)
    return (
        ngettext(
            "There were too many attempts. Please try again in %d minute.",
            "There were too many attempts. Please try again in %d minutes.",
            minutes,
        )
        % minutes
    )


class SignInForm(AuthenticationForm):
    """Name and password; counts attempts before it looks at the password."""

    wait = 0

    def clean(self):
        account = self.cleaned_data.get("username")
        if not (account and self.cleaned_data.get("password")):
            return super().clean()
        self.wait = throttle.admit(self.request, account)
        if self.wait:
            self.record_refusal(account)
            raise ValidationError(wait_message(self.wait), code="throttled")
        try:
            cleaned = super().clean()
        except ValidationError:
            audit.record(audit.Act.SIGN_IN_FAILED, self.request, account)
            raise
        throttle.forget(self.request, account)
        return cleaned

    def record_refusal(self, account):
        left = throttle.refusals_left(self.request)
        detail = "more of them within the hour are not recorded" if left == 1 else ""
        if left:
            audit.record(audit.Act.THROTTLED, self.request, account, detail=detail)


class CodeForm(forms.Form):
    """The second step of signing in: a code from the app, or a recovery code."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=32,
        widget=UnfoldAdminTextInputWidget(
            attrs={"autocomplete": "one-time-code", "autofocus": ""}
        ),
    )


class ResetForm(PasswordResetForm):
    """Sends the mail in the background: the answer takes equally long when none is
    sent."""

    def send_mail(self, *args, **kwargs):
        threading.Thread(
            target=super().send_mail, args=args, kwargs=kwargs, daemon=True
        ).start()
