"""Questions of a lower app are answered by the apps above it, which register."""

import pytest

from cbec_site.base import permanent_codes
from cbec_site.base.registry import Registry
from datasets.dependents import links_to_observations
from datasets.models import Figure, Observation, Revision
from policies.dependents import links_elsewhere
from policies.models import Policy

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


def test_every_link_to_a_value_is_known_before_an_import_is_undone():
    told = {links.model for links in links_to_observations()}

    linking = {
        relation.related_model
        for relation in Observation._meta.get_fields(include_hidden=True)
        if relation.one_to_many
        and not relation.concrete
        # Not those of former versions, which protect nothing.
        and relation.field.db_constraint
    }
    assert told == linking - {Revision}
    assert Figure.observations.through in told


def test_every_link_to_an_act_from_above_is_known_before_an_import_is_undone():
    told = {(links.model, name) for links, name in links_elsewhere()}

    relations = Policy._meta.related_objects
    tables = {relation.through for relation in relations if relation.many_to_many}
    linking = {
        (relation.related_model, relation.field.name)
        for relation in relations
        if relation.related_model not in tables
        and relation.related_model._meta.app_label != "policies"
    }
    assert told == linking
    assert told
