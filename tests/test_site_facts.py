"""What the footer of each page says about who runs the site."""

import re

import pytest

pytestmark = pytest.mark.django_db

FACTS = {
    "organiser": {"zh-hans": "某大学", "en": "A University"},
    "contact": "data@example.org",
    "accessibility": {"zh-hans": "/zh-hans/pages/access/", "en": "/en/pages/access/"},
    "privacy": "/pages/privacy/",
    "filings": [
        {"number": "黔ICP备00000000号", "url": "https://beian.miit.gov.cn/"},
        "贵公网安备 <00000000>号",
    ],
}
LABELS = {
    "zh-hans": ("主办", "联系方式", "无障碍声明", "隐私说明"),
    "en": ("Run by", "Contact", "Accessibility statement", "Privacy note"),
}


def foot(client, language):
    page = client.get(f"/{language}/").content.decode()
    return " ".join(re.search(r"<footer.*</footer>", page, re.DOTALL)[0].split())


@pytest.mark.parametrize("language", LABELS)
def test_nothing_is_said_until_it_is_set(client, settings, language):
    settings.SITE_FACTS = {}
    bare = foot(client, language)
    settings.SITE_FACTS = {
        "organiser": "",
        "contact": "",
        "accessibility": "",
        "privacy": "",
        "filings": [],
    }

    assert foot(client, language) == bare
    assert not any(label in bare for label in LABELS[language])
    assert "mailto:" not in bare


@pytest.mark.parametrize("language", LABELS)
def test_what_is_set_is_shown_in_the_language_of_the_page(client, settings, language):
    settings.SITE_FACTS = FACTS

    told = foot(client, language)

    assert all(label in told for label in LABELS[language])
    own, other = ("某大学", "A University")[:: 1 if language == "zh-hans" else -1]
    assert own in told and other not in told
    assert f'href="/{language}/pages/access/"' in told
    assert 'href="/pages/privacy/"' in told
    assert 'href="mailto:data@example.org"' in told
    assert "贵公网安备 &lt;00000000&gt;号" in told
    assert 'href="https://beian.miit.gov.cn/"' in told


def test_facts_in_the_other_language_are_marked(client, settings):
    settings.SITE_FACTS = FACTS | {"organiser": "某大学"}

    english = foot(client, "en")

    assert '<span lang="zh-Hans">某大学</span>' in english
    assert 'lang="zh-Hans">黔ICP备00000000号</a>' in english
    assert '<span lang="zh-Hans">贵公网安备' in english
    settings.SITE_FACTS = {"organiser": {"en": "A University"}}
    assert '<span lang="en">A University</span>' in foot(client, "zh-hans")


@pytest.mark.parametrize(
    ("language", "study"),
    [
        ("en", "Study: Wan Yunfeng, E-Commerce Letters, 2024. "),
        ("zh-hans", "研究：万云峰，《电子商务评论》，2024年。"),
    ],
)
def test_footer_names_the_study_in_the_language_of_the_page(client, language, study):
    assert study in foot(client, language)
