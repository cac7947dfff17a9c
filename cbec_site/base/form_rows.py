"""Writes the rows of an admin form as Unfold's templates write them.

Those take three templates for each field, which was half the time of the form of an
entry: it has three hundred fields. Conditional fields, which no admin of ours has, are
not written.
"""

from collections.abc import Iterator

from django.contrib.admin.helpers import AdminField, AdminReadonlyField, Fieldline
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

CHECKBOX = "unfold/helpers/fieldset_row_checkbox.html"
READ_ONLY = "unfold/helpers/field_readonly_value.html"
ROW = "form-row field-row group/row"
LINE = "field-line flex flex-col grow group group/line px-3 py-2.5"
# What Unfold adds where labels stand beside their fields (`compressed_fields`).
BESIDE = (
    " border-b border-base-200 border-dashed min-h-[59px] group-[.last]/row:border-b-0"
    " lg:border-l lg:flex-row lg:items-center dark:border-base-800"
    " lg:first:border-l-0"
)
LABEL_BESIDE = (
    "lg:min-w-56 lg:w-56 lg:h-[38px] lg:flex lg:items-center lg:self-start"
    " lg:leading-[38px] lg:*:m-0"
)
HELP = '<div class="leading-relaxed mt-2 text-xs">{}</div>'
ERRORS = '<div class="mt-2 text-red-600 text-xs dark:text-red-500">{}</div>'


def written_row(context: Context, line: Fieldline, *, is_last: bool) -> SafeString:
    """The HTML of one line of a fieldset; `context` is that of the form's template."""
    classes = ROW
    if len(line.fields) > 1:
        classes += f" grid lg:grid-cols-{len(line.fields)}"
    if not line.has_visible_field or _is_hidden_order(context, line):
        classes += " hidden"
    if is_last:
        classes += " last"
    lines = format_html_join("", "{}", ((part,) for part in _lines(context, line)))
    return format_html('<div class="{}">{}</div>', classes, lines)


def _is_hidden_order(context, line):
    """Whether the line has the field by which parts are ordered, if that is hidden."""
    formset = context.get("inline_admin_formset")
    if formset is None or not getattr(formset.opts, "hide_ordering_field", False):
        return False
    return getattr(formset.opts, "ordering_field", None) in line.fields


def _lines(context, line) -> Iterator[SafeString]:
    admin = context["adminform"].model_admin
    is_beside = getattr(admin, "compressed_fields", False)
    for field in line:
        errors = "" if field.is_readonly else field.errors()
        classes = LINE
        if not field.is_readonly:
            classes += f" field-{field.field.name}"
        if errors:
            classes += " errors"
        if is_beside:
            classes += BESIDE
        inside = (
            _rendered(CHECKBOX, context, field)
            if field.is_checkbox
            else _labelled(context, field, errors, is_beside)
        )
        yield format_html('<div class="{}">{}</div>', classes, inside)


def _labelled(
    context, field: AdminField | AdminReadonlyField, errors, is_beside
) -> SafeString:
    if field.is_readonly:
        value = _rendered(READ_ONLY, context, field)
        help_text = field.field.get("help_text")
    else:
        value, help_text = field.field, field.field.help_text
    return format_html(
        '<div class="{}">{}</div><div class="grow relative">{}{}{}</div>',
        LABEL_BESIDE if is_beside else "",
        field.label_tag(),
        value,
        # As in Django's forms, a help text is HTML.
        format_html(HELP, SafeString(help_text)) if help_text else "",
        format_html(ERRORS, errors) if errors else "",
    )


def _rendered(template, context, field):
    with context.push(field=field):
        return context.template.engine.get_template(template).render(context)
