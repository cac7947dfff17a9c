"""The admin for pages of prose."""

from django.contrib import admin

from .base.admin import ContentAdmin
from .models import Page


@admin.register(Page)
class PageAdmin(ContentAdmin):
    list_display = ("title", "slug", "is_published")
    facts = ("slug",)
