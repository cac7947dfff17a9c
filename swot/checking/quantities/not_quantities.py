"""What looks like a number in a sentence but states no quantity.

Years, dates, document numbers, ordinals, references, list numbers, customs supervision
codes, parts of names. A ratio (3:1) is not a quantity either: it has no unit that a
claim or a value could have, and is mostly a score or a time.
"""

import re
from typing import Any

from datasets.english_months import FULL_NAMES, SHORT_NAMES

from .currencies import CODE, LETTERS

# "May" before a number can be the verb.
_SHORT = "|".join(name for name in SHORT_NAMES.split("|") if name != "may") + "|sept"
# Customs supervision codes: 9610 (retail exports), 1210 (bonded), 0110 (general) …
_SUPERVISION = r"(?:9[678]10|1210|1239|1039|0110)"
# These make the digits before them a count or an amount after all.
_COUNTED = (
    r"\s*(?:[%‰万亿千百元吨个家项份条座天票件批次人种倍年]|yuan\b|dollars?\b|tons?\b|"
    r"tonnes?\b|trillion|billion|million|thousand|per ?cent|firms\b|companies\b|"
    r"enterprises\b|sellers\b|parcels\b|orders\b|people\b|jobs\b|warehouses\b)"
)
# Something counted or measured makes the four digits before it a number.
_NOUNS = (
    "[万亿千百元吨个家项份条座票件批人种倍户辆列箱单笔美欧日港]|余|多|万|yuan|dollars?|million|"
    "billion|trillion|thousand|times|firms|companies|enterprises|sellers|parcels|orders|"
    "people|jobs|warehouses|tonnes|tons|TEU"
)
_NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten"

_BLANKED = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"https?://\S+",
        r"\b10\.\d{4,}/\S+",
        # years and dates
        rf"\b(?:{FULL_NAMES}|{_SHORT})\.?\s+\d{{1,2}}"
        r"\s*(?:[-–—]|to)\s*\d{1,2}\b(?:,?\s+(?:1[89]|20)\d\d)?(?!\s*(?:%|per ?cent))",
        rf"\b\d{{1,2}}\s*(?:[-–—]|to|and)\s*\d{{1,2}}\s+(?:{FULL_NAMES})\b(?:\s+\d{{4}})?",
        rf"\b(?:{_SHORT})\.?\s+\d{{1,2}}(?!\d)"
        r"(?:,?\s+(?:1[89]|20)\d\d)?",
        r"\bFY\s?\d{2,4}(?:\s*[-–/]\s*\d{2,4})?",
        r"\b(?:fiscal|financial|school|academic) (?:year )?\d{4}"
        r"(?:\s*[-–/]\s*\d{2,4})?",
        r"(?<!\d)\d{1,2}\s*(?:[-–至到]\s*\d{1,2}\s*)?[日号](?!元|圆|均|益|常|用|本|子|内|吨|产)"
        r"(?:[上下]午)?",
        r"(?<!\d)\d{4}[/.]\d{1,2}[/.]\d{1,2}(?!\d)",
        r"(?<!\d)\d{4}/\d{2}(?!\d)|(?<![\d/])\d{1,2}/\d{1,2}/(?:19|20)?\d\d(?!\d)",
        r"\b9/11\b|\(?\+\d{1,3}\)?[ -]\d[\d -]{5,}\d",
        rf"\b(?:{FULL_NAMES}) ['’]\d\d(?!\d)",
        r"\d{1,2}\s*世纪(?:\d+年代)?|[一二三四五六七八九十]+世纪|\b\d{1,2}0s\b|\b\d{4}s\b",
        r"(?:20|19)?\d0年代|[一二三四五六七八九]十年代|[“\"]?\d0[”\"]?后(?=[”\"]|创|青|群|消|员|人|$)",
        r"\d{1,2}\s*(?:[-–至到、和]\s*\d{1,2}\s*)?季度(?!数)|[一二三四]季度|[一二三四]、[一二三四]季度",
        r"\bQ[1-4]\b|\b[1-4]Q\d{2,4}\b|\bH[12]\b",
        r"(?:^|(?<=[^\d]))\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?(?![a-z])|o['’]clock)",
        r"(?:[上下]午|凌晨|晚上?|中午|早上?)\s*(?:\d{1,2}|[一二三四五六七八九十]+)[点时:](?:\d{1,2}|"
        r"[一二三四五六七八九十]+|半)?分?",
        r"(?<![\d.])\d{1,2}[点时]\d{1,2}分|[一二三四五六七八九十]+[点时][一二三四五六七八九十]+分(?!之)",
        r"(?<![\d.,])(?:1[89]|20)\d\d\s*(?:年)?\s*[至到—–~～-]\s*(?:1[89]|20)\d\d\s*"
        rf"(?:年|(?![\d.,]*\s*(?:[-–—%]|{_NOUNS})))",
        r"(?:\d{4}\s*[、和与及/]\s*)*\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*[日号])?",
        r"[〇零一二三四五六七八九]{2,4}年(?:[一二三四五六七八九十]+月)?",
        r"\d{1,2}\s*[至到—–~-]\s*\d{1,2}\s*月(?!份?数)",
        r"双\s*11|(?<!\d)618[”\"]?(?=期间|大促|购物| sale| shopping)|\bdouble 11\b",
        r"\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?(?!份?数)",
        r"\b\d{4}-\d{1,2}(?:-\d{1,2})?\b",
        rf"\b\d{{1,2}}\s+(?:{FULL_NAMES})\b(?:\s+\d{{4}})?",
        rf"\b(?:{FULL_NAMES})\s+(?:\d{{1,2}},?\s+)?\d{{4}}\b",
        rf"\b(?:{FULL_NAMES})\s+\d{{1,2}}\b",
        r"(?<![\d.,$€£¥])\b(?:1[89]|20)\d\d\s*[–—-]\s*(?:(?:1[89]|20)\d\d|\d\d)\b"
        rf"(?!\s*(?:%|per ?cent|{_NOUNS}|[a-z]*(?<!ce)s\b(?<! was)(?<! is)))",
        # stretches of a year, plans
        r"[前后头]\s*[二两三2-3]\s*个?季度?",
        rf"\bfirst (?:{_NUMBER_WORDS}|eleven|\d{{1,2}}) months\b",
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
        rf"代码\s*[为是:]?\s*[“\"]?\d{{4,10}}(?!\d|{_COUNTED})",
        r"\bcodes?\s+[“\"]?\d{4}\b",
        r"(?<![\d.约超逾近达共])(?<!than )(?<!over )(?<!about )(?<!some )(?<!least )"
        rf"(?<!CNY ){_SUPERVISION}(?!\d|\.\d|{_COUNTED})",
        # document numbers, references, ordinals
        r"[\[〔]\s*\d{4}\s*[\]〕]\s*(?:第?\s*\d+\s*号|No\.\s*\d+)?",
        r"(?:第\s*)?\d+\s*号",
        r"\bNos?\.\s*\d+",
        r"\[\d+\]",
        r"(?:图|表|附件|章|节|文献)\s*\d+(?:[.-]\d+)*",
        r"\d+(?:\.\d+)+\s*节",
        r"\b(?:Figures?|Figs?\.|Tables?|Sections?|Sec\.|Chapters?|Articles?|References?)"
        r"\s*\d+(?:[.-]\d+)*(?:(?:,| and| to|–)\s*\d+(?:\.\d+)*)*",
        r"第\s*(?:\d+|[一二三四五六七八九十百]+)(?:[至到、]第?[一二三四五六七八九十]+)?"
        r"\s*(?:批|次|个|条|章|节|步|位|轮|届|名|年|季度)?",
        r"[三四五六七八九十二一](?:、[三四五六七八九十二])*位",
        r"\b\d[\d,]*(?:st|nd|rd|th)\b",
        r"\b(?:pp?|pages?)\.?\s*\d+(?:\s*[-–]\s*\d+)?\b(?!\s*(?:%|per))",
        r"(?:第\s*)?\d+(?:\s*[-–—至到]\s*\d+)?\s*页|页码?\s*\d+",
        r"(?:公式|案例|专栏|附录|附表|附图|算例|步骤)\s*[（(]?\d+(?:[.-]\d+)*[)）]?"
        rf"(?![\d.,]|{_COUNTED})",
        r"(?m)(?:^|(?<=[。；;：:]))\s*[（(]\d{1,2}[)）](?!\s*[%亿万个])",
        r"\b(?:equation|eq\.|formula|note|footnote|step|question|paragraph|para\.|"
        r"clause|lesson|room|flight|slide|vol\.|issue|exhibit)\s+\(?\d+(?:[.-]\d+)*\)?"
        rf"(?![\d.,]*\d|{_COUNTED})",
        r"\btop[ -](?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
        r"[a-z]+teen|twenty|thirty|forty|fifty|hundred)\b|"
        r"\b(?:the )?(?:big|group of|magnificent) (?:\d+|four|five|seven|ten|twenty)\b",
        r"(?<![以之目此])前\s*(?:\d+|[一二三四五六七八九十百]+)\s*(?:位|名|强|大|家)|"
        r"百强|\bthe (?:first|last) \d+(?![\d.,]*\d)"
        r"(?! ?(?:months?|quarters?|years?|weeks?|days?|hours?|%|per))|"
        r"(?:名列|位列|位居|居|列|排名|排在|进入|跻身|挤进)[^，。；、\d一二三四五六七八九十]{0,6}"
        r"前\s*(?:\d{1,3}|[一二三四五六七八九十]+)(?![\d.,]|\s*[%万亿个年])|\d+\s*强(?![度化力劲])|"
        r"(?<![零一二三四五六七八九十百千])十[强佳大](?![^，。]{0,2}[亿万])|"
        r"TOP\s*\d+",
        r"(?:HS|税则|税号|商品编码|商品编号)\s*(?:编码|编号|号列|code|codes)?\s*[:：]?\s*\d{4,10}(?:\.\d+)*"
        rf"(?!\d|{_COUNTED})",
        r"(?:邮编|邮政编码|电话|传真|手机|热线|统一社会信用代码|身份证号?|QQ|微信号?|编号|代号|案号|文号|"
        r"批号|型号|车次|航班|序号|房间|门牌|账号)\s*[:：为是]?\s*[\dA-Za-z-]{3,}"
        rf"(?![\d.]|{_COUNTED})",
        r"\b(?:postcode|postal code|zip(?: code)?|phone|telephone|tel\.?|fax|hotline|"
        r"ID)\s*[:.]?\s*\+?[\d][\d -]{3,}",
        r"(?<![A-Za-z])(?:ISO|IEC|IEEE|RFC|EN|DIN|ANSI|GB(?:/T)?|GB/[TZ]|HJ|SB/T|"
        r"DB\d*(?:/T)?|ISBN|ISSN|UTC|GMT|CN|CAS|EAN|ICD|HS|SITC|NACE|ISIC|CPC|UN|Boeing|Airbus|Chapter|Heading|"
        r"Windows|Android|iPhone|Formula|Route|Highway|Interstate|USB|Apollo|Channel|Studio)\s*"
        r"(?:code\s*)?(?:/\s*[A-Z]+\s*)?[-–]?\s*\d[\d.:-]*(?:[-–—/]\d+)*",
        r"(?:波音|空客|歼|(?<![\u4e00-\u9fff])运)-?\s*\d+|[GDCKZT]\d{1,4}次|[省国县]道?\s*\d{3}(?:线|国道)|\d{3}国道",
        r"[“\"]?[一二三四五六七八九十两0-9]+人普|三次产业|[一二三]次产业|第[一二三]产业|"
        r"[一二三四]线(?=城市|以)",
        r"[两二三四五六七八九][区带轴核心园极圈廊翼县山]一[\u4e00-\u9fff]{1,3}",
        r"“(?:[一二三四五六七八九十两百千][\u4e00-\u9fff]{1,3}){2,4}”",
        r"两岸三地|[一二三四五六七八九]批(?:、[一二三四五六七八九]批)+|"
        r"\bversions? \d+(?:\.\d+)*|"
        r"(?:两|一|三|四|五)(?:个确立|个维护|个自信|个意识|会(?=期间)|岸(?=[三直关])|国双园|"
        r"山理论)|[六三四五]稳|一带一路|四通八达|千家万户|千[军方]万|百花|三农|"
        r"(?<![\d零一二两三四五六七八九十百千万亿])一一(?=对应|列)|(?<![零一二两三四五六七八九十百千\d])万一(?!千|百|\d)|(?<![零一二两三四五六七八九十百\d])千万(?=别|不|要|注)|"
        r"四川|三亚|三峡|六盘水|九江|五粮液|三星|五一(?=假|期|小)|十一(?=假|期间|黄金)|二维|三维|"
        r"(?<![零一二三四五六七八九十百千万亿])(?:[三四五六七八十]大)|一大批|两手|双十一|双十二|三角|四季|百货|百姓|百度|百科|"
        r"百年(?=老|大|未|变|品|企)|千年(?=古|发)|万家(?=灯)|万物|万达|万科|三七|十分(?!之|钟|[钱])|"
        r"五彩|七彩|九寨|一点(?![零〇一二三四五六七八九\d])|两极|三方(?=面)?|多一点|半导体|半成品|半径|"
        r"半岛|数字|数据|数量|几乎|几何",
        r"十[一二三四]五(?=[”\"’]|规划|时期|期间|以来|末|收官|开局)",
        r"(?<!\d)\d{1,2}[·•]\d{1,2}(?!\d)|[“\"]?\d{3,6}[”\"]?(?=(?:政务|服务)*热线)",
        r"[一二两三四五六七八九\d]位数|唯一|“\d{1,2}(?:\+(?:\d{1,2}|[NnXx]))+”?",
        # 5.0 (2022: 7.7) per cent
        r"(?<=\()(?:1[89]|20)\d\d\s*:",
        r"\b(?:one|two|three|four|five|six|seven|eight|nine)-(?:way|stop|figure|digit|tier|track|pronged|sided|party)\b",
        # numbers that are part of a name: G7, B2B, P01, COVID-19, Phase 2
        r"(?-i:\b(?:Phase|Stage|Terminal|Gate|Line|Route|Highway|Tier|Type|Grade|Unit|Bus|Form|Resolution|"
        r"Version|Volume|Annex|Appendix|Web|Industry))\s+\d+(?:\.\d+)*\b",
        r"\d+(?:\.\d+)+\s*版",
        r"前\s*(?:\d{1,2}|[一二三四五六七八九十]+)\s*个月",
        r"工业\s*\d\.\d|(?<![\d.])\d{1,2}\s*期(?=工程|项目|建设|园区)",
        r"(?:世界|财富|中国|民营企业)\s*\d+\s*强|\bFortune (?:Global )?\d+",
        rf"(?<![A-Za-z\d])(?!(?i:(?:[A-Z]{{1,2}}\$|{CODE}|Yuan))\s?-?[\d.])"
        rf"(?!(?-i:{'|'.join(LETTERS)})\.?\s?\d[\d.,]*(?:[\skmbt]|$))[A-Za-z]+[-–]?\d[A-Za-z0-9]*"
        r"(?:\.\d+)*(?![\d,]*\.?\d*\s*(?:亿|万))",
        r"(?<!\d)(?<!\d[.,])\d+(?!(?-i:[KkMBT])(?![A-Za-z0-9])|m(?![A-Za-z0-9])|(?:trn|tn|bln|bn|mln|"
        rf"mn|mio|pp|ppts?|pps|bps?|x|kg|km|kph|kmh|mph|pc|°|teu|gb|tb|mw|gw|kwh|pct|{CODE})\b)[A-Za-z]+"
        r"[A-Za-z0-9]*",
        r"\b4K (?=video|TV|screen|content)|(?-i:\b[234]D\b)",
        # list numbers at the start of a line
        r"(?m)^\s*(?:\(?\d{1,2}[.)、]|[(（]?[一二三四五六七八九十]+[)）、])"
        r"(?:\s|(?=(?![一二三四五六七八九十百千万亿])[\u4e00-\u9fff]))",
    )
]
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$€£¥]|CNY|RMB|USD|EUR|than|over|about|some|least|most|exactly|approximately|"
    r"roughly|around|nearly|almost|total of|has|have|had|owns|counts|under|below|above)"
    r"\s?\Z",
    re.IGNORECASE,
)
_NO_YEAR_AFTER = re.compile(
    r"\s*(?:%|\+|per\b|times\b|trillion|billion|million|thousand|firms|companies|"
    r"enterprises|sellers|parcels|orders|people|jobs|warehouses|yuan|dollars|tonnes|tons|"
    r"euros|km|kilomet|square|hectares|households|shops|stores|containers|TEU|trips|trains|"
    r"flights|items|projects|documents|staff|workers|students|users|visitors|hours)",
    re.IGNORECASE,
)


def is_year(text: str, number: Any) -> bool:
    """Whether a bare number of an English text names a year: "in 2022"."""
    if number.upper is not None or not _YEAR.fullmatch(text, number.start, number.end):
        return False
    before = text[max(number.start - 14, 0) : number.start]
    return not _NO_YEAR_BEFORE.search(before) and not _NO_YEAR_AFTER.match(
        text, number.last
    )


def blanked(text: str, is_chinese: bool) -> str:
    """The text with all of these replaced by spaces, so that positions stay."""
    for pattern in _BLANKED:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text
