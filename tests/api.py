"""The lists of the API, and what they answer."""

import csv
import io
import json

LISTS = [
    "observations",
    "indicators",
    "regions",
    "sources",
    "figures",
    "policies",
    "pilot-zones",
    "analyses",
    "entries",
    "recommendations",
    "claims",
    "corrections",
]
PROBLEM = "application/problem+json"


def get_json(client, address):
    """The body of the answer; a float in it would be a fault of ours."""

    def no_float(text):
        raise AssertionError(f"{text} is a float")

    return json.loads(client.get(address).content, parse_float=no_float)


def read_csv(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode(), newline="")))
