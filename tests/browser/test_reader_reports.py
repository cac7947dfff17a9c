"""A reader reports a number, in a browser that runs no scripts."""

import pytest
from playwright.sync_api import expect

from swot.models import Report, ReportSender

PLACES = {
    "en": ("Report an error in this number", "Send the report", "Thank you"),
    "zh-hans": ("报告此数字有误", "提交报告", "感谢反馈"),
}


@pytest.fixture
def inbox(django_db_blocker):
    """The reports; those that the test sent are deleted afterwards."""
    with django_db_blocker.unblock():
        yield Report.objects
        Report.objects.all().delete()
        ReportSender.objects.all().delete()


@pytest.mark.parametrize("language", PLACES)
def test_number_is_reported_without_scripts(plain_page, inbox, language):
    link, button, thanks = PLACES[language]
    plain_page.goto(f"/{language}/swot/claims/C07/")

    plain_page.get_by_role("link", name=link).click()
    expect(plain_page.locator(".report-about")).to_contain_text("C07")
    expect(plain_page.locator("[name=fax_line]")).not_to_be_visible()
    plain_page.locator("[name=text]").fill("It was 108.")
    plain_page.locator("[name=source_url]").fill("https://data.example.org/")
    plain_page.get_by_role("button", name=button).click()

    expect(plain_page.get_by_role("heading", level=1)).to_have_text(thanks)
    report = inbox.get()
    assert (report.about_kind, report.about_code, report.text, report.language) == (
        "claim",
        "C07",
        "It was 108.",
        language,
    )
    assert plain_page.context.cookies() == []


@pytest.mark.parametrize("language", PLACES)
def test_refused_report_is_accessible(page, violations, complaints, inbox, language):
    page.goto(f"/{language}/swot/reports/new/?about=claim:C07")
    page.evaluate("document.querySelector('form.report-form').noValidate = true")

    page.get_by_role("button", name=PLACES[language][1]).click()

    expect(page.locator(".errorlist")).to_have_count(1)
    expect(page.locator("[name=text]")).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    assert not inbox.exists()
    # The browser notes the status 400.
    assert len(complaints) == 1
    complaints.clear()
