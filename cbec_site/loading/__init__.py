"""The shipped study: read from the apps' fixtures, written once, never again."""

from .study import load_study

__all__ = ["load_study"]
