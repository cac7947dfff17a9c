"""What a lower app asks is answered by whoever is registered above it."""

import pytest

from cbec_site.base import permanent_codes
from cbec_site.base.registry import Registry
from datasets.models import Observation

TEXTS = {"gdp_2022": ["S1 Trade"]}


class Naming:
    """An app whose texts name one observation."""

    def texts_naming(self, model, codes):
        named = TEXTS if model is Observation else {}
        return {code: texts for code, texts in named.items() if code in codes}


@pytest.fixture
def code_users(monkeypatch):
    registry = Registry()
    monkeypatch.setattr(permanent_codes, "code_users", registry)
    return registry


def test_answers_of_all_are_joined(code_users):
    code_users.register(Naming())
    code_users.register(Naming())

    texts = permanent_codes.texts_naming(Observation, ["gdp_2022", "gdp_2023", ""])

    assert texts == {"gdp_2022": ["S1 Trade", "S1 Trade"]}


def test_without_answerers_nothing_is_named(code_users):
    assert permanent_codes.texts_naming(Observation, ["gdp_2022"]) == {}
