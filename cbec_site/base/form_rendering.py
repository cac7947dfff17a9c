"""Renders forms as Django does, but lists of choices without templates."""

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

SELECT = "django/forms/widgets/select.html"
OPTION = "django/forms/widgets/select_option.html"
BOXES = "django/forms/widgets/checkbox_select.html"
BOX = "django/forms/widgets/checkbox_option.html"


class Renderer(DjangoTemplates):
    """Writes the options of a select element, and lists of boxes, without templates.

    Django renders two templates or more for each, which took half the time of a list
    page.
    """

    def render(self, template_name, context, request=None):
        if template_name == BOXES:
            return self.boxes(context["widget"])
        if template_name != SELECT:
            return super().render(template_name, context, request)
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

    def boxes(self, widget):
        """A list of boxes to check, in groups that may have names."""
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
