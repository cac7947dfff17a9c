"""The page that tells people how to read the API, made from its own description."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.generic import TemplateView

from datasets.models import Observation
from datasets.units import Unit

from .api import api
from .base.addresses import site_address
from .base.listing import FileOptions, Paging
from .base.paging import DEFAULT_LIMIT, MAX_LIMIT
from .base.search_index.finding import MOST
from .middleware import SHARED_MAX_AGE


class ApiDocs(TemplateView):
    template_name = "api_docs.html"

    def get_context_data(self, **kwargs):
        schema = api.get_openapi_schema()
        return super().get_context_data(**kwargs) | {
            "introduction": gettext(schema["info"]["description"]),
            "body": body(site_address(self.request), get_language()),
        }


@lru_cache(maxsize=16)
def body(base, language):
    """The content of the page as HTML; it does not depend on data."""
    schema = api.get_openapi_schema()
    context = {
        "introduction": gettext(schema["info"]["description"]),
        "openapi": base + reverse("api:openapi-json"),
        "common": common_parameters(),
        "addresses": addresses(base, schema),
        "statuses": Observation.Status.choices,
        "units": Unit.choices,
        "default_limit": DEFAULT_LIMIT,
        "max_limit": MAX_LIMIT,
        "most_counted": MOST,
        "max_age": SHARED_MAX_AGE,
        "base": base,
    }
    return render_to_string("includes/_api_docs.html", context)


def common_parameters():
    """(name, meaning) of the parameters that every list has."""
    return [
        (name, gettext(field.description))
        for schema in (Paging, FileOptions)
        for name, field in schema.model_fields.items()
    ]


def addresses(base, schema):
    """Each address of the API with its CSV file, as the template shows them."""
    by_address = {}
    for path, operations in schema["paths"].items():
        operation = operations["get"]
        if path.endswith(".csv"):
            address = by_address[path.removesuffix(".csv")]
            address["file"] = path
            address["columns"] = [
                (column["name"], gettext(column["description"]))
                for column in operation["x-columns"]
            ]
        else:
            by_address[path] = described(base, path, operation, schema)
    return list(by_address.values())


def described(base, path, operation, schema):
    """One address: what it gives, its own parameters, an example, its fields."""
    example = operation.get("x-example", "")
    common = {**Paging.model_fields, **FileOptions.model_fields}
    return {
        "path": path,
        "anchor": operation["operationId"],
        "title": gettext(operation["summary"]),
        "parameters": [
            parameter(stated)
            for stated in operation["parameters"]
            if stated["name"] not in common
        ],
        "example": f"{base}{path}?{example}" if example else "",
        "fields": fields(operation, schema),
    }


def parameter(stated):
    """A parameter: its name, its meaning and the values it takes, if there are few."""
    shape = stated["schema"]
    options = [shape, shape.get("items", {}), *shape.get("anyOf", ())]
    text = stated.get("description")
    return {
        "name": stated["name"],
        "help": gettext(text) if text else gettext("Part of the address."),
        "values": next((option["enum"] for option in options if "enum" in option), []),
    }


def fields(operation, schema):
    """The names in a JSON answer; for a list, those of its rows."""
    answer = operation["responses"][200]["content"]["application/json"]["schema"]
    shape = resolve(answer, schema)
    rows = shape["properties"].get("results")
    return list((resolve(rows["items"], schema) if rows else shape)["properties"])


def resolve(shape, schema):
    """Follow a reference into the components."""
    name = shape.get("$ref", "").rpartition("/")[2]
    return schema["components"]["schemas"][name] if name else shape
