"""Renders forms as Django does, but their smallest pieces without templates."""

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

LABEL = "django/forms/label.html"
ERRORS = "django/forms/errors/list/ul.html"
SELECT = "django/forms/widgets/select.html"
OPTION = "django/forms/widgets/select_option.html"
BOXES = "django/forms/widgets/checkbox_select.html"
BOX = "django/forms/widgets/checkbox_option.html"
# Templates that only include the one of all inputs.
INPUTS = {
    f"django/forms/widgets/{name}.html"
    for name in ("input", "hidden", "text", "number", "date", "checkbox")
}
TEXTS = {"django/forms/widgets/textarea.html", "unfold/widgets/textarea.html"}


class Renderer(DjangoTemplates):
    """Writes labels, inputs, empty lists of errors and choices without templates.

    Django renders two templates or more for each, which took half the time of a list
    page, and of the form of an entry, which has hundreds of them.
    """

    def render(self, template_name, context, request=None):
        write = WRITERS.get(template_name)
        written = write and write(self, context)
        if written is None:
            return super().render(template_name, context, request)
        return written

    def label(self, context):
        if not context["use_tag"]:
            return None
        tag, attrs = context["tag"], attributes(context["attrs"] or {})
        return format_html("<{}{}>{}</{}>", tag, attrs, context["label"], tag)

    def errors(self, context):
        return None if context["errors"] else ""

    def input(self, context):
        widget = context["widget"]
        value = widget["value"]
        own = {"type": widget["type"], "name": widget["name"]}
        own["value"] = False if value is None else str(value)
        attrs = attributes(widget["attrs"])
        return format_html("<input{}{}>", attributes(own), attrs)

    def text(self, context):
        widget = context["widget"]
        return format_html(
            '<textarea name="{}"{}>\n{}</textarea>',
            widget["name"],
            attributes(widget["attrs"]),
            widget["value"] or "",
        )

    def select(self, context):
        widget = context["widget"]
        return format_html(
            '<select name="{}"{}>{}\n</select>',
            widget["name"],
            attributes(widget["attrs"]),
            format_html_join(
                "",
                "{}",
                ((self.group(*group),) for group in widget["optgroups"]),
            ),
        )

    def group(self, name, options, index):
        """The options of a group, in an optgroup if it has a name."""
        written = format_html_join("", "\n  {}", ((self.option(o),) for o in options))
        if not name:
            return written
        start = '\n  <optgroup label="{}">{}\n  </optgroup>'
        return format_html(start, name, written)

    def option(self, option):
        """One option; a widget may have a template of its own for options."""
        if option["template_name"] != OPTION:
            return super().render(option["template_name"], {"widget": option})
        return format_html(
            '<option value="{}"{}>{}</option>',
            str(option["value"]),
            attributes(option["attrs"]),
            option["label"],
        )

    def boxes(self, context):
        """A list of boxes to check, in groups that may have names."""
        widget = context["widget"]
        named = {name: widget["attrs"].get(name) or False for name in ("id", "class")}
        groups = (
            format_html("<div><label>{}</label>{}</div>", name, self.listed(options))
            if name
            else self.listed(options)
            for name, options, _index in widget["optgroups"]
        )
        inside = format_html_join("", "{}", ((group,) for group in groups))
        return format_html("<div{}>{}\n</div>", attributes(named), inside)

    def listed(self, options):
        return format_html_join(
            "", "<div>\n{}</div>", ((self.box(option),) for option in options)
        )

    def box(self, option):
        """One box with its label; a widget may have a template of its own for it."""
        if option["template_name"] != BOX or not option["wrap_label"]:
            return super().render(option["template_name"], {"widget": option})
        attrs, value = option["attrs"], option["value"]
        own = {"type": option["type"], "name": option["name"]}
        own["value"] = False if value is None else str(value)
        return format_html(
            "<label{}><input{}{}>\n {}</label>",
            attributes({"for": attrs.get("id") or False}),
            attributes(own),
            attributes(attrs),
            option["label"],
        )


# What writes a template's context; None from it leaves that to the template.
WRITERS = {
    LABEL: Renderer.label,
    ERRORS: Renderer.errors,
    SELECT: Renderer.select,
    BOXES: Renderer.boxes,
    **dict.fromkeys(INPUTS, Renderer.input),
    **dict.fromkeys(TEXTS, Renderer.text),
}


def attributes(named):
    """Attributes of an element: none for False, only the name for True."""
    # Joined by hand: there are a thousand in the form of a comparison.
    written = (
        f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'
        for name, value in zip(
            map(conditional_escape, named), named.values(), strict=True
        )
        if value is not False
    )
    return mark_safe("".join(written))  # noqa: S308 - each name and value is escaped
