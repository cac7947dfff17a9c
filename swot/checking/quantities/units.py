"""Units, currencies and the nouns that are counted, in both languages.

Each name leads to a `Unit`. A percent sign, a percentage point and "times" say what
kind a number is; a currency, a metre or a tonne what it measures; other nouns that
something is counted.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from .currencies import (
    CODE,
    CODES,
    MONEY_EN,
    MONEY_ZH,
    SAME,
    UNKNOWN,
    code_before,
)


@dataclass(frozen=True)
class Unit:
    """What follows a number.

    `kind` is percent, points, times, months or ""; `factor` turns the number into
    that kind (per mille are 0.1 percent) or into the base unit of `dimension`.
    """

    kind: str = ""
    dimension: str = ""
    factor: Decimal = Decimal(1)
    currency: str = ""


COUNT = Unit(dimension="COUNT")


def _kind(name: str, factor: str = "1") -> Unit:
    return Unit(kind=name, factor=Decimal(factor))


def _measure(dimension: str, factor: str = "1") -> Unit:
    return Unit(dimension=dimension, factor=Decimal(factor))


def _money(code: str) -> Unit:
    return Unit(dimension=code, currency=code)


UNKNOWN_MONEY = _money(UNKNOWN)

_ZH = {
    "%": _kind("percent"),
    "‰": _kind("percent", "0.1"),
    "‱": _kind("percent", "0.01"),
    "个百分点": _kind("points"),
    "百分点": _kind("points"),
    "个点": _kind("points"),
    "个基点": _kind("points", "0.01"),
    "基点": _kind("points", "0.01"),
    "倍": _kind("times"),
    "成": _kind("percent", "10"),
    "个月": _kind("months"),
    "吨公里": _measure("TKM"),
    "人公里": _measure("PKM"),
    "吨": _measure("TONNE"),
    "磅": _measure("TONNE", "0.00045359237"),
    "公斤": _measure("TONNE", "0.001"),
    "千克": _measure("TONNE", "0.001"),
    "斤": _measure("TONNE", "0.0005"),
    "克": _measure("TONNE", "0.000001"),
    "平方公里": _measure("SQM", "1000000"),
    "平方千米": _measure("SQM", "1000000"),
    "平方米": _measure("SQM"),
    "㎡": _measure("SQM"),
    "平米": _measure("SQM"),
    "公顷": _measure("SQM", "10000"),
    "亩": _measure("MU"),
    "立方米": _measure("CUBIC"),
    "升": _measure("CUBIC", "0.001"),
    "毫升": _measure("CUBIC", "0.000001"),
    "公里": _measure("METRE", "1000"),
    "千米": _measure("METRE", "1000"),
    "海里": _measure("METRE", "1852"),
    "米": _measure("METRE"),
    "厘米": _measure("METRE", "0.01"),
    "毫米": _measure("METRE", "0.001"),
    "千瓦时": _measure("KWH"),
    "千瓦": _measure("KW"),
    "小时": _measure("HOURS"),
    "个小时": _measure("HOURS"),
    "分钟": _measure("MINUTES"),
    "秒钟": _measure("SECONDS"),
    "秒": _measure("SECONDS"),
    "个工作日": _measure("DAYS"),
    "工作日": _measure("DAYS"),
    "天": _measure("DAYS"),
    "日": _measure("DAYS"),
    "周": _measure("WEEKS"),
    "年": _measure("YEARS"),
    "岁": _measure("AGE"),
    "周岁": _measure("AGE"),
    "点": _measure("POINT"),
    "℃": _measure("CELSIUS"),
    "°C": _measure("CELSIUS"),
    "摄氏度": _measure("CELSIUS"),
    "标准箱": _measure("TEU"),
    "标箱": _measure("TEU"),
} | {name: _money(code) for code, names in MONEY_ZH.items() for name in names.split()}
# Words that make a Chinese numeral a quantity, not part of a word such as 统一.
_COUNTERS = (
    "人次 人 个 家 项 份 条 座 票 件 批 处 种 类 国 地 名 次 省 市 区 县 户 篇 列 辆 "
    "架 艘 台 套 部 张 盒 箱 间 栋 所 片 块 笔 单 宗 例 款 只 支 本 册 场 轮 届 期 趟 "
    "门 位 对 组 队 颗 株 头 枚 封 根 顿 层 级 步 面 万"
).split()
_ZH |= {name: COUNT for name in _COUNTERS if name != "万"}
# Nouns that directly follow a numeral only in names and set phrases.
_WEAK = set("国 地 省 市 区 县 门 位 对 组 层 级 步 面 点 期 届 部 轮 日 年 周".split())

_EN = {
    r"%(?![ -]?p(?:oin)?ts?\b)|per ?cent\b|percent\b|pct\b(?!\.? p(?:oin)?ts?\b)|"
    r"pc\b|p\.c\.": _kind("percent"),
    r"‰|per mille\b": _kind("percent", "0.1"),
    r"percentage[ -]+points?\b|percent points?\b|per cent points?\b|ppts?\b|pp\b|pps\b|"
    r"p\.p\.|(?:%|pct\.?)[ -]?p(?:oin)?ts?\b": _kind("points"),
    r"basis[ -]points?\b|bps?\b": _kind("points", "0.01"),
    r"times\b(?!\s+(?:zone|series|limit|table)s?\b)|-?fold\b|x\b|×": _kind("times"),
    r"months?\b": _kind("months"),
    r"tonne[- ]kilomet(?:re|er)s?\b|tkm\b": _measure("TKM"),
    r"(?:metric )?tons?\b|tonnes?\b": _measure("TONNE"),
    r"kilograms?\b|kilos?\b|kg\b": _measure("TONNE", "0.001"),
    r"grams?\b|g\b": _measure("TONNE", "0.000001"),
    r"square kilomet(?:re|er)s?\b|km²|sq\.? ?km\b": _measure("SQM", "1000000"),
    r"square met(?:re|er)s?\b|m²|sq\.? ?m\b|sqm\b": _measure("SQM"),
    r"hectares?\b|ha\b": _measure("SQM", "10000"),
    r"cubic met(?:re|er)s?\b|m³": _measure("CUBIC"),
    r"lit(?:re|er)s?\b": _measure("CUBIC", "0.001"),
    r"millilit(?:re|er)s?\b|ml\b": _measure("CUBIC", "0.000001"),
    r"kilomet(?:re|er)s?\b|km\b": _measure("METRE", "1000"),
    r"met(?:re|er)s?\b": _measure("METRE"),
    r"miles?\b": _measure("MILE"),
    r"kph\b|kmh\b": _measure("METRE/HOURS", "1000"),
    r"mph\b": _measure("MILE/HOURS"),
    r"barrels?\b": _measure("BARREL"),
    # Of an index: percentage points are named in full.
    r"points?\b": _measure("POINT"),
    r"°C\b|℃|degrees? celsius\b": _measure("CELSIUS"),
    r"kilowatt[- ]hours?\b|kwh\b": _measure("KWH"),
    r"hours?\b": _measure("HOURS"),
    r"minutes?\b": _measure("MINUTES"),
    r"seconds?\b": _measure("SECONDS"),
    r"(?:working |business )?days?\b": _measure("DAYS"),
    r"weeks?\b": _measure("WEEKS"),
    r"years?\b": _measure("YEARS"),
    r"teus?\b": _measure("TEU"),
    r"people\b|persons?\b|firms?\b|companies\b|enterprises\b|staff\b|pieces?\b": COUNT,
} | {rf"(?:{names})\b": _money(code) for code, names in MONEY_EN.items()}

_BY_CODE = {code: _money(SAME.get(code, code)) for code in CODES}
_UNIT_ZH = re.compile(
    r"[ \t\u00a0]{0,4}(?P<name>个\s*百分\s*点|"
    + "|".join(sorted(map(re.escape, _ZH), key=len, reverse=True))
    + rf"|(?:{CODE})(?![A-Za-z])|TEU|pp(?![a-z])|BPs?(?![a-z])|bps?(?![a-z]))"
)
# Currencies of countries not named above: 埃及镑, 丹麦克朗, 比特币.
_COIN_ZH = re.compile(
    r"(?:(?!人民币)[^\W\d_的用于为是了在和与]){1,5}?"
    r"(?:克朗|法郎|第纳尔|先令|里拉|比索|卢比|镑|币)(?![一-龥]*[大券])"
)
_TENTHS = re.compile(r"成(?=为|了|本|立|功|长|员|效|果|品|交|都|绩|熟|套|人|千|百)")
# Chinese words that begin like a unit: 个别, 人均, 年均, 次数 …
_NO_UNIT_ZH = re.compile(
    # In 10.5亿欧 the sign is money, in 10.5亿欧洲人 it begins a word.
    r"(?:欧(?!元)|刀|镑|磅)(?![的左以上下多余和与至到及或]|\W|\Z)|"
    r"马克(?=[思杯笔])|"
    r"元旦|元素|元宵|人民(?!币)|人均|人才|人工|人普|年均|年度(?![^，。]*万)|次产业|"
    r"成为|日均|日报|点钟|区间|市场|市值|地区|国家|省级|市级|县级|区级|级市|"
    r"面向|部分|位于|单位|件数|家居|家具|家电|家庭|类型|条件|项目|份额|"
    r"升[至到为幅级高温格值]|对于|点击|点赞|只有|只能|支持|本地|本土|本省|分(?!钟)"
)
_EN_NAMES = list(_EN)
_UNIT_EN = re.compile(
    r"[ \t\u00a0-]{0,2}(?:(?P<code>(?-i:"
    + CODE
    + r"))(?![A-Za-z])|"
    + "|".join(f"(?P<u{n}>{name})" for n, name in enumerate(_EN_NAMES))
    + ")",
    re.IGNORECASE,
)
# Any other plural noun is counted; these only look like one.
_NOUN_EN = re.compile(r"[ -](?P<noun>[a-z]{2,}s)\b(?<!ss)(?<!us)(?<!is)", re.IGNORECASE)
_NO_NOUN = {
    *"was has as its does times versus towards always besides across previous".split(),
    *"overseas perhaps whereas others years months hours minutes days sales".split(),
    *"plus less less-than means exports imports rises falls goods earnings".split(),
    *"accounts remains reaches shows terms news".split(),
}


_YEAR_BEFORE = re.compile(r"(?<![\d.,])(?:19|20)\d\d\Z")
_NUMBER = re.compile(r"\s?\d")


def unit_after(text: str, position: int, is_chinese: bool) -> tuple[Unit, int] | None:
    """The unit that starts here, after spaces or a hyphen, and where it ends."""
    if is_chinese:
        return _after_zh(text, position)
    match = _UNIT_EN.match(text, position)
    if match is None:
        return None
    if match["code"]:
        if _YEAR_BEFORE.search(text[max(position - 5, 0) : position]) and _NUMBER.match(
            text, match.end()
        ):
            # "In 2020 CNY 2.7 billion" names a year, and then an amount.
            return None
        return _BY_CODE[match["code"]], match.end()
    name = match.lastgroup or ""
    return _EN[_EN_NAMES[int(name[1:])]], match.end()


def _after_zh(text: str, position: int) -> tuple[Unit, int] | None:
    match = _UNIT_ZH.match(text, position)
    if match is None:
        coin = _COIN_ZH.match(text, position)
        return None if coin is None else (UNKNOWN_MONEY, coin.end())
    name = re.sub(r"\s", "", match["name"])
    if _NO_UNIT_ZH.match(text, match.start("name")):
        return None
    if name == "成" and _TENTHS.match(text, match.start("name")):
        return None
    if name in _ZH:
        return _ZH[name], match.end()
    if name in _BY_CODE:
        return _BY_CODE[name], match.end()
    if name == "TEU":
        return _ZH["标箱"], match.end()
    return _ZH["基点" if name.lower().startswith("bp") else "百分点"], match.end()


def is_weak(text: str, start: int, end: int) -> bool:
    """Whether a Chinese unit is also an ordinary part of words: 五年, 两国."""
    return text[start:end].strip() in _WEAK


def noun_after(text: str, position: int) -> tuple[Unit, int] | None:
    """The plural English noun right after a number: what is counted."""
    match = _NOUN_EN.match(text, position)
    if match is None or match["noun"].lower() in _NO_NOUN:
        return None
    return COUNT, match.end()


def currency_before(text: str, position: int) -> tuple[Unit, int] | None:
    """The currency named right before a number, and where its name starts."""
    code = code_before(text, position)
    return None if code is None else (_money(code[0]), code[1])
