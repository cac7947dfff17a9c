"""What the admin pages of all models have in common."""

import re

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.contrib.auth import get_permission_codename
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult
from unfold.admin import ModelAdmin
from unfold.views import ChangeList
from unfold.widgets import SELECT_CLASSES

from .acts import announce_publication
from .counting import BoundedPaginator
from .dates import partial_date_text
from .drafts.acts import check_approval
from .drafts.checklist import check_publishable
from .drafts.drafting import DraftingAdmin
from .drafts.recycle_admin import RecyclingAdmin
from .findings import dead_relations, language_findings
from .forms import GuardedForm
from .history_admin import HistoryAdmin
from .languages import LANGUAGES
from .limits import REASON_LENGTH
from .many_uses import held_by_many
from .permanent_codes import texts_naming
from .publishing import Publishable
from .searching_admin import SearchingAdmin
from .translated import translated_fields
from .usage_admin import UsageAdmin

# The page of each import batch shows what the worker did, in the editor's language.
admin.site.unregister(DBTaskResult)


def known_date(name, label):
    """A list column with the date of `name`_on, as far as it is known."""

    def shown(self, row):
        day = getattr(row, f"{name}_on")
        return partial_date_text(day, getattr(row, f"{name}_precision")) or "—"

    return admin.display(shown, description=label, ordering=f"{name}_on")


# For an admin or inline: an address without a scheme gets https.
URL_FIELDS = {models.URLField: {"assume_scheme": "https"}}
LONG_TEXTS = {"body", "abstract", "references"}


class MissingTranslation(admin.SimpleListFilter):
    """A filter for rows whose first text has no English yet."""

    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request, model_admin):
        return [("missing", _("English missing"))]

    def queryset(self, request, queryset):
        if self.value() == "missing":
            return queryset.filter(missing_english(queryset.model))
        return queryset


def missing_english(model):
    """The condition that a row has no English title, name or statement."""
    field = f"{translated_fields(model)[0]}_en"
    return Q(**{field: ""}) | Q(**{f"{field}__isnull": True})


class AskedChoices:
    """For an admin or inline: a required choice begins empty.

    Unfold would select the first one, which editors then store without having chosen.
    """

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if not db_field.has_default():
            kwargs.setdefault("choices", db_field.get_choices(include_blank=True))
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class BoundedList(ChangeList):
    """A list of the admin whose only page is found by its keys, too."""

    def get_results(self, request):
        super().get_results(request)
        if not self.show_all and not self.multi_page:
            self.result_list = self.paginator.page(1).object_list


class ContentAdmin(
    AskedChoices,
    SearchingAdmin,
    DraftingAdmin,
    RecyclingAdmin,
    UsageAdmin,
    HistoryAdmin,
    ModelAdmin,
):
    """An editing page in the order of work: facts, 中文, English, publication.

    Subclasses name the untranslated fields in `facts`; the rest follows from the model.
    """

    formfield_overrides = URL_FIELDS
    form = GuardedForm
    facts = ()
    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False
    list_filter_submit = True
    warn_unsaved_form = True
    compressed_fields = True

    @property
    def is_publishable(self):
        return issubclass(self.model, Publishable)

    def get_fieldsets(self, request, obj=None):
        fields = [
            field
            for field in translated_fields(self.model)
            if self.model._meta.get_field(f"{field}_en").editable
        ]
        sets = [(None, {"fields": self.facts})]
        labels = (_("Chinese"), _("English"))
        for label, language in zip(labels, LANGUAGES, strict=True):
            if fields:
                names = [f"{field}_{language.column}" for field in fields]
                sets.append((label, {"fields": names}))
        last = ["is_published"] if self.is_publishable else []
        sets.append(
            (_("Publication"), {"fields": [*last, "change_reason", "seen_version"]})
        )
        return sets

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, models.TextField) and field is not None:
            name = re.sub(r"_(zh_hans|en)$", "", db_field.name)
            field.widget.attrs["rows"] = 12 if name in LONG_TEXTS else 3
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Django hides many-to-many fields with a model; one with only two ends is
        editable."""
        if db_field.name not in self.get_autocomplete_fields(request):
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        widget = AutocompleteSelectMultiple(db_field, self.admin_site)
        widget.attrs["class"] = " ".join(SELECT_CLASSES)
        return db_field.formfield(**kwargs | {"widget": widget})

    def get_list_filter(self, request):
        filters = [*self.list_filter]
        if self.is_publishable:
            filters.insert(0, "is_published")
        if translated_fields(self.model):
            filters.append(MissingTranslation)
        return filters

    def get_changelist(self, request, **kwargs):
        return BoundedList

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if self.is_publishable and not self.has_publish_permission(request):
            return [*fields, "is_published"]
        return fields

    def has_publish_permission(self, request, obj=None):
        """Whether the user decides what the public sees of these rows."""
        codename = get_permission_codename("publish", self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")

    def may_publish(self, request, obj=None):
        """Whether the user decides what readers see: names are public once saved."""
        if self.is_publishable:
            return self.has_publish_permission(request, obj)
        return self.has_draft_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        """All who may write change drafts; only those who publish change what is
        public."""
        is_public = self.is_publishable and obj is not None and obj.is_published
        if getattr(request, "is_drafting", False):
            is_public = False
        return super().has_change_permission(request, obj) and (
            not is_public or self.has_publish_permission(request)
        )

    def has_revert_permission(self, request, obj=None):
        """Whether the user may put back an older version; `obj` is None if deleted.

        That version may have been public.
        """
        return (
            self.has_change_permission(request, obj)
            and (obj is not None or self.has_add_permission(request))
            and (not self.is_publishable or self.has_publish_permission(request))
        )

    def revert_disabled(self, request, obj=None):
        return not self.has_revert_permission(request, obj)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if self.is_publishable and self.has_publish_permission(request):
            for name in ("publish", "withdraw"):
                actions[name] = self.get_action(name)
        return actions

    def keep_reason(self, obj, form):
        """Record in the history why the editor saves this."""
        obj._change_reason = (
            form.cleaned_data.get("change_reason", "")[:REASON_LENGTH] or None
        )

    def save_model(self, request, obj, form, change):
        self.keep_reason(obj, form)
        super().save_model(request, obj, form, change)
        if "is_published" in form.changed_data:
            announce_publication(obj, obj._change_reason or "")

    def findings(self, row):
        """What keeps a row from being published, or deserves a look before it is."""
        yield from language_findings(row)
        yield from dead_relations(row)

    def get_deleted_objects(self, objs, request):
        """Lists texts that name the row's code as protecting it; leaves out unnamed
        links."""
        if held := held_by_many(self.model, objs):
            return [], {}, set(), held
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        codes = [code for row in objs if (code := getattr(row, "code", ""))]
        named = texts_naming(self.model, codes).values()
        texts = {admin_link(text) for texts in named for text in texts}
        protected += sorted(texts - set(protected))
        shown, counts = without_unnamed_links(self.opts, shown, counts)
        return shown, counts, lacking, protected

    @admin.action(description=_("Publish the selected rows"))
    def publish(self, request, queryset):
        return self.set_published(request, queryset, True)

    @admin.action(description=_("Withdraw the selected rows"))
    def withdraw(self, request, queryset):
        return self.set_published(request, queryset, False)

    def set_published(self, request, queryset, wanted, reason=""):
        """Publish or withdraw each row where possible; reports which could not be, and
        why.

        The same findings that block a row in its form block it here.
        """
        if wanted:
            check_approval(None, request.user)
        done = 0
        for row in queryset.exclude(is_published=wanted):
            row.is_published = wanted
            row._change_reason = reason or None
            try:
                with transaction.atomic():
                    row.full_clean()
                    row.save()
                    if wanted:
                        check_publishable(self, row)
            except ValidationError as error:
                self.message_user(
                    request, f"{row}: {' '.join(error.messages)}", level="error"
                )
                continue
            announce_publication(row, reason)
            done += 1
        self.message_user(
            request,
            ngettext("%d changed.", "%d changed.", done) % done,
            level="success" if done else "warning",
        )


def without_unnamed_links(opts, shown, counts):
    """What is deleted with a row, as Django lists and counts it, without mere links."""
    links = [field.remote_field.through for field in opts.many_to_many]
    links += [other.through for other in opts.related_objects if other.many_to_many]
    unnamed = [link._meta for link in links if link._meta.auto_created]
    kinds = tuple(f"{capfirst(meta.verbose_name)}: " for meta in unnamed)
    names = {meta.verbose_name_plural for meta in unnamed}
    left = {name: count for name, count in counts.items() if name not in names}
    return _without(shown, kinds), left


def _without(shown, kinds):
    kept = []
    for item in shown:
        if isinstance(item, list):
            item = _without(item, kinds)
        if item and not (kinds and isinstance(item, str) and item.startswith(kinds)):
            kept.append(item)
    return kept


def admin_link(row):
    """A row with a link to its admin page, as Django lists related rows."""
    meta = row._meta
    name = f"admin:{meta.app_label}_{meta.model_name}_change"
    label, url = capfirst(meta.verbose_name), reverse(name, args=[row.pk])
    return format_html('{}: <a href="{}">{}</a>', label, url, row)
