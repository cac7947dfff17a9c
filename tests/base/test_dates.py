"""Periods as readers see them, in both languages."""

import pytest
from django.utils.translation import override

from cbec_site.base.dates import period


@pytest.mark.parametrize(
    ("code", "english", "chinese"),
    [
        ("2025-01-01/P9M", "January to September 2025", "2025年1—9月"),
        ("2025-01-01/P12M", "January to December 2025", "2025年1—12月"),
        ("2022-07-01/P12M", "July 2022 to June 2023", "2022年7月至2023年6月"),
        ("2022-11-01/P2M", "November 2022 to December 2022", "2022年11月至2022年12月"),
        ("2022-07-01/P1M", "July 2022", "2022年7月"),
        ("2022-Q3", "Q3 2022", "2022年第3季度"),
        ("2022-13-01/P2M", "2022-13-01/P2M", "2022-13-01/P2M"),
        ("", "not dated", "未注明日期"),
    ],
)
def test_period_is_given_in_words(code, english, chinese):
    with override("en"):
        assert period(code) == english
    with override("zh-hans"):
        assert period(code) == chinese
