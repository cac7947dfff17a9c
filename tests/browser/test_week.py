"""A week in the admin: each role does its part for a policy and a source.

`GUIDE_PICTURES=docs/editors` (`make guide`) writes the pictures of the editors' guide.
"""

import datetime
import os
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from cbec_site.accounts.roles import ADMINISTRATOR, CONTRIBUTOR, DATA_EDITOR, EDITOR
from cbec_site.base.drafts.due import publish_due
from cbec_site.base.drafts.models import DeletedRow, Draft
from datasets.models import Indicator
from policies.models import Policy
from tests.properties import IS_SOAK

from .conftest import watch

PICTURES = os.environ.get("GUIDE_PICTURES")
CODE = "sample-1"
CHINESE, ENGLISH = "关于示例工作的通知", "Notice on the sample work"
NEWER = "关于示例工作的补充通知"
PAGE = "https://www.gov.cn/sample"
SCREEN = {"width": 1280, "height": 800}


def languages(sample):
    """Both languages for the guide and `make soak`, else one as a sample."""
    chosen = ["zh-hans", "en"] if PICTURES or IS_SOAK else [sample]
    return pytest.mark.parametrize("language", chosen)


@pytest.fixture
def signed_in(browser, site, complaints, language, django_db_blocker):
    """`signed_in(role)` returns a page of a browser where that role is signed in."""
    contexts = []

    def enter(role):
        # Times are typed in Beijing time, wherever the editor is.
        elsewhere = {"viewport": SCREEN, "timezone_id": "America/New_York"}
        page = browser.new_context(base_url=site, **elsewhere).new_page()
        contexts.append(page.context)
        watch(page, site, complaints)
        # Not the superuser of other tests, who is called "editor".
        name = f"{role.split()[0].lower()}1"
        user, _is_new = get_user_model().objects.get_or_create(
            username=name, defaults={"is_staff": True, "email": f"{name}@example.org"}
        )
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user)
        session = settings.SESSION_COOKIE_NAME
        cookies = {session: client.cookies[session].value}
        cookies["django_language"] = language
        page.context.add_cookies(
            [
                {"name": key, "value": value, "url": site}
                for key, value in cookies.items()
            ]
        )
        return page

    with django_db_blocker.unblock():
        yield enter
        for context in contexts:
            context.close()
        for model in (Policy, Indicator):
            kept = model.objects.filter(code__in=[CODE, CODE.replace("-", "_")])
            kept.delete()
        Draft.objects.all().delete()
        DeletedRow.objects.all().delete()


def picture(page, name, language):
    """Save a picture of the screen for the guide, if pictures are wanted."""
    if PICTURES:
        page.wait_for_timeout(600)
        page.screenshot(path=Path(PICTURES, f"{name}-{language}.png"))


def press(page, name):
    page.locator(f"#submit-row [name={name}], [name={name}]:visible").last.click()
    page.wait_for_load_state()


def titles(page, chinese=CHINESE, english=ENGLISH):
    page.fill("[name=title_zh_hans]", chinese)
    page.fill("[name=title_en]", english)


def assert_public(page, path, **texts):
    """A reader finds the page in these languages, each with its title.

    Cached pages change within moments of a write by another thread.
    """
    for code, text in texts.items():
        address = f"/{code.replace('_', '-')}/{path}"
        for _attempt in range(20):
            if text in page.request.get(address).text():
                break
            page.wait_for_timeout(250)
        page.goto(address)
        expect(page.locator("h1")).to_contain_text(text)


def open_submitted(page):
    page.goto("/admin/drafts/draft/?state__exact=submitted")
    page.locator("#result_list tbody a").first.click()


def schedule(page):
    moment = timezone.localtime() + datetime.timedelta(hours=1)
    page.locator(".draft-schedule summary").click()
    page.fill("[name=draft_live_at]", moment.strftime("%Y-%m-%dT%H:%M"))


def write_and_submit(author, language):
    """Monday: written in two languages, looked at, submitted."""
    author.goto("/admin/policies/policy/add/")
    author.fill("[name=code]", CODE)
    author.select_option("[name=level]", "provincial")
    titles(author)
    author.fill("[name=summary_zh_hans]", "说明示例工作如何开展。")
    author.fill("[name=summary_en]", "How the sample work is done.")
    picture(author, "1-write", language)
    author.locator("[data-language=zh-hans]").click()
    heading = author.frame_locator(".draft-frame iframe").locator("h1")
    expect(heading).to_contain_text(CHINESE)
    author.locator("[data-language=en]").click()
    expect(heading).to_contain_text(ENGLISH)
    picture(author, "2-preview", language)
    press(author, "_submit")
    assert Draft.objects.get(title__contains=CODE).state == Draft.State.SUBMITTED
    assert not Policy.objects.filter(code=CODE).exists()


def return_and_correct(author, editor, language):
    """Tuesday: found on the start page, returned with a reason, corrected."""
    editor.goto("/admin/")
    picture(editor, "3-start", language)
    editor.locator(".admin-cards a[href*='state__exact=submitted']").first.click()
    editor.locator("#result_list tbody a").first.click()
    expect(editor.locator(".draft-findings")).to_be_visible()
    editor.fill("[name=draft_comment]", "请给出官方页面。")
    editor.locator("[name=_send_back]").scroll_into_view_if_needed()
    picture(editor, "4-review", language)
    press(editor, "_send_back")
    author.goto("/admin/drafts/draft/?state__exact=returned")
    author.locator("#result_list tbody a").first.click()
    expect(author.locator(".draft-events")).to_contain_text("请给出官方页面。")
    author.fill("[name=source_url]", PAGE)
    press(author, "_submit")


def approve_for_a_moment(editor, language):
    """Wednesday: approved for a later time, and live once it has come."""
    open_submitted(editor)
    schedule(editor)
    picture(editor, "5-schedule", language)
    press(editor, "_schedule")
    assert Draft.objects.get(title__contains=CODE).state == Draft.State.SCHEDULED
    assert publish_due(timezone.now() + datetime.timedelta(hours=2)) == 1
    assert_public(editor, f"policies/{CODE}/", zh_hans=CHINESE, en=ENGLISH)


def compare_and_restore(editor, reader, language):
    """Thursday: changed, compared, put back as a draft and published."""
    policy = Policy.objects.get(code=CODE)
    form = f"/admin/policies/policy/{policy.pk}"
    editor.goto(f"{form}/change/")
    editor.fill("[name=title_zh_hans]", NEWER)
    press(editor, "_publish")
    assert_public(editor, f"policies/{CODE}/", zh_hans=NEWER)
    editor.goto(f"{form}/history/")
    expect(editor.locator(".draft-history ins").first).to_have_text("补充")
    picture(editor, "6-compare", language)
    editor.locator(".draft-history h2 a").nth(1).click()
    press(editor, "_save")
    expect(editor.locator("[name=title_zh_hans]")).to_have_value(CHINESE)
    assert_public(reader, f"policies/{CODE}/", zh_hans=NEWER)
    press(editor, "_publish")
    assert_public(editor, f"policies/{CODE}/", zh_hans=CHINESE)


def delete_and_bring_back(chief, others, language, complaints):
    """Friday: deleted by an account that may, restored, published."""
    form = f"/admin/policies/policy/{Policy.objects.get(code=CODE).pk}"
    for page in others:
        assert page.goto(f"{form}/delete/").status == 403
    complaints.clear()
    chief.goto(f"{form}/delete/")
    chief.locator("#content-main form [type=submit], form [type=submit]").last.click()
    chief.locator("a[href*='/drafts/deletedrow/']").last.click()
    expect(chief.locator("[name=_restore]")).to_be_visible()
    picture(chief, "7-bin", language)
    assert chief.request.get(f"/zh-hans/policies/{CODE}/").status == 404
    press(chief, "_restore")
    assert chief.request.get(f"/zh-hans/policies/{CODE}/").status == 404
    press(chief, "_publish")
    assert_public(chief, f"policies/{CODE}/", zh_hans=CHINESE, en=ENGLISH)


@languages("zh-hans")
def test_policy_through_the_week(signed_in, language, complaints):
    author, editor, chief = (
        signed_in(CONTRIBUTOR),
        signed_in(EDITOR),
        signed_in(ADMINISTRATOR),
    )

    write_and_submit(author, language)
    return_and_correct(author, editor, language)
    approve_for_a_moment(editor, language)
    compare_and_restore(editor, author, language)
    delete_and_bring_back(chief, (author, editor), language, complaints)


@languages("en")
def test_data_editor_through_the_week(signed_in, language, complaints):
    page, code = signed_in(DATA_EDITOR), CODE.replace("-", "_")

    page.goto("/admin/datasets/indicator/add/")
    page.fill("[name=code]", code)
    page.select_option("[name=unit]", "PERCENT")
    page.select_option("[name=kind]", "share")
    titles(page, "示例指标", "Sample indicator")
    press(page, "_submit")
    draft = Draft.objects.get()
    page.goto(draft.get_edit_url())
    page.fill("[name=title_en]", "The sample indicator")
    schedule(page)
    press(page, "_schedule")
    assert not Indicator.objects.filter(code=code).exists()
    assert publish_due(timezone.now() + datetime.timedelta(hours=2)) == 1
    live = {"zh_hans": "示例指标", "en": "The sample indicator"}
    assert_public(page, f"datasets/indicators/{code}/", **live)

    form = f"/admin/datasets/indicator/{Indicator.objects.get(code=code).pk}"
    page.goto(f"{form}/change/")
    page.fill("[name=title_en]", "Another name")
    press(page, "_publish")
    page.goto(f"{form}/history/")
    expect(page.locator(".draft-history ins").first).to_have_text(re.compile("Another"))
    page.locator(".draft-history h2 a").nth(1).click()
    press(page, "_save")
    press(page, "_publish")
    assert_public(page, f"datasets/indicators/{code}/", **live)

    assert page.goto(f"{form}/delete/").status == 403
    complaints.clear()
