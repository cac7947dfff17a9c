"""Which amounts are not plain totals: rates, deficits, additions.

46家/年 counts firms by the year, 逆差5亿元 lies below zero, 新增46家 were added
and 关停46家 closed. Each keeps number and unit; what differs is the value it can be
compared with.
"""

import re

from .model import NO_UNIT, Quantity
from .qualifiers import direction
from .units import COUNT, unit_after

RATE, DEFICIT, ADDITION, REMOVAL = "rate", "deficit", "addition", "removal"
# A bare number followed by something other than money: 10.5亿份额.
COUNTED = "counted"
# A change whose words leave open whether it is more or less: of a deficit, or 蒸发5%.
UNCLEAR = "unclear"

_TIME_ZH = r"(?:年|月|周|星期|日|天|季度?|小时)"
_TIME_EN = r"(?:year|month|week|day|quarter|hour)"
# Per hundred households, per 10,000 inhabitants: not an amount at all, not even of
# money.
_PER_MANY_ZH = (
    re.compile(
        r"每[一两]?[\d,.]*[十百千万亿\d]+[^,.;:，。；、：\d十百千万亿]{1,6}"
        r"(?:中|里)?,?[^,.;:，。；、：\d]{0,6}\Z"
    ),
    re.compile(r"[ (]?(?:/|每)\s?[一两]?[\d十百千万亿]+[^\s\d，。]"),
)
_PER_MANY_EN = (
    re.compile(
        r"\b(?:per|(?:of|for|in|out of) every) (?:\d[\d,]*|(?:one |ten |a )?hundred|"
        r"(?:one |ten |a )?thousand|(?:one |a )?million)\b[^.;\d]{0,24}\Z",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:[ -][a-z-]+){0,2}[ -](?:per|(?:of|for|out of) (?:every|each))"
        r"[ -](?:\d|(?:one |ten |a )?(?:hundred|thousand|million)\b)",
        re.IGNORECASE,
    ),
)
_RATE_ZH = (
    re.compile(
        rf"(?:(?:每|(?<![一二三四五六七八九十百千])一){_TIME_ZH}(?!一[度次届])|一个月|"
        r"[年月周日季人户]均)[^,.;:，。；、：\d]{0,8}\Z"
    ),
    re.compile(rf"[ (]?(?:每{_TIME_ZH}|[年月周日]均)|\s?/\s?(?=[A-Za-z\u4e00-\u9fff])"),
)
_RATE_EN = (
    re.compile(
        rf"\b(?:each|every|per) {_TIME_EN},?[^,.;:\d]{{0,24}}\Z"
        r"|\b(?:annually|yearly|monthly|daily),? (?:about |some |around )?\Z"
        r"|\b(?:annual|yearly|monthly|weekly|daily|quarterly) (?:average|rate|pace)"
        r" of(?: about| around| some| nearly| over)? ?\Z",
        re.IGNORECASE,
    ),
    re.compile(
        r"\s?/\s?(?=[a-z])|(?:[ -][a-z-]+){0,3} (?:per (?!cent\b)|"
        r"(?:annually|yearly|p\.a\.|(?:monthly|weekly|daily)(?=\W|\Z)(?! [a-z]))|"
        rf"(?:for )?(?:each|every) (?:{_TIME_EN}|one|of)\b)"
        r"|(?: (?!(?:in|within|over|for|after|of|than|from|to|by|during|about|half|on|"
        rf"once|twice)\b)[a-z-]+){{0,3}} an? {_TIME_EN}\b"
        r"(?! (?:earlier|ago|before|later|after|on|previously|since|in advance)\b)",
        re.IGNORECASE,
    ),
)
_LINK_ZH = (
    r"(?:额|总额|规模|(?:进一步)?(?:扩大|收窄|缩小|增加|减少|增|减)[至到]|了|约|近|将近|"
    r"超过|超|逾|达到?|高达|共|合计|累计|为|是|仅|：|:|\s)*\Z"
)
_DEFICIT_ZH = (
    re.compile(rf"(?:逆差|赤字|亏损|净亏|亏|净流出|入超){_LINK_ZH}"),
    re.compile(r"的?(?:净|贸易|经常账户|财政|服务|货物)?(?:逆差|赤字|亏损|净流出)"),
)
_DEFICIT_EN = (
    re.compile(
        r"\b(?:deficits?|loss(?:es)?|net outflows?|shortfalls?|in the red(?: by)?)"
        r"(?: (?:of|was|were|is|at|reached|hit|totalled|totaled|stood|came|to|about|"
        r"around|some|nearly|over|an?|the|widened|narrowed|grew|rose|fell|swelled|shrank|"
        r"widening|narrowing|more than|less than))* ?\Z",
        re.IGNORECASE,
    ),
    re.compile(
        r"[ -](?:(?:net|trade|current[- ]account|budget|fiscal|services|goods|annual)"
        r"[ -])*(?:deficit|loss|net outflow)\b",
        re.IGNORECASE,
    ),
)
_OF_DEFICIT = {
    True: re.compile(r"(?:逆差|赤字|亏损|[减增扭]亏)[^,.;:，。；、：\d]{0,10}\Z"),
    False: re.compile(r"\b(?:deficits?|losses)\b[^,.;:\d]{0,24}\Z", re.IGNORECASE),
}
_REDUCED = re.compile(r"[减增扭]亏(?:了|约|近|超过|达到?)*\s?\Z")
_ADDITION_ZH = (
    re.compile(
        r"(?:新增|净增|再增|又增|新添|再添|又添|增添|增设|增列|另有|另外|另|又有|还有|再有|额外|"
        r"扩容|增加的|(?:新增(?!长)|净增|新引进|新设立?|新建|新注册|新成立|新批准?)"
        r"[^,.;:，。；、：\d到至总共后]{1,8}|"
        r"新(?:近|近期)?(?:设立?|建|成立|注册|登记|批准?|开设?|办|引进|吸引|入驻))"
        r"(?:加|长|了|约|近|超过|逾|达到?|共|为|\s)*\Z"
    ),
    re.compile(r"的?新(?:增|设|建|成立|注册|登记|企业|公司|商户)"),
)
_ADDITION_EN = (
    re.compile(
        r"\b(?:another|additional|further|extra)"
        r"(?: (?:some|about|around|nearly|over|almost))?\s+\Z",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?: (?:was|were|are|have been|had been))? (?:newly )?added\b|"
        r"[ -](?:more|additional|new|newly|further|extra|other)\b(?! than)",
        re.IGNORECASE,
    ),
)
_LINKS_ZH = r"(?:加|长|了|约|近|超过|逾|达到?|共|为|\s)*\Z"
_REMOVAL_ZH = (
    re.compile(
        r"(?:关停|关闭|关店|注销|吊销|裁撤|裁减|裁员|撤销|撤并|取消|清退|淘汰|倒闭|停业|歇业|"
        r"停运|停产|退出|退市|迁出|流失|减员|下岗|拆除|失去|摘牌|清零|清出|剔除)"
        rf"(?:[^,.;:，。；、：\d到至总共后]{{1,6}})?{_LINKS_ZH}"
    ),
    re.compile(
        r"[^,.;:，。；、：\d]{0,6}(?:被?(?:关停|关闭|注销|吊销|撤销|取消|清退|淘汰)|倒闭|停业|"
        r"歇业|停运|停产|退市|迁出|流失|关门)"
    ),
)
_GONE = (
    r"(?:closed|shut(?: down)?|shuttered|scrapped|cancell?ed|laid off|dismissed|"
    r"revoked|withdrew|withdrawn|abolished|removed|deregistered|wound up|dissolved|"
    r"eliminated|discontinued)"
)
_REMOVAL_EN = (
    re.compile(
        rf"\b{_GONE}(?: (?:some|about|around|nearly|over|almost|a total of))?\s+\Z",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?: [a-z-]+){0,2} (?:(?:was|were|are|have|had|been|being) )*"
        rf"(?:{_GONE}|went (?:bankrupt|bust|under)|left)\b",
        re.IGNORECASE,
    ),
)
# What may follow a bare amount of money; other words name what is counted.
_AFTER_AMOUNT_ZH = re.compile(
    r"\Z|[^\u4e00-\u9fff]|[的以左上下多余和与至到及同环比增减升降提下涨跌扩缩占为是高低其达在较"
    r"由从大规水]|元|人民币|货币"
)
_QUOTED = re.compile(r"\s?[“‘「『\"'](?=[^\W\d])")
_FUNCTION_EN = (
    "in|of|from|to|for|by|and|or|the|an?|at|on|as|but|that|which|is|was|were|are|will|"
    "has|had|have|up|down|more|less|this|last|next|per|with|than|while|when|into|over|"
    "under|after|before|since|during|its|their|it|they|we|only|worth|through|via|between|"
    "against|compared|above|below|each|every|respectively|annually|yearly|also|then|"
    "respective|where|because|if|not|despite|due|within|around|about"
)
_COUNTED_EN = re.compile(
    rf"(?: (?!(?:{_FUNCTION_EN})\b)[a-z-]+){{0,2}} (?!(?:{_FUNCTION_EN})\b)"
    r"(?!(?:sales|exports|imports|goods|means|earnings|overseas|plus|versus|"
    r"towards|besides|across|previous|perhaps|whereas|others|terms|always|(?:ris|fall|mak|"
    r"cover|includ|represent|exceed|equal|remain|reach|show|account)e?s)\b)"
    r"(?:[a-z-]{2,}(?<!s)(?<!u)s(?<!ss)|people|staff|freight|cargo)\b",
    re.IGNORECASE,
)
_NO_CHANGE_EN = (
    "reached|averaged|recorded|registered|posted|totall?ed|estimated|exceeded|remained|"
    "stayed|showed|achieved|called|published|reported|attained|need|indeed|expected|"
    "compared|targeted|planned|contributed|provided|supplied|covered|handled|produced|"
    "owned|generated|captured|represented|comprised|constituted|formed|received|absorbed|"
    "used|included|delivered|yielded|earned|charged|levied|levelled|imposed|promised|"
    "equall?ed|matched|measured|numbered|carried|employed|hosted|transported|shipped|"
    "occupied|offered|paid|reserved|funded|financed|accounted|passed|processed|housed|"
    "collected|taxed|granted|served|hauled"
)
# Verbs ending in these with 了 state a level: 贡献了5%.
_WITH_LE = "[占达到至为有现成过献供引盖担造得用住持]"
# Verbs of change that name no direction, or one that is not known here: 蒸发了5%.
_UNKNOWN_CHANGE = {
    True: re.compile(
        rf"(?:(?:(?<!{_WITH_LE})了|蒸发|损失|亏损|损耗|消退|跳水|崩盘|"
        r"[变波浮]动|[减缩降跌贬][价值量温息税薪产额率员]|[挫滑掉退缩失削砍折抹吐崩坠]去?)"
        r"(?:大约|约|近|将近|超过|逾)?\s?|[一-龥]{2}去(?:约|近)?)\Z"
    ),
    False: re.compile(
        r"(?:\ban? (?:[a-z]+ )?(?:hit|setback|blow|dent|rout|haircut|"
        r"correction|pullback|squeeze|erosion|adjustment) of"
        rf"|\b(?!(?:{_NO_CHANGE_EN})\b)[a-z]{{2,}}ed(?: by)?"
        r"|\b(?<!followed )(?:by|off|bled|gave (?:up|back)|moved|went))"
        r"(?: (?:about|around|some|nearly|almost|over|an?|roughly))?\s+\Z",
        re.IGNORECASE,
    ),
}
_RATES = {True: _RATE_ZH, False: _RATE_EN}
_MANY = {True: _PER_MANY_ZH, False: _PER_MANY_EN}
_DEFICITS = {True: _DEFICIT_ZH, False: _DEFICIT_EN}
_ADDITIONS = {True: _ADDITION_ZH, False: _ADDITION_EN}
_REMOVALS = {True: _REMOVAL_ZH, False: _REMOVAL_EN}
# What comes before a percentage that has neither risen nor fallen: a noun of measure,
# a place, a verb of being. Any other Chinese word may mean a change.
_NEUTRAL_ZH = re.compile(
    r"(?:\A|[^\u4e00-\u9fff]|[率度重额量值比例数价格费税口运输国省市区县州地部户人业企商家店品货物类项占"
    r"为是达到至有的计合和与及或共仅只作写在由按即如等后中里内外间前期年月日季各均分别系指者较幅这那献供盖担造得用路余予收取据]|"
    r"[高低多少快慢大小好差强弱]于|相当|"
    rf"{_WITH_LE}了|以上|以下|之上|之下)\Z"
)
_SOFTENED_ZH = re.compile(r"(?:大约|约|近|将近|超过|逾|\s)+\Z")
_Around = tuple[re.Pattern[str], re.Pattern[str]]


# What may separate a number from the word that gives its direction; after a comma
# an amount begins a new statement.
_PARTING = re.compile(r"(?:[\s“‘「『（(\"'《…—–-]|\.{3}|\(by\))+\Z")
_PARTING_MORE = re.compile(r"(?:[\s“‘「『（(\"'《…—–,，、:：-]|\.{3}|\(by\))+\Z")
_LESS_BEHIND = re.compile(
    r"[\s”’」』）)\"'》]*[（(，,–—-]*\s*(?:an? )?(?:down|lower|fall|decline|drop|"
    r"decrease|下降|下跌|下滑|减少|降低|回落|[减降跌])\s*(?=[)）。；;.!！]|\Z)",
    re.IGNORECASE,
)


def sense_of(quantity: Quantity, text: str, is_chinese: bool) -> str:
    """RATE, DEFICIT, UNCLEAR, ADDITION, REMOVAL or COUNTED; "" for a plain amount.

    A percentage is unclear if its verb means a change but not which way.

    Money and measures by the year keep their unit (see `rates`): only counts are rates.
    """
    if _is_parted(quantity, text, is_chinese):
        return UNCLEAR
    if quantity.kind in ("percent", "points"):
        return _of_percentage(quantity, text, is_chinese)
    if quantity.kind:
        return ""
    is_count = quantity.unit in (COUNT, NO_UNIT)
    if _is_beside(_MANY[is_chinese], quantity, text):
        return RATE
    if is_count and _is_beside(_RATES[is_chinese], quantity, text):
        return RATE
    if quantity.currency or quantity.unit == NO_UNIT:
        if sense := _deficit(quantity, text, is_chinese):
            return sense
    is_more = quantity.direction > 0
    if is_more or _is_beside(_ADDITIONS[is_chinese], quantity, text):
        return ADDITION
    if is_count and _is_beside(_REMOVALS[is_chinese], quantity, text):
        return REMOVAL
    return COUNTED if _is_counted(quantity, text, is_chinese) else ""


def _is_counted(quantity: Quantity, text: str, is_chinese: bool) -> bool:
    if quantity.unit != NO_UNIT:
        return False
    quoted = _QUOTED.match(text, quantity.last)
    if quoted and unit_after(text, quoted.end(), is_chinese):
        return True
    if is_chinese:
        return not _AFTER_AMOUNT_ZH.match(text, quantity.last)
    return bool(_COUNTED_EN.match(text, quantity.last))


def _is_parted(quantity: Quantity, text: str, is_chinese: bool) -> bool:
    """Whether marks separate the number from a word that says it rose or fell."""
    if quantity.direction or quantity.value < 0:
        return False
    if _LESS_BEHIND.match(text, quantity.last):
        return True
    pattern = _PARTING_MORE if quantity.kind else _PARTING
    parting = pattern.search(text, max(quantity.first - 12, 0), quantity.first)
    if not parting or not parting[0].strip():
        return False
    return direction(text, parting.start(), quantity.last, is_chinese) != 0


def _of_percentage(quantity: Quantity, text: str, is_chinese: bool) -> str:
    if quantity.direction or quantity.is_level or quantity.value < 0:
        return ""
    before = text[max(quantity.first - 44, 0) : quantity.first]
    is_other = is_chinese and not _NEUTRAL_ZH.search(_SOFTENED_ZH.sub("", before))
    is_change = is_other or _UNKNOWN_CHANGE[is_chinese].search(before)
    return UNCLEAR if is_change else ""


def _deficit(quantity: Quantity, text: str, is_chinese: bool) -> str:
    before = text[max(quantity.first - 44, 0) : quantity.first]
    if _REDUCED.search(before):
        return UNCLEAR
    if _is_beside(_DEFICITS[is_chinese], quantity, text):
        return DEFICIT
    is_change = quantity.direction and _OF_DEFICIT[is_chinese].search(before)
    return UNCLEAR if is_change else ""


def _is_beside(around: _Around, quantity: Quantity, text: str) -> bool:
    """Whether words end where the phrase begins, or begin where it ends."""
    before, behind = around
    ahead = text[max(quantity.first - 44, 0) : quantity.first]
    return bool(before.search(ahead) or behind.match(text, quantity.last))
