"""Bad parameters are refused, and errors come with help."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.views import defaults

from policies.views import PolicyList
from tests.sample_site import LANGUAGES, address


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/policies/?page=0", 404),
        ("/en/policies/?page=2", 404),
        ("/en/policies/?page=x", 404),
        ("/en/policies/?page=%00", 404),
        ("/en/policies/?per_page=0", 400),
        ("/en/policies/?per_page=201", 400),
        ("/en/policies/?per_page=9999999999999999999", 400),
        ("/en/policies/?per_page=x", 400),
        ("/en/policies/?sort=nothing", 400),
        ("/en/policies/?sort=topics", 400),
        ("/en/policies/?sort=%00", 400),
        ("/en/policies/?level=nowhere", 400),
        ("/en/policies/?status=maybe", 400),
        ("/en/policies/?year=1066", 400),
        ("/en/policies/?year=x", 400),
        ("/en/policies/?issuer=nobody", 400),
        ("/en/policies/?issuer=%00", 400),
        ("/en/policies/?topic=nothing", 400),
        ("/en/policies/?in_table_1=perhaps", 400),
        ("/en/policies/?q=%00", 400),
        ("/en/policies/?q=" + "x" * 101, 400),
        ("/en/policies/pilot-zones/?batch=99", 400),
        ("/en/policies/pilot-zones/?batch=x", 400),
        ("/en/policies/pilot-zones/?region=nowhere", 400),
        ("/en/policies/pilot-zones/?page=2", 404),
        ("/en/policies/nothing/", 404),
        ("/en/datasets/indicators/?page=2", 404),
        ("/en/datasets/regions/?page=x", 404),
        ("/en/datasets/sources/?page=0", 404),
        ("/en/swot/claims/?page=2", 404),
        ("/en/swot/analyses/?page=2", 404),
        ("/en/search/?q=needle&kind=nothing", 404),
        ("/en/search/?q=needle&kind=claims&page=2", 404),
        ("/en/nothing/", 404),
    ],
)
def test_bad_parameter_is_refused(client, world, path, status):
    assert client.get(path).status_code == status


@pytest.mark.sampled
@pytest.mark.parametrize("name", ["indicator-detail", "region-detail", "source-detail"])
@pytest.mark.parametrize(
    ("query", "status"), [("page=2", 404), ("per_page=1000", 400), ("sort=note", 400)]
)
def test_table_of_values_refuses_bad_parameters(client, world, name, query, status):
    url = address(f"datasets:{name}", world, "en")

    assert client.get(f"{url}?{query}").status_code == status


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_found_page_helps_in_its_language(client, db, language):
    response = client.get(f"/{language}/nothing/here/")
    content = response.content.decode()

    assert response.status_code == 404
    assert f'<html lang="{LANGUAGES[language]}">' in content
    assert f'action="/{language}/search/"' in content
    assert f'href="/{language}/policies/"' in content
    # There is no page in the other language, so no list of languages, not even empty.
    assert 'class="languages"' not in content
    assert not response.cookies


def test_not_found_page_asks_nothing_of_the_database(
    client, db, django_assert_num_queries
):
    with django_assert_num_queries(0):
        client.get("/en/nothing/here/")


def test_error_is_explained_in_both_languages(client, db, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(PolicyList, "get", fail)
    client.raise_request_exception = False

    response = client.get("/en/policies/")

    assert response.status_code == 500
    assert_both_languages(response)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (lambda request: defaults.server_error(request), 500),
        (lambda request: defaults.bad_request(request, BadRequest()), 400),
        (lambda request: defaults.permission_denied(request, PermissionDenied()), 403),
    ],
)
def test_plain_error_pages_need_neither_database_nor_context(rf, answer, status):
    response = answer(rf.get("/"))

    assert response.status_code == status
    assert_both_languages(response)


def assert_both_languages(response):
    content = response.content.decode()
    assert '<html lang="zh-Hans">' in content
    assert '<section lang="en">' in content
    assert 'href="/zh-hans/"' in content and 'href="/en/"' in content
    assert "css/site.css" in content
