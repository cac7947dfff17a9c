"""Opens the form of a policy filled with proposals; saves nothing.

A new policy is filled from what an editor pasted; for a stored one, relations are
proposed from its text.
"""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cbec_site.base.confidence import Confidence

from .forms import PasteForm
from .pasting import Pasted, proposals_for, read_pasted

BUTTON = "_fill"
# The page of a stored policy with the proposed relations in its form.
PROPOSE = "propose"


class FilledByPasting:
    """For the admin of policies: the button `_fill` answers with the form filled in.

    `?propose=1` opens a stored policy with the relations named in its text added to the
    form; without it, the page lists them.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = (extra_context or {}) | {"can_paste": object_id is None}
        if object_id and request.method == "GET" and "draft" not in request.GET:
            context["proposals"] = self._propose(request, unquote(object_id))
        if object_id or request.method != "POST" or BUTTON not in request.POST:
            return super().changeform_view(request, object_id, form_url, context)
        form = PasteForm(request.POST)
        request.pasted = read_pasted(form["paste"].value() if form.is_valid() else "")
        context["pasted_text"] = request.POST.get("paste", "")
        self._tell_what_was_read(request, form)
        request.method = "GET"
        try:
            response = super().changeform_view(request, None, form_url, context)
            if hasattr(response, "render"):
                response.render()
        finally:
            request.method = "POST"
        return response

    def _propose(self, request, object_id):
        """The relations to show; they fill the form if the address asks for it."""
        policy = self.get_object(request, object_id)
        if policy is None or not self.has_draft_permission(request, policy):
            return []
        proposals = proposals_for(policy)
        if proposals and request.GET.get(PROPOSE):
            request.pasted = Pasted(relations=proposals)
            text = ngettext(
                "%d relation was added to the form. Check it and save.",
                "%d relations were added to the form. Check them and save.",
                len(proposals),
            )
            messages.info(request, text % len(proposals))
            return []
        return proposals

    def _tell_what_was_read(self, request, form):
        pasted = request.pasted
        if not form.is_valid():
            messages.error(request, " ".join(form.errors["paste"]))
        elif pasted.fields or pasted.relations:
            text = _("The form was filled from what you pasted. Check each field.")
            messages.info(request, text)
        else:
            messages.warning(request, _("Nothing was recognised in what you pasted."))

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        pasted = getattr(request, "pasted", None)
        return initial | pasted.fields if pasted else initial

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        pasted = getattr(request, "pasted", None)
        if pasted and (rows := rows_of(pasted, prefix)):
            kwargs["initial"] = rows
        return kwargs

    def get_formsets_with_inlines(self, request, obj=None):
        """As many extra rows as there are proposals."""
        pasted = getattr(request, "pasted", None)
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if pasted:
                prefix = formset.get_default_prefix()
                formset.extra = len(rows_of(pasted, prefix))
            yield formset, inline


def rows_of(pasted, prefix) -> list[dict]:
    """The proposed rows of an inline, as initial data of its forms."""
    if prefix == "policyissuer_set":
        return [
            {"issuer": issuer.pk, "position": place}
            for place, issuer in enumerate(pasted.issuers)
        ]
    if prefix == "events":
        return [{"kind": kind, "happened_on": day} for kind, day in pasted.events]
    if prefix == "relations":
        return [
            {
                "kind": proposal.kind,
                "other": proposal.other and proposal.other.pk,
                "other_name": proposal.other_name,
                "confidence": Confidence.RECALLED.value,
            }
            for proposal in pasted.relations
        ]
    return []
