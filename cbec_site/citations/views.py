"""A citation as a file that a reference manager opens: below the page it cites."""

from django.http import Http404, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.generic import View

from cbec_site.addressed import exactly, find_by_names
from cbec_site.base.addresses import site_address
from cbec_site.base.kept import content_changed_at
from datasets.cited import cited_address

from .formats import FILES
from .records import CITED, record_of


class CitationFile(View):
    """`PAGE/cite.bib`, `.ris` or `.json` for each page that can be cited."""

    def get(self, request, page, ending):
        if ending not in FILES:
            raise Http404
        address = request.path_info[: -len(f"cite.{ending}")]
        version = content_changed_at(request)
        record = record_of(
            _thing_at(address),
            address=cited_address(site_address(request) + address, version),
            cited_on=timezone.localdate(),
            version=version,
        )
        kind, write = FILES[ending]
        return HttpResponse(
            write(record) + "\n",
            content_type=f"{kind}; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{record.key}.{ending}"'
            },
        )


def _thing_at(address):
    """What the public page at an address is about; 404 where there is none."""
    try:
        match = resolve(address)
    except Resolver404 as error:
        raise Http404 from error
    if not match.route.endswith("<code:slug>/"):
        raise Http404
    thing, _names = find_by_names(match, exactly)
    if not isinstance(thing, CITED):
        raise Http404
    return thing
