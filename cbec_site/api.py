"""The API: joins the routers of the apps and says what all of them share."""

from functools import cache, wraps

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_noop
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import REF_TEMPLATE

from datasets.api import router as datasets
from policies.api import router as policies
from swot.api import router as swot

from .base.addresses import site_address
from .base.listing import json_response
from .base.problems import CONTENT_TYPE, ProblemError, field_error, problem_response
from .moved_addresses import redirect_to_meant


class FieldError(Schema):
    field: str
    message: str


class ProblemDetails(Schema):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldError]


class Contents(Schema):
    """Where everything is."""

    documentation: str
    openapi: str
    lists: dict[str, str]


class DataAPI(NinjaAPI):
    """Adds the error format to the description of every address."""

    def get_openapi_schema(self, *, path_prefix=None, path_params=None):
        """The description, made once; callers must not change it."""
        if path_prefix is None:
            path_prefix = self.get_root_path(path_params or {})
        return self.describe(path_prefix)

    @cache  # noqa: B019 - there is one API, as long as the process runs
    def describe(self, path_prefix):
        schema = super().get_openapi_schema(path_prefix=path_prefix)
        shape = ProblemDetails.model_json_schema(ref_template=REF_TEMPLATE)
        schema["components"]["schemas"] |= shape.pop("$defs") | {"Problem": shape}
        reference = {"$ref": REF_TEMPLATE.format(model="Problem")}
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["default"] = {
                    "description": "Error",
                    "content": {CONTENT_TYPE: {"schema": reference}},
                }
        return schema


api = DataAPI(
    title="CBEC Evidence",
    version="1",
    description=gettext_noop(
        "The data behind the site: observations, indicators, figures, policies, pilot "
        "zones and the SWOT analysis with its claims. Everything can be read without "
        "an account, from any other site, and holds Chinese and English."
    ),
    docs_url=None,
    urls_namespace="api",
)


def refuse_unknown_parameters(run):
    """Answer 400 to a parameter that the address does not know.

    Ninja would ignore it, and the reader would take all rows for the ones asked for.
    """
    models = [m for m in run.__self__.models if m.__ninja_param_source__ == "query"]
    known = {name for model in models for name in model.__ninja_flatten_map__}
    lists = {name for model in models for name in model.__ninja_collection_fields__}

    @wraps(run)
    def checked(request, **kwargs):
        errors = []
        for name, values in request.GET.lists():
            if name not in known:
                errors.append(field_error(name, "There is no such parameter here."))
            elif len(values) > 1 and name not in lists:
                errors.append(field_error(name, "Give this parameter once."))
            elif any("\0" in value for value in values):
                errors.append(field_error(name, "A text holds no null character."))
        if errors:
            detail = "The address has parameters that cannot be understood."
            return problem_response(400, detail, errors)
        return run(request, **kwargs)

    return checked


@api.exception_handler(ValidationError)
def bad_value(request, error):
    errors = [
        field_error(
            next(
                (part for part in reversed(fault["loc"]) if isinstance(part, str)), ""
            ),
            fault["msg"].removeprefix("Value error, "),
        )
        for fault in error.errors
    ]
    return problem_response(422, "A parameter has a value that is not allowed.", errors)


@api.exception_handler(ProblemError)
def problem(request, error):
    return problem_response(error.status, error.detail, error.errors)


@api.exception_handler(Http404)
def not_found(request, error):
    """Redirects to the record that was meant, if that is clear; else a problem."""
    return redirect_to_meant(request) or problem_response(
        404, "There is nothing published under this address."
    )


@api.exception_handler(HttpError)
def refused(request, error):
    return problem_response(error.status_code, str(error))


@api.exception_handler(Exception)
def failed(request, error):
    raise error


api.add_decorator(refuse_unknown_parameters, mode="view")


@api.get(
    "/",
    response=Contents,
    summary=gettext_noop("Contents"),
    operation_id="get_contents",
    url_name="index",
)
def index(request):
    base = site_address(request)
    names = [*datasets.lists, *policies.lists, *swot.lists]
    return json_response(
        Contents(
            documentation=base + reverse("api:docs"),
            openapi=base + reverse("api:openapi-json"),
            lists={name: base + reverse(f"api:{name}") for name in names},
        )
    )


@api.get("/docs", include_in_schema=False, url_name="docs")
def docs(request):
    return redirect("api-docs")


for router in (datasets, policies, swot):
    api.add_router("", router)
