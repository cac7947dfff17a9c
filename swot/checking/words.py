"""The words for verdicts, for programs without Django's settings.

The site takes them from its catalogue; a test keeps both the same.
"""

VERDICTS = {
    "yes": ("成立", "holds"),
    "rounding": ("舍入后成立", "holds after rounding"),
    "no": ("与数据矛盾", "contradicted"),
    "superseded": ("已有新数据", "superseded"),
    "n/a": ("无法检验", "not testable"),
    "missing": ("缺少数据", "data missing"),
    "imprecise": ("用词不准", "imprecise wording"),
    "label": ("标注不符", "label does not fit"),
}
# Why there is no verdict, by the cause of a mark.
REASONS = {
    "unread": ("无法读取", "not readable"),
    "value": ("无法判断", "not decidable"),
    "stated": ("无法判断", "not decidable"),
    "unit": ("单位不同", "another unit"),
    "currency": ("币种不同", "another currency"),
    "change": ("是增减幅度，对照的却是水平值", "a change, compared with a level"),
    "level": ("是水平值，对照的却是增减幅度", "a level, compared with a change"),
    "no_number": ("没有可对照的数值", "no number to compare with"),
}


def verdict_word(name: str, is_chinese: bool) -> str:
    """The word for a verdict: "holds" for yes."""
    return VERDICTS[name][0 if is_chinese else 1]


def reason(cause: str, is_chinese: bool) -> str:
    """Why a number has no verdict."""
    return REASONS[cause][0 if is_chinese else 1]
