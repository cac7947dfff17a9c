import gettext

from cbec_site import catalogues


def test_every_message_has_a_chinese_text():
    assert catalogues.problems() == []


def test_wanted_messages_come_from_code_and_templates():
    wanted = catalogues.wanted()

    assert wanted.get("observation") is not None
    assert wanted.get("Skip to the content") is not None
    assert wanted.get("Search", context="button") is not None


def test_compiled_catalogue_answers(tmp_path, monkeypatch):
    target = tmp_path / "django.mo"
    source = catalogues.path()
    monkeypatch.setattr(
        catalogues, "path", lambda suffix=".po": target if suffix == ".mo" else source
    )

    catalogues.compile_catalogue()

    with target.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Home") == "首页"
