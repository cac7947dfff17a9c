"""Importing the published file of the shipped study again changes nothing."""

from datasets.importing.importer import observations
from datasets.models import Observation


def test_file_of_the_study_changes_nothing(client, study):
    content = client.get("/api/v1/observations.csv").getvalue()

    outcome = observations.import_file(content, file_name="observations.csv").as_json()

    published = Observation.objects.published().count()
    assert published > 100
    assert (outcome["errors"], outcome["warnings"]) == ([], [])
    assert [outcome[name] for name in ("new", "changed", "unchanged")] == [
        0,
        0,
        published,
    ]
