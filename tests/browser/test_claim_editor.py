"""What an editor sees before saving: changed verdicts, computed expressions.

In the study the values of 2019 to 2022 are 13, 27.17, 33.22 and 105 (亿元). With 35
for 2021 the increases 6.05 and 71.78 become 7.83 and 70, and the growths of about 22%
and 216% become 28.8% and 200%: C08, C09, C10 and C11 no longer hold; nothing else
reads that value.
"""

import re
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from datasets.models import Observation
from swot.models import Claim, VerdictChange

FLIPPED = ["C08", "C09", "C10", "C11"]


@pytest.fixture
def admin_in(editor_page, site):
    """The admin in a language: `admin_in("en")`."""

    def enter(language):
        cookie = {"name": "django_language", "value": language, "url": site}
        editor_page.context.add_cookies([cookie])
        return editor_page

    return enter


@pytest.fixture
def guizhou_2021(site, django_db_blocker):
    """The address of the value's form; value and verdicts are restored afterwards."""
    with django_db_blocker.unblock():
        row = Observation.objects.get(code="gz_cbec_2021")
        last = VerdictChange.objects.order_by("-pk").values_list("pk", flat=True)
        newest = last.first() or 0
        yield f"/admin/datasets/observation/{row.pk}/change/"
        row.refresh_from_db()
        row.value = Decimal("33.22")
        row.save()
        VerdictChange.objects.filter(pk__gt=newest).delete()


@pytest.fixture
def draft(site, django_db_blocker):
    """A claim without an expression, and the address of its form."""
    with django_db_blocker.unblock():
        claim = Claim.objects.create(
            code="T01",
            statement_zh_hans="2020年增长109%",
            statement_en="Grew by 109% in 2020",
            location="Sec. 2",
            kind="arithmetic",
            stated_low=Decimal(109),
            stated_unit="PERCENT",
            is_published=False,
        )
        yield claim, f"/admin/swot/claim/{claim.pk}/change/"
        claim.delete()


def part(page, label):
    """The fields of one part of the expression, by its name."""
    group = page.locator("[data-tree] fieldset").filter(
        has=page.locator(f"> legend:text-is('{label}')")
    )
    return group.last


def pick(scope, field, typed, wanted):
    """Type the beginning and take the proposal from the list."""
    box = scope.locator(f"> .expression-row [data-part={field}]").first
    box.click()
    box.press_sequentially(typed)
    proposal = scope.locator(f"datalist option[value='{wanted}']").first
    expect(proposal).to_be_attached()
    box.fill(proposal.get_attribute("value"))


def choose(scope, operation):
    scope.locator("> .expression-row > label > select").first.select_option(operation)


def save(page):
    page.locator("#submit-row :is([name=_publish], [name=_save])").first.click()
    page.wait_for_load_state()


def test_a_changed_value_shows_what_flips_before_it_is_saved(
    admin_in, guizhou_2021, violations
):
    page = admin_in("en")
    page.goto(guizhou_2021)
    page.fill("[name=value]", "35")
    save(page)

    rows = page.locator("section:has(#consequences) tbody tr")
    assert rows.locator("a").all_inner_texts() == FLIPPED
    assert [row.split("\t")[2:4] for row in rows.all_inner_texts()] == [
        ["holds", "contradicted"]
    ] * len(FLIPPED)
    expect(page.get_by_text("Nothing is saved yet: 4 published claims")).to_be_visible()
    expect(page.locator("[name=value]")).to_have_value("35")

    save(page)
    expect(page.get_by_text("Give a reason: published claims change.")).to_be_visible()
    public = page.context.new_page()
    public.goto("/en/swot/claims/C08/")
    expect(public.locator(".check-verdict")).to_contain_text("holds")

    page.fill("[name=change_reason]", "Revised yearbook")
    save(page)
    expect(page.get_by_text("is public now")).to_be_visible()

    public.goto("/en/swot/claims/C08/")
    expect(public.locator(".check-verdict")).to_contain_text("contradicted")
    expect(public.locator(".computation")).to_have_text(
        "35.00 − 27.17 = 7.83 (CNY 783 million)"
    )
    expect(public.locator(".history")).to_contain_text("Revised yearbook")
    public.goto("/zh-hans/swot/claims/C11/")
    expect(public.locator(".check-verdict")).to_contain_text("与数据矛盾")


def test_an_expression_is_built_from_choices_and_checked_while_typing(admin_in, draft):
    claim, address = draft
    page = admin_in("zh-hans")
    page.goto(address)
    verdict = page.locator(".expression-verdict")
    choose(part(page, "计算式"), "pct_change")
    for label, year in (("新值", "2020"), ("旧值", "2019")):
        choose(part(page, label), "value")
        pick(part(page, label), "indicator", "跨境电商进出口", "cbec_trade_total")
        pick(part(page, label), "region", "贵州", "520000")
        pick(part(page, label), "period", year[:3], year)

    expect(verdict).to_contain_text("成立")
    result = page.locator("[data-result]")
    expect(result).to_contain_text("109.0%")
    expect(result).to_contain_text("(27.17 − 13) ÷ 13")

    page.locator("[name=stated_low]").fill("90")
    expect(verdict).to_contain_text("与数据矛盾")
    page.locator("[name=stated_low]").fill("109")
    expect(verdict).to_contain_text("成立")
    save(page)
    page.wait_for_url(re.compile(r"/claim/$"))

    claim.refresh_from_db()
    assert (claim.verdict, claim.recomputed_value) == ("yes", "109")
    assert [node["period"] for node in claim.expression["args"]] == ["2020", "2019"]


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("gz_cbec_2020", "The formula does not give the stated unit."),
        ("gz_cbec_2020 + gz_freight_land_2022", "These units do not fit together."),
        ("gz_cbec_2020/(gz_cbec_2019-gz_cbec_2019)*100", "divides by zero"),
        ("gz_cbec_1999/gz_cbec_2020*100", "gz_cbec_1999"),
        ("gz_cbec_2020 +", "Formula: "),
    ],
)
def test_errors_are_explained_while_typing(admin_in, draft, formula, words):
    page = admin_in("en")
    page.goto(draft[1])

    page.locator("[name=formula]").fill(formula)

    expect(page.locator(".expression-result")).to_contain_text(words)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_editor_and_the_consequences_are_accessible(
    admin_in, draft, guizhou_2021, violations, language
):
    page = admin_in(language)
    page.goto(draft[1])
    page.locator("[name=formula]").fill("gz_cbec_2020/gz_cbec_2019*100")
    expect(page.locator(".expression-verdict")).to_be_visible()
    page.locator("[data-text]").evaluate("details => details.open = true")

    assert violations(page, within=".expression") == []

    page.goto(guizhou_2021)
    page.fill("[name=value]", "35")
    save(page)
    expect(page.locator("#consequences")).to_be_visible()
    assert violations(page, within=".admin-page") == []


def test_without_its_script_the_form_computes_when_it_is_saved(
    admin_in, draft, complaints
):
    claim, address = draft
    page = admin_in("en")
    page.route("**/expression*.js", lambda route: route.abort())
    page.goto(address)
    expect(page.locator("[data-text] textarea")).to_be_visible()
    assert len(complaints) == 1
    complaints.clear()

    page.fill("[name=formula]", "gz_cbec_1999/gz_cbec_2020*100")
    save(page)
    expect(page.get_by_text("There is no observation “gz_cbec_1999”.")).to_be_visible()

    page.fill("[name=formula]", "(gz_cbec_2020-gz_cbec_2019)/gz_cbec_2019*100")
    page.locator("[name=_continue]").first.click()
    shown = page.get_by_text("holds (109)")
    expect(shown).to_be_visible()
    claim.refresh_from_db()
    assert claim.verdict == "yes"
    complaints.clear()


def test_a_check_without_an_answer_says_so_and_blocks_nothing(
    admin_in, draft, complaints
):
    claim, address = draft
    page = admin_in("en")
    page.route("**/claim/look/", lambda route: route.abort())
    page.goto(address)
    page.fill("[name=formula]", "(gz_cbec_2020-gz_cbec_2019)/gz_cbec_2019*100")
    expect(page.locator("[data-status]")).to_contain_text("did not answer")

    save(page)

    page.wait_for_url(re.compile(r"/claim/$"))
    claim.refresh_from_db()
    assert claim.verdict == "yes"
    assert all("ERR_FAILED" in text for text in complaints)
    complaints.clear()
