"""Nothing typed is lost, and an editor who was overtaken chooses between versions."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import expect

from cbec_site.base.drafts.models import Draft
from policies.models import Policy

from .conftest import settings, watch

WORDS = "浏览器里打的标题"
TITLE = "[name=title_zh_hans]"
# A time zone half a day behind that of the site.
ELSEWHERE = "America/New_York"


@pytest.fixture
def policy(site, django_db_blocker):
    with django_db_blocker.unblock():
        # A page that is closed sends what it still has, even after its test.
        Draft.objects.all().delete()
        policy = Policy.objects.get(code="P01")
        before = policy.title_zh_hans
        yield policy
        Draft.objects.all().delete()
        policy.refresh_from_db()
        policy.title_zh_hans = before
        policy.save()


@pytest.fixture
def enter(browser, site, complaints, policy, django_db_blocker):
    """`enter(name)` returns a page of a new browser, signed in, in English."""
    contexts = []

    def open_page(name):
        page = browser.new_context(base_url=site, timezone_id=ELSEWHERE).new_page()
        contexts.append(page.context)
        watch(page, site, complaints)
        sign_in(page, name, site)
        return page

    with django_db_blocker.unblock():
        yield open_page
    for context in contexts:
        context.close()


def sign_in(page, name, site):
    users = get_user_model().objects
    user = users.filter(username=name).first() or users.create_superuser(name)
    client = Client()
    client.force_login(user)
    session = settings.SESSION_COOKIE_NAME
    cookies = {session: client.cookies[session].value, "django_language": "en"}
    page.context.add_cookies(
        [{"name": key, "value": value, "url": site} for key, value in cookies.items()]
    )


def form(policy):
    return f"/admin/policies/policy/{policy.pk}/change/"


def kept(page):
    expect(page.locator("[data-draft-kept]")).to_contain_text("kept at", timeout=15_000)


def press(page, name):
    page.locator(f"#submit-row [name={name}]").click()
    page.wait_for_load_state()


def test_typed_text_is_there_after_a_reload_and_after_going_back(enter, policy):
    page = enter("lin")
    page.goto(form(policy))
    page.fill(TITLE, WORDS)
    kept(page)

    page.goto("/admin/")
    page.go_back()
    page.reload()
    page.get_by_role("link", name="Continue with it").click()

    expect(page.locator(TITLE)).to_have_value(WORDS)


def test_text_typed_offline_is_sent_once_online(enter, policy, complaints):
    page = enter("lin")
    page.goto(form(policy))
    page.context.set_offline(True)
    page.fill(TITLE, WORDS)
    status = page.locator("[data-draft-kept]")
    expect(status).to_contain_text("No connection", timeout=15_000)

    page.context.set_offline(False)

    kept(page)
    assert Draft.objects.get().fields["title_zh_hans"] == [WORDS]
    assert all("ERR_INTERNET_DISCONNECTED" in text for text in complaints)
    complaints.clear()


def test_signed_out_editor_signs_in_and_continues_in_place(
    enter, policy, site, complaints
):
    page = enter("lin")
    page.goto(form(policy))
    page.context.clear_cookies()
    page.fill(TITLE, WORDS)
    status = page.locator("[data-draft-kept]")
    expect(status).to_contain_text("Your session has ended", timeout=15_000)
    assert not Draft.objects.exists()

    # Somebody else on the same computer gets none of it.
    sign_in(page, "wang", site)
    page.context.new_page().goto("/admin/")
    page.wait_for_timeout(4_000)
    assert not Draft.objects.exists()

    sign_in(page, "lin", site)
    kept(page)
    assert Draft.objects.get().author.username == "lin"
    complaints.clear()


def test_tab_that_lost_its_session_offers_what_was_not_sent(enter, policy, complaints):
    page = enter("lin")
    page.goto(form(policy))
    page.route("**/drafts/draft/keep/", lambda route: route.abort())
    page.fill(TITLE, WORDS)
    status = page.locator("[data-draft-kept]")
    expect(status).to_contain_text("No connection", timeout=15_000)
    page.unroute("**/drafts/draft/keep/")

    page.reload()
    # Typing on does not answer the tab's offer.
    page.fill(TITLE, "另写的标题")
    kept(page)
    page.get_by_role("button", name="Put it back into the form").click()

    expect(page.locator(TITLE)).to_have_value(WORDS)
    complaints.clear()


def test_save_that_never_arrived_loses_nothing(enter, policy, complaints):
    page = enter("lin")
    offer = page.get_by_role("button", name="Put it back into the form")
    page.goto(form(policy))
    page.route("**/change/**", lambda route: route.abort())
    page.fill(TITLE, WORDS)
    page.locator("#submit-row [name=_draft]").click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/change/**")

    page.goto(form(policy))
    offer.click()
    expect(page.locator(TITLE)).to_have_value(WORDS)
    press(page, "_draft")

    assert Draft.objects.get().fields["title_zh_hans"] == [WORDS]
    page.goto(form(policy))
    expect(page.get_by_role("link", name="Open the draft")).to_be_visible()
    expect(offer).to_have_count(0)
    # Left at once, before it could be sent; signing out anywhere deletes it.
    page.fill(TITLE, "未发送")
    page.goto("/admin/")
    held = "() => Object.keys(sessionStorage).filter((n) => n.startsWith('draft:'))"
    assert len(page.evaluate(held)) == 1
    page.evaluate(
        "document.querySelector('form[action$=\"/logout/\"]').requestSubmit()"
    )
    page.wait_for_url("**/logout/")
    assert page.evaluate(held) == []
    complaints.clear()


def test_preview_beside_the_form_follows_what_is_typed(enter, policy):
    page = enter("lin")
    page.goto(form(policy))
    page.get_by_role("button", name="In Chinese").click()
    heading = page.frame_locator(".draft-frame iframe").locator("h1")
    expect(heading).to_contain_text(policy.title_zh_hans)

    page.fill(TITLE, WORDS)

    expect(heading).to_contain_text(WORDS)
    box = page.locator(".draft-frame").bounding_box()
    assert box["x"] >= page.locator("#policy_form").bounding_box()["x"] + 300
    policy.refresh_from_db()
    assert policy.title_zh_hans != WORDS


def test_keyboard_saves_a_draft_and_publishing_leads_to_the_page(enter, policy):
    page = enter("lin")
    page.goto(form(policy))
    page.fill(TITLE, WORDS)
    page.keyboard.press("Control+s")
    expect(page.get_by_text("readers see no change")).to_be_visible()
    policy.refresh_from_db()
    assert policy.title_zh_hans != WORDS

    press(page, "_publish")
    page.get_by_role("link", name="See it on the site").click()

    expect(page.locator("h1")).to_contain_text(policy.title_en or WORDS)
    assert re.search("/policies/P01/$", page.url)
    policy.refresh_from_db()
    assert policy.title_zh_hans == WORDS


def test_form_far_from_home_on_a_phone(enter):
    page = enter("lin")
    page.set_viewport_size({"width": 360, "height": 740})
    own = get_user_model().objects.get(username="lin")
    for address in (
        f"/admin/auth/user/{own.pk}/change/",
        "/admin/swot/event/add/",
    ):
        page.goto(address)
        # The scripts of the admin add a note to each day if the zones differ.
        notes = page.locator(".timezonewarning")
        expect(notes.first).to_be_attached()
        assert not [note for note in notes.all() if note.is_visible()]

    # The buttons that stay in view are one row; the others are at the end of the form.
    assert page.locator(".draft-saving").bounding_box()["height"] < 70
    other = page.locator("#submit-row [name=_continue]").bounding_box()
    assert other["y"] > 740


def test_two_browsers_in_conflict_lose_no_text(enter, policy, violations):
    first, second = enter("lin"), enter("wang")
    for page in (first, second):
        page.goto(form(policy))
    first.fill(TITLE, "第一人的标题")
    first.fill("[name=summary_en]", "Summary of the first")
    second.fill(TITLE, "第二人的标题")
    press(first, "_publish")

    press(second, "_publish")
    title = second.get_by_role("group", name=re.compile("^Title"))
    expect(title).to_contain_text("第一人的标题")
    # The words that differ are marked within the text.
    expect(title.locator("ins")).to_have_text("二")
    assert violations(second, ".draft-conflict") == []
    title.get_by_label("What you typed").check()
    press(second, "_publish")

    policy.refresh_from_db()
    assert policy.title_zh_hans == "第二人的标题"
    assert policy.summary_en == "Summary of the first"


def test_stale_draft_asks_before_it_is_published(enter, policy):
    first, second = enter("lin"), enter("wang")
    first.goto(form(policy))
    first.fill(TITLE, "草稿的标题")
    press(first, "_draft")
    draft = first.url
    second.goto(form(policy))
    second.fill(TITLE, "已公开的标题")
    press(second, "_publish")

    first.goto(draft)
    press(first, "_publish")
    expect(first.get_by_role("heading", name="Choose for each field")).to_be_visible()
    policy.refresh_from_db()
    assert policy.title_zh_hans == "已公开的标题"

    first.get_by_role("group", name=re.compile("^Title")).get_by_label(
        "Stored now"
    ).check()
    press(first, "_publish")
    policy.refresh_from_db()
    assert policy.title_zh_hans == "已公开的标题"
    assert not Draft.objects.waiting().exists()
