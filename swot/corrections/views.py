"""Pages to report an error, and the public list of corrections.

The form needs no account, session or cookie, so its page is the same for every visitor
and caches may keep it. That is also why it has no CSRF token: such a token ties a form
to a session, and a forged post could do nothing here that its sender could not do
openly. Floods and programs are held off by limits per sender and hour, a field that
only programs fill in, and a check of the origin that the browser states. A time stamp
in the page would only tell when a cache was filled.
"""

from urllib.parse import urlsplit

from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import FormView, ListView, TemplateView

from cbec_site.base.publishing import prefetch_published
from swot.models import Claim
from swot.models.corrections import Correction

from .forms import ReportForm
from .rate_limit import admit
from .subjects import find_subject

MAX_BYTES = 32_000
PER_PAGE = 20


@method_decorator(csrf_exempt, name="dispatch")
class ReportCreate(FormView):
    """Report an error in the thing named in ?about=, or anywhere else."""

    form_class = ReportForm
    template_name = "swot/report.html"
    parameters = ("about",)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        about = request.GET.get("about", "")
        self.subject = find_subject(about) if about else None
        if about and self.subject is None:
            raise Http404(_("There is nothing public of this name to report on."))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"subject": self.subject}

    def post(self, request, *args, **kwargs):
        if is_from_elsewhere(request):
            return self.refuse(403, _("The form was sent from another site."))
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
            return self.refuse(413, _("This is too long; please shorten it."))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        note = self.request.POST.get("note", "")[:200]
        refusal = admit(self.request, form.cleaned_data["text"], note)
        if refusal:
            message = _("There were too many reports just now. Please try again later.")
            if refusal.note:
                message = _(
                    "Many reports are coming in. Yours is below, not sent yet: please "
                    "send it again after %d seconds."
                )
                message %= refusal.wait
            response = self.refuse(429, message, form, note=refusal.note)
            response["Retry-After"] = str(refusal.wait)
            return response
        form.instance.about_kind = self.subject.kind if self.subject else "other"
        form.instance.about_code = self.subject.code if self.subject else ""
        form.instance.language = get_language()
        form.save()
        return redirect("swot:report-thanks")

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=400)

    def refuse(self, status, message, form=None, note=""):
        """The page again, with what was typed and why it was not accepted."""
        # An empty form where the post must not be read.
        form = form or ReportForm()
        context = self.get_context_data(form=form, refusal=message, note=note)
        return self.render_to_response(context, status=status)


def is_from_elsewhere(request) -> bool:
    """Whether the browser says that the form was sent from a page of another site."""
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.get_host()


class ReportThanks(TemplateView):
    template_name = "swot/report_thanks.html"


class CorrectionList(ListView):
    """The list of corrections, newest first."""

    queryset = (
        Correction.objects.published()
        .with_subjects()
        .prefetch_related(prefetch_published(Claim, "claims"))
        .order_by("-corrected_on", "-pk")
    )
    template_name = "swot/correction_list.html"
    paginate_by = PER_PAGE

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {}
