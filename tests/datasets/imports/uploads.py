"""A file of one value, and how an editor uploads it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

UPLOAD = reverse("admin:datasets_observation_import")
HEADER = "indicator,region,period,value,unit,source\n"
ROW = "exports,520000,2022,1.5,亿元,office\n"


def send(client, content=HEADER + ROW, **more):
    """Upload a file; returns the address of its preview."""
    data = content if isinstance(content, bytes) else content.encode()
    response = client.post(
        UPLOAD, {"file": SimpleUploadedFile("figures.csv", data), **more}
    )
    assert response.status_code == 302
    return response["Location"]
