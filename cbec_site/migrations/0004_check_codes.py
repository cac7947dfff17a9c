"""Until 28 November 2026 this checked codes; `cbec_site.base.older_codes` does now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cbec_site", "0003_content_version")]
    operations = []
