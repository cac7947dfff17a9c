"""The rows of a table."""

from django import template

from cbec_site.base import tables

register = template.Library()

register.filter(tables.rows_of)
