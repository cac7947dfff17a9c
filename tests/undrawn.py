"""Pages of the admin of which a test only needs the context."""

import contextlib
from unittest import mock

from django.template.response import SimpleTemplateResponse


@contextlib.contextmanager
def undrawn():
    """Answers have `context_data` and no content: rendering takes most of the time."""
    with mock.patch.object(SimpleTemplateResponse, "rendered_content", ""):
        yield


def context_of(client, address):
    """The context of the page at an address; it has to answer 200."""
    with undrawn():
        answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.context_data
