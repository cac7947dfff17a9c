"""Pages of the admin of which a test needs only what they are drawn from."""

import contextlib
from unittest import mock

from django.template.response import SimpleTemplateResponse


@contextlib.contextmanager
def undrawn():
    """Answers have `context_data` and no content: drawing takes most of their time."""
    with mock.patch.object(SimpleTemplateResponse, "rendered_content", ""):
        yield


def context_of(client, address):
    """What the page at an address is drawn from; it has to answer 200."""
    with undrawn():
        answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.context_data
