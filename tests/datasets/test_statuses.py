"""The status of a value in the words of readers, whose code stays in files."""

import pytest

from tests.factories import make_observation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "language", "words", "term"),
    [
        ("I", "en", "Inferred", "Imputed"),
        ("I", "zh-hans", "推断值", "插补值"),
        ("V", "en", "Not verified", "Unvalidated"),
        ("P", "en", "Provisional", "Provisional"),
    ],
)
def test_readers_are_told_in_their_words_and_files_keep_the_code(
    client, status, language, words, term
):
    row = make_observation(status=status)
    page = client.get(f"/{language}/datasets/indicators/{row.indicator.code}/")
    text = page.content.decode()
    assert words in text
    assert term == words or term not in text
    file = client.get("/api/v1/observations.csv").getvalue().decode()
    assert f",{status}," in file
