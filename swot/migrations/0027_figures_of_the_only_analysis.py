"""Give the figures of a site to its analysis, where it has only one.

Of several nobody has said which one a figure belongs to.
"""

from django.db import migrations


def link_figures(apps, schema_editor):
    alias = schema_editor.connection.alias
    analyses = list(apps.get_model("swot", "Analysis").objects.using(alias)[:2])
    if len(analyses) != 1:
        return
    figures = apps.get_model("datasets", "Figure").objects.using(alias)
    links = apps.get_model("swot", "AnalysisFigure")
    links.objects.using(alias).bulk_create(
        links(analysis=analyses[0], figure=figure, position=position)
        for position, figure in enumerate(figures.order_by("number"))
    )


class Migration(migrations.Migration):
    dependencies = [("swot", "0026_figures_of_analyses")]

    operations = [
        migrations.RunPython(link_figures, migrations.RunPython.noop, elidable=True)
    ]
