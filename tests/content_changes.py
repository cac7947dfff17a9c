"""Changes of the public content, each of all rows of a model."""

from contextlib import contextmanager
from types import SimpleNamespace

from django.apps import apps
from django.db.models import F, Value
from django.db.models.functions import Concat

from cbec_site.base import kept
from cbec_site.content_version import public_tables

LANGUAGES = ("_zh_hans", "_en")


def public_models():
    """The models whose rows pages may show, links among them."""
    tables = public_tables()
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model._meta.db_table in tables]


def models_in(queries):
    """The public models whose tables these queries read."""
    text = "\n".join(queries)
    return [model for model in public_models() if f'"{model._meta.db_table}"' in text]


def other_words(model):
    """Change the words of all rows of a model."""
    fields = [field.name for field in model._meta.concrete_fields]
    words = [name for name in fields if name.endswith(LANGUAGES)]
    model._base_manager.update(**{name: Concat(F(name), Value("~")) for name in words})


def withdraw(model):
    """Take all rows of a model out of the public, if that is possible."""
    if "is_published" in {field.name for field in model._meta.concrete_fields}:
        model._base_manager.update(is_published=False)


@contextmanager
def kept_as_if_committed(monkeypatch):
    """Parts of pages are kept within a test's transaction; the caller counts `version`
    up with each change."""
    site = SimpleNamespace(version=1)
    monkeypatch.setattr(kept, "read_version", lambda: (site.version, None))
    monkeypatch.setattr(kept, "connection", SimpleNamespace(in_atomic_block=False))
    kept.forget()
    try:
        yield site
    finally:
        kept.forget()
