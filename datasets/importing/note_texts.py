"""What a note says about the values of its table: unit, currency and status."""

import re

from .printed_units import SCALES, is_like_a_unit

_IN_NOTE = re.compile(
    r"单 ?位 ?(?:均|都)?[为是:= ]? ?([^,，。;；)）]+)"
    r"|以([^,，。;；)）]{1,8}?)(?:为单位|计)"
    r"|(?:金额|数值|数额|数字)(?:均|都|全部)?[为是] ?([^\d,，。;；)）][^,，。;；)）]*)"
    r"|[按用]((?:[十百千]?[万亿]|[百千]|万亿)[^,，。;；)）]{1,4}?)(?:计算?|统计|填[报列]|表示)"
    r"|\bunits? ?[:=] ?([^,;.()]+)"
    r"|\bin ((?:ten |hundred )?(?:thousand|million|billion|trillion)s?(?: of)?"
    r" [a-z$ ]+?)(?=[,;.)]|\Z)"
    r"|\bin ((?:thousand|million|billion|trillion)s)(?=[,;.)]|\Z)"
    r"|((?:rmb|cny|yuan|usd|us\$|hkd|hk\$|eur|[$€£¥]) ?['’]?000s?)(?=[,;.) ]|\Z)"
    r"|\b((?:rmb|cny|yuan|usd|eur) (?:thousand|million|billion)s?)(?=[,;.)]|\Z)",
    re.IGNORECASE,
)
# What may stand before the unit in a note on all values.
_OF_ALL = re.compile(
    r"(?:注|说明|备注|附注|note|除.{2,6}外|本表|该表|表中|表内|全表|以下|下表|下列|如下"
    r"|amounts?|figures?|values?|all|are|is|the|in|expressed|shown|monetary|table| "
    r"|所有|全部|各项|各|除|数据|数值|数额|金额|指标|货币|计量|统计|价值|的|之|中|均|都"
    r"|[\d:,.;、() ]){0,9}",
    re.IGNORECASE,
)
# A currency that a note names for values: 按美元计价.
_CURRENCY_IN_NOTE = re.compile(
    r"[按以]\S{0,3}?(?:美元|欧元|港元|港币|日元|英镑|人民币)\S{0,3}?(?:计|核算|统计|表示)"
    r"|in (?:us dollars|usd|euros?|eur|hong kong dollars|yen|pounds|renminbi|rmb)",
    re.IGNORECASE,
)
# Words for values that are not final, with their code of OBS_STATUS.
_CALLED = tuple(
    (re.compile(words, re.IGNORECASE), status)
    for words, status in (
        (r"初步(?!设计)|快报|preliminary|provisional|flash estimate", "P"),
        (r"预测|\bforecast|\bprojec(?:ted|tions?)\b", "F"),
        (r"预计|预估|估计|估算|\bestimate[ds]?\b", "E"),
    )
)
# Targets, which were never counted, have no code.
_WANTED = re.compile(
    r"计划(?!单列|生育)|目标(?!市场|国)|\btargets?\b|\bplan(?:ned|s)?\b", re.IGNORECASE
)


def unit_in_note(plain: str) -> str:
    """The unit that a folded note gives for all values (注:单位为万元, 以万元计)."""
    match = _IN_NOTE.search(plain)
    printed = next(filter(None, match.groups())).strip() if match else ""
    is_unit = printed in SCALES or printed.endswith(("000", "000s"))
    return printed if printed and (is_unit or is_like_a_unit(printed)) else ""


def is_of_some_values(plain: str) -> bool:
    """Whether a folded note gives its unit for some values only:
    贵阳市的单位为万元."""
    match = _IN_NOTE.search(plain)
    before = plain[: match.start()] if match else ""
    return not _OF_ALL.fullmatch(before)


def names_currency(note: str) -> bool:
    """Whether a note says in which currency values are."""
    return bool(_CURRENCY_IN_NOTE.search(note))


def status_called(text: str) -> str:
    """The code of OBS_STATUS for what a text calls values: P, F, E; "" for none."""
    return next((status for words, status in _CALLED if words.search(text)), "")


def is_of_one_year(text: str) -> bool:
    """Whether a title gives such a word for one of its years only (2013年为初步数)."""
    clauses = re.split(r"[,，。;；、()（）]", text)
    return len(clauses) > 1 and any(
        status_called(clause) and re.search(r"\d{4}", clause) for clause in clauses
    )


def is_wanted(text: str) -> bool:
    """Whether a text is about plans or targets instead of counted values."""
    return bool(_WANTED.search(text))
