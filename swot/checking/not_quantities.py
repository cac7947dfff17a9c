"""What looks like a number in a sentence and states no quantity.

Years, dates, document numbers, ordinals, references, list numbers, customs supervision
codes, parts of names. A ratio (3:1) is none either: it has no unit a claim or a value
could have, and mostly it is a score or a time.
"""

import re

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|"
    "December"
)
# Customs supervision codes: 9610 (retail exports), 1210 (bonded), 0110 (general) …
_SUPERVISION = r"(?:9[678]10|1210|1239|1039|0110)"
# What makes the digits before it a count or an amount after all.
_COUNTED = (
    r"\s*(?:[%‰万亿千百元吨个家项份条座天票件批次人种倍年]|yuan\b|dollars?\b|tons?\b|"
    r"tonnes?\b|trillion|billion|million|thousand|per ?cent|firms\b|companies\b|"
    r"enterprises\b|sellers\b|parcels\b|orders\b|people\b|jobs\b|warehouses\b)"
)
_NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten"

_BLANKED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"https?://\S+",
        r"\b10\.\d{4,}/\S+",
        # years and dates
        r"\d{4}\s*(?:年)?\s*[至到—–~-]\s*\d{4}\s*年?(?![\d.]*\s*[万亿个%])",
        r"(?:\d{4}\s*[、和与及/]\s*)*\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*[日号])?",
        r"[〇零一二三四五六七八九]{2,4}年(?:[一二三四五六七八九十]+月)?",
        r"\d{1,2}\s*[至到—–~-]\s*\d{1,2}\s*月(?!份?数)",
        r"双\s*11|\b618(?=期间|大促|购物| sale| shopping)|\bdouble 11\b",
        r"\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?(?!份?数)",
        r"\b\d{4}-\d{1,2}(?:-\d{1,2})?\b",
        rf"\b\d{{1,2}}\s+(?:{_MONTHS})\b(?:\s+\d{{4}})?",
        rf"\b(?:{_MONTHS})\s+(?:\d{{1,2}},?\s+)?\d{{4}}\b",
        rf"\b(?:{_MONTHS})\s+\d{{1,2}}\b",
        r"\b(?:1[89]|20)\d\d\s*[–—-]\s*(?:(?:1[89]|20)\d\d|\d\d)\b",
        # stretches of a year, plans
        r"[前后头]\s*[二两三2-3]\s*个?季度?",
        r"\b(?:first|last|past|next|previous|final) (?:two|three|[23]) quarters\b",
        r"\b(?:first|second|latter|former|early|late|last) half\b",
        r"\b(?:years?|months?|weeks?|days?|hours?) and a half\b",
        r"五年(?=规划|计划)|\bfive-year (?=plan)",
        r"(?<!\d)24\s*/\s*7(?!\d)|(?<!\d)7\s*[×x*]\s*24(?!\d)(?:\s*小时)?",
        # ratios, scores, times of day
        r"(?<![\d.:∶])\d{1,3}(?:\.\d+)?(?:[:∶]\d+(?:\.\d+)?)+"
        rf"(?![\d.]|,\d{{3}}(?!\d)|{_COUNTED})",
        rf"(?<![\d.])\d{{1,3}}\s*比\s*\d{{1,3}}(?![\d.]|,\d{{3}}(?!\d)|{_COUNTED})",
        r"[一二三四五六七八九十]比[一二三四五六七八九十](?![万亿成个家倍])",
        rf"\b(?:{_NUMBER_WORDS}|\d+)-to-(?:{_NUMBER_WORDS}|\d+)\b",
        # customs supervision codes
        r"代码\s*[为是:]?\s*[“\"]?\d{4}(?!\d)",
        r"\bcodes?\s+[“\"]?\d{4}\b",
        r"(?<![\d.约超逾近达共])(?<!than )(?<!over )(?<!about )(?<!some )(?<!least )"
        rf"(?<!CNY ){_SUPERVISION}(?!\d|\.\d|{_COUNTED})",
        # document numbers, references, ordinals
        r"[\[〔]\s*\d{4}\s*[\]〕]\s*(?:第?\s*\d+\s*号|No\.\s*\d+)?",
        r"第?\s*\d+\s*号",
        r"\bNos?\.\s*\d+",
        r"\[\d+\]",
        r"(?:图|表|附件|章|节|文献)\s*\d+(?:\.\d+)*",
        r"\d+(?:\.\d+)+\s*节",
        r"\b(?:Figures?|Figs?\.|Tables?|Sections?|Sec\.|Chapters?|Articles?|References?)"
        r"\s*\d+(?:\.\d+)*(?:(?:,| and| to|–)\s*\d+(?:\.\d+)*)*",
        r"第\s*(?:\d+|[一二三四五六七八九十百]+)(?:[至到、]第?[一二三四五六七八九十]+)?"
        r"\s*(?:批|次|个|条|章|节|步|位|轮|届|名|年|季度)?",
        r"[三四五六七八九十二一](?:、[三四五六七八九十二])*位",
        r"\b\d+(?:st|nd|rd|th)\b",
        # numbers that are part of a name: G7, B2B, P01, COVID-19, Phase 2
        r"(?-i:\b(?:Phase|Stage|Terminal|Gate|Line|Route|Highway|Tier|Type|Grade|"
        r"Version|Volume|Annex|Appendix|Web|Industry))\s+\d+(?:\.\d+)*\b",
        r"工业\s*\d\.\d|(?<![\d.])\d{1,2}\s*期(?=工程|项目|建设|园区)",
        r"(?:世界|财富|中国|民营企业)\s*\d+\s*强|\bFortune (?:Global )?\d+",
        r"(?<![A-Za-z])(?!CNY|USD|RMB|EUR)[A-Za-z]+-?\d[A-Za-z0-9]*",
        r"(?<![\d.$€£¥])(?<!\d,)(?<!CNY)(?<!RMB)(?<!USD)(?<!EUR)(?<!CNY )(?<!RMB )"
        r"(?<!USD )(?<!EUR )\d+(?!bn\b)[A-Za-z]+[A-Za-z0-9]*",
        # list numbers at the start of a line
        r"(?m)^\s*(?:\(?\d{1,2}[.)、]|[(（]?[一二三四五六七八九十]+[)）、])\s",
    )
]
_YEAR_EN = re.compile(
    r"(?<![\d.,])(?<!CNY )(?<!than )(?<!over )(?<!about )(?<!some )(?<!least )"
    r"(?:18|19|20)\d\d(?![\d,]*\d)(?!\.\d)"
    r"(?!\s*(?:%|per|times|trillion|billion|million|thousand))"
)


def blanked(text: str, is_chinese: bool) -> str:
    """The text with all of these as blanks, so that positions stay."""
    for pattern in _BLANKED if is_chinese else (*_BLANKED, _YEAR_EN):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text
