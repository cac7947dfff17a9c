"""An editor imports and exports a spreadsheet in a browser."""

import pytest
from playwright.sync_api import expect

from datasets.models import ImportBatch, Observation
from policies.models import Policy

# As an office sends it: years as columns, the unit above, Chinese encoding.
WIDE = """贵州省跨境电商进出口总额（2019—2022年）,,,,
单位：亿元,,,,
指标,2019年,2020年,2021年,2022年
跨境电商进出口总额,13,27.17,332.2,105
,,,,
数据来源：贵阳日报、公开资料,,,,
"""
SERIES = "/zh-hans/datasets/indicators/cbec_trade_total/?region=520000"


@pytest.fixture
def admin_page(editor_page, site):
    """The admin in Chinese."""
    cookie = {"name": "django_language", "value": "zh-hans", "url": site}
    editor_page.context.add_cookies([cookie])
    return editor_page


@pytest.fixture
def wide_file(tmp_path):
    path = tmp_path / "跨境电商.csv"
    path.write_bytes(WIDE.encode("gb18030"))
    return path


def shown_value(page):
    """The value of Guizhou in 2021 that the public page's chart is drawn from."""
    page.goto(SERIES)
    row = page.locator("[data-figure] tbody tr", has=page.get_by_text("2021"))
    return row.first.locator("td").first.get_attribute("data-value")


def test_file_may_be_dropped_on_the_form(admin_page):
    page = admin_page
    page.goto("/admin/datasets/observation/import/")
    dropped = page.evaluate_handle(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["指标,地区"], "拖来的.csv"));
          return data;
        }"""
    )

    page.dispatch_event("form[data-drop]", "drop", {"dataTransfer": dropped})

    names = "node => Array.from(node.files, file => file.name)"
    assert page.locator("[name=file]").evaluate(names) == ["拖来的.csv"]
    expect(page.locator(".admin-form")).to_contain_text("拖来的.csv")


def test_wide_file_is_imported_with_ticks_and_reason_and_undone(
    admin_page, wide_file, django_db_blocker
):
    page = admin_page
    with django_db_blocker.unblock():
        source = Observation.objects.get(code="gz_cbec_2021").source.code
    assert shown_value(page) == "33.22"

    page.goto("/admin/datasets/observation/import/")
    page.set_input_files("[name=file]", wide_file)
    page.select_option("[name=source]", source)
    assert page.input_value("[name=region]") == ""
    page.locator(".admin-form .admin-button").click()

    # What would change, and which claims would become false.
    expect(page.locator("#consequences")).to_be_visible()
    codes = page.locator("section:has(#consequences) tbody a").all_inner_texts()
    assert codes == ["C08", "C09", "C10", "C11"]
    expect(page.locator("[data-figure] .picture svg:visible").first).to_be_visible()
    tick = page.locator("[name=accept]")
    # The doubts: what was read out of the title, and the jump.
    expect(tick).to_have_count(2)

    # It is refused without the tick, and without a reason.
    page.fill("[name=reason]", "")
    page.get_by_role("button", name="全部写入").click()
    assert page.url.rstrip("/").split("/")[-2] == "import"
    for box in tick.all():
        box.check()
    page.fill("[name=reason]", "年鉴修订")
    page.get_by_role("button", name="全部写入").click()

    page.wait_for_url("**/importbatch/**")
    assert shown_value(page) == "332.2"
    page.goto("/zh-hans/swot/claims/C08/")
    expect(page.locator(".check-verdict")).to_have_text("与数据矛盾 数值不同")
    expect(page.locator(".history")).to_contain_text("年鉴修订")

    with django_db_blocker.unblock():
        batch = ImportBatch.objects.latest("pk")
    page.goto(f"/admin/datasets/importbatch/{batch.pk}/change/")
    page.get_by_role("button", name="撤销此次导入").click()
    page.wait_for_load_state()

    assert shown_value(page) == "33.22"
    page.goto("/zh-hans/swot/claims/C08/")
    expect(page.locator(".check-verdict")).to_have_text("成立")


def test_rejected_file_says_where_and_why(admin_page, tmp_path):
    page = admin_page
    path = tmp_path / "bad.csv"
    path.write_text(
        "指标,地区,年份,数值,单位\n没有这个指标,贵州,2022,1,亿元\n", "utf-8"
    )

    page.goto("/admin/datasets/observation/import/")
    page.set_input_files("[name=file]", path)
    page.locator(".admin-form .admin-button").click()

    problems = page.locator(".admin-bad")
    expect(problems).to_contain_text("没有这个指标")
    expect(problems).to_contain_text("没有此代码或标题的指标")
    expect(page.get_by_role("button", name="全部写入")).to_have_count(0)


def test_policies_are_imported_from_a_spreadsheet_and_undone(
    admin_page, tmp_path, django_db_blocker
):
    page = admin_page
    file = tmp_path / "政策.csv"
    rows = (
        "编号,标题,级别,发文机关,发布日期,网址\n"
        "P98,跨境电商统计工作通知,省级,{},2025年3月,https://www.gov.cn/p98\n"
    )

    def upload(issuer):
        file.write_bytes(rows.format(issuer).encode("gb18030"))
        page.goto("/admin/policies/policy/import/")
        page.set_input_files("[name=file]", file)
        page.locator("[name=publish]").check()
        page.locator(".admin-form .admin-button").click()

    upload("查无此局")
    expect(page.locator(".admin-bad")).to_contain_text("没有名为“查无此局”的发文机关")
    expect(page.get_by_role("button", name="全部写入")).to_have_count(0)

    upload("国务院")
    expect(page.locator(".admin-policy")).to_contain_text("P98 跨境电商统计工作通知")
    page.get_by_role("button", name="全部写入").click()
    page.wait_for_url("**/policybatch/**")
    batch = page.url

    page.goto("/zh-hans/policies/P98/")
    expect(page.locator("h1")).to_have_text("跨境电商统计工作通知")
    page.goto(batch)
    page.get_by_role("button", name="撤销此次导入").click()
    page.wait_for_load_state()

    with django_db_blocker.unblock():
        assert not Policy.objects.filter(code="P98").exists()
