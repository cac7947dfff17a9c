"""For migrations that drop the columns without a language from the history."""

from django.db.models import F, Q

LATIN = r"^[ -~\s]*$"


def keep_words(app_label):
    """A function for RunPython that moves texts found only in such a column to theirs.

    Only versions from before a text had two languages have such texts; text in Latin
    letters only is taken for English.
    """

    def move(apps, schema_editor):
        for model in apps.get_app_config(app_label).get_models():
            names = {field.name for field in model._meta.get_fields()}
            if "history_id" not in names:
                continue
            rows = model.objects.using(schema_editor.connection.alias)
            for name in sorted(names):
                if f"{name}_zh_hans" in names:
                    _move(rows, name)

    return move


def _move(rows, name):
    chinese, english = f"{name}_zh_hans", f"{name}_en"
    left = rows.exclude(**{name: ""}).exclude(**{f"{name}__isnull": True})
    for column in (chinese, english):
        left = left.filter(Q(**{column: ""}) | Q(**{f"{column}__isnull": True}))
    latin = Q(**{f"{name}__regex": LATIN})
    left.filter(latin).update(**{english: F(name)})
    left.exclude(latin).update(**{chinese: F(name)})
