"""Words around a number: about, more than, rose by, 不足, 以上, 下降, 的降幅.

A comparison word is directly before or after the number and its unit. A direction is
named by a verb or noun of change before it or a noun after it; after "to", 到 or 至 the
number is a level and has no direction.
"""

import re

from swot.checking.verdicts import Comparison

_BEFORE_ZH = {
    Comparison.AT_MOST: "不超过 不超出 不高于 不多于 不大于 不逾 至多 最多 顶多 封顶 ≤",
    Comparison.AT_LEAST: "不低于 不少于 不小于 不下 不下于 至少 最少 起码 最低 ≥",
    Comparison.LESS_THAN: "不足 不到 不满 低于 少于 小于 未满 未达 未到 未超过 < ＜",
    Comparison.MORE_THAN: "不止 何止 超过 超出 超 逾 多于 高于 大于 突破 越过 过 破 "
    "超越 > ＞",
    Comparison.NEARLY: "将近 接近 近 逼近",
    Comparison.ABOUT: "大约为 约为 大约 约占 约合 大概 左右约 约 大致 差不多 ～ ~ ≈",
    Comparison.EXACTLY: "恰好 正好 刚好 恰为 整整",
}
_AFTER_ZH = {
    Comparison.AT_LEAST: "及以上 以上 或以上 或更多",
    Comparison.AT_MOST: "及以下 以下 以内 之内 或以下 封顶",
    Comparison.LESS_THAN: "不到 不足",
    Comparison.ABOUT: "左右 上下 前后",
    Comparison.MORE_THAN: "有余 出头 开外 多 余 (?<=成)强 (?<=之[一二三四五])强",
    Comparison.NEARLY: "(?<=成)弱 (?<=之[一二三四五])弱",
}
_BEFORE_EN = {
    Comparison.AT_MOST: "at most|not more than|no more than|not over|no higher than|"
    "not exceeding|a maximum of|up to|at the most|as much as|as many as|≤",
    Comparison.AT_LEAST: "at least|no less than|no fewer than|not less than|"
    "not fewer than|a minimum of|no lower than|not below|as little as|as few as|≥",
    Comparison.LESS_THAN: "less than|fewer than|lower than|smaller than|under|below|"
    "short of|not even|<",
    Comparison.MORE_THAN: "more than|over|above|exceeding|exceeded|exceeds|exceed|"
    "in excess of|upwards of|greater than|higher than|larger than|beyond|topping|"
    "topped|surpassing|surpassed|passed|just over|well over|slightly over|"
    "slightly more than|a little over|a little more than|north of|>",
    Comparison.NEARLY: "just under|nearly|almost|close to|just short of|approaching|"
    "just shy of|shy of|not quite|just below|slightly under|slightly less than|"
    "nearing|a little under|a little less than",
    Comparison.ABOUT: "about|around|approximately|roughly|some|circa|c\\.|ca\\.|"
    "approx\\.?|an estimated|in the region of|in the order of|~|≈",
    Comparison.EXACTLY: "exactly|precisely",
}
_AFTER_EN = {
    Comparison.AT_LEAST: "or more|and more|or above|and above|or over|and over|"
    "at least",
    Comparison.AT_MOST: "or less|or fewer|or below|and below|at most|or under",
    Comparison.ABOUT: "or so|or thereabouts|approximately|roughly",
    Comparison.MORE_THAN: "plus(?! \\d)|-plus|-odd",
}


# A number may have quotation marks or brackets of its own.
_OPENING = r"[“‘「『（(\"']"
_RISING, _FALLING = "↑▲△↗⬆", "↓▼▽↘⬇"


def _pattern(
    words: dict[Comparison, str], separator: str, head: str = "", tail: str = ""
) -> re.Pattern[str]:
    groups = "|".join(
        f"(?P<{comparison}>{'|'.join(sorted(names.split(separator), key=len)[::-1])})"
        for comparison, names in words.items()
    )
    return re.compile(f"{head}(?:{groups})(?:{tail})", re.IGNORECASE)


_FIND_BEFORE_ZH = _pattern(_BEFORE_ZH, " ", tail=rf"(?:了|到)?[ \t]?{_OPENING}*\Z")
_FIND_BEFORE_EN = _pattern(
    _BEFORE_EN,
    "|",
    head=r"(?<![A-Za-z])",
    tail=rf"[ \t\u00a0]*(?:an? |the )?{_OPENING}*\Z",
)
_FIND_AFTER_ZH = _pattern(
    _AFTER_ZH, " ", head=r"[ \t]?", tail=r"(?![一二三四五六七八九])"
)
_FIND_AFTER_EN = _pattern(_AFTER_EN, "|", head=r"(?:[ \t]|(?=-))", tail=r"(?![A-Za-z])")
_PLUS = re.compile(r"\+(?!\d)|＋")
# 过 and 破 end other words; 超 and 近 begin them.
_NOT_ZH = re.compile(
    r"(?:经过|通过|不过|超过了?不|走过|度过|历经过|附近|最近|新近|打破|经约|节约|条约|契约|"
    r"合约|预约|最近的|制约|违约|再过|只不过|比近)[ \t]?\Z"
)
_NOT_EN = re.compile(
    r"(?:all|come|came|spread|turned|moved|handed|taken|took|years|"
    r"months|decades|more|what is|what's) over\s\Z|not about\s\Z",
    re.IGNORECASE,
)

# Verbs and nouns of change in Chinese; 到 and 至 after them make the number a level.
_UP_ZH = (
    "增长 增加 少减 多增 升值 增幅 增速 增收 增产 新增 增 上升 上涨 提高 提升 扩大 "
    "升高 升 涨幅 涨 高出 多出 高 快 多 扩 增高 攀升 跃升 拉高 提速 加快 超出"
    " 上扬 上行 上浮 上调 上修 走高 走强 回升 反弹 扩张 飙升"
).split()
_DOWN_ZH = (
    "下降 减少 少增 多减 贬值 降低 下跌 回落 下滑 缩减 萎缩 收窄 缩小 降幅 跌幅 跌 降 "
    "减 少 低 下调 减幅 放缓 缩短 压缩 压减 削减 滑落 慢 流失 降速"
    " 跌去 缩水 下挫 减收 减产 下行 下探 下修 下浮 回调 回撤 走低 走弱 收缩 衰退 倒退 "
    "折损"
).split()
_CHANGE_ZH = re.compile(
    rf"(?P<word>{'|'.join(sorted(_UP_ZH + _DOWN_ZH, key=len, reverse=True))})"
    r"(?P<link>(?:了|幅度|幅|约|近|超过|超|逾|达到?|高达|为|仅为?|依次为|分别为?|依次|均为?|"
    r"是|在|：|:|只有|不到|不足|再|又|速度?|率|一共|大约|将近|累计|\s|各|或|就|都|竟|[“‘「『（(\"'])*)\Z"
)
_BOUND_OF_CHANGE_ZH = re.compile(
    rf"(?:(?P<{Comparison.AT_LEAST}>至少|最少|起码)|(?P<{Comparison.AT_MOST}>至多|最多|顶多))"
    r"(?:会|将|可|能|要|应|也|再|又|同比|环比|年均|平均|每年|比上年|较上年)*\Z"
)
_NOUNS = re.compile(r"[幅速]\Z")
_MEASURED = re.compile(r"率|幅|速度")
_NOT_CHANGE_ZH = re.compile(
    r"(?:最|至|不|很|许|更|众|较|太|缺|极|所|差不|大|诸|几|其|已|繁|新|国|偏|提)(?:多|少|高|低|快|慢)\Z|"
    r"(?:减免|加快|跨)\Z"
)
# The size of a change, however it got there: 降幅收窄至2.1%, 增幅达到8%.
_SIZE_ZH = re.compile(
    r"(?:(?P<down>[降跌减]幅)|(?P<up>[增涨升]幅))(?:进一步|明显|也|已|又|再)?"
    r"(?:扩大|收窄|缩小|回落|上升|提高|放缓|扩|降低?)?了?(?:达到?|高达|[至到为约近超逾])*\Z"
)
# Points above or below something named in between: 低于预期0.5个百分点.
_APART_ZH = re.compile(
    r"(?:(?P<up>高于|高出|超过|快于|好于|领先)|(?P<down>低于|慢于|落后|不及))"
    r"[^，。；、：]{1,16}\Z"
)
_BEHIND_ZH = re.compile(
    r"(?:以上|左右|以内)?的?(?:同比|年均|平均|年|高)?"
    r"(?:(?P<down>降幅|跌幅|减幅|下降|跌|负增长|降低|减少|回落)"
    r"|(?P<up>增幅|增长|增速|涨幅|升幅|增量|提升|上升|上涨))"
)
_LINK_BEHIND_ZH = re.compile(r"(?:以上|左右)?的")
_NEGATIVE = re.compile(
    r"负增长(?:约|近|超过|了|为|达)?\s?\Z|\bnegative (?:\w+ )?growth(?: rate)?"
    r"(?: of| at| by)?(?: about| around| nearly| some)? ?\Z",
    re.IGNORECASE,
)

_UP_EN = (
    "rose|risen|rise|rises|rising|grew|grown|grow|grows|growing|growth|increased|"
    "increase|increases|increasing|climbed|climb|climbing|jumped|jump|jumping|surged|"
    "surge|surging|gained|gain|gains|expanded|expand|expansion|higher|added|adds|"
    r"(?<!made )(?<!make )(?<!makes )(?<!making )(?<!took )(?<!taking )up|"
    "adding|soared|widened|advanced|raised|accelerated|increment|improved|leapt|upturn|appreciated|strengthened|swelled|rocketed|ballooned|"
    "lifted|boosted|hiked|rebounded|rebound|recovered|spiked|bounced back"
)
_DOWN_EN = (
    "fell|fallen|fall|falls|falling|dropped|drop|drops|dropping|declined|decline|"
    "declines|declining|decreased|decrease|decreases|decreasing|shrank|shrunk|shrink|"
    "shrinking|slid|slipped|down|lower|lost|loss|losing|reduced|reduction|reducing|cut|"
    "cuts|contracted|contraction|plunged|plunge|tumbled|narrowed|sank|slumped|slump|dip|"
    "dipped|fewer|less|downturn|shed|eased|easing|cooled|softened|"
    "contracting|depreciated|weakened|dwindled|decelerated|trimmed|slashed|lowered|"
    "pared|retreated|retreat|plummeted|plummet|crashed|collapsed|collapse|receded|dived|"
    "dove|nosedived|curtailed|diminished|subsided|slide|tumble|shrinkage|worsened"
)
_LINK_EN = (
    r"(?:[ \t]+(?:by|of|at|a|an|the|about|around|only|just|some|nearly|almost|over|"
    r"more|than|further|another|roughly|approximately|less|under|respectively|sharply|"
    r"slightly|year|on|yearly|annual|annually|was|were|is|rate|averaged|average|least|"
    r"most|up|well|no|not|off|back|full|whole|mere|massive|record|whopping|staggering|"
    r"robust|solid|modest|cumulative|combined|net|fewer|between|strongly|again|steadily|in|total|exports|"
    r"imports|trade|sales|volume|value)|[ \t]*[(:“‘\"'])*[ \t]*"
)
_CHANGE_EN = re.compile(
    rf"(?<![A-Za-z-])(?:(?P<up>{_UP_EN})|(?P<down>{_DOWN_EN}))(?P<link>{_LINK_EN})\Z",
    re.IGNORECASE,
)
# Reduced tariffs by 5 points; fell steeply, by 5%. The last verb counts.
_CHANGE_BY_EN = re.compile(
    rf".*(?<![A-Za-z-])(?:(?P<up>{_UP_EN})|(?P<down>{_DOWN_EN}))"
    rf"(?:,? [A-Za-z'’-]+){{0,4}},? by{_LINK_EN}\Z",
    re.IGNORECASE | re.DOTALL,
)
# As in Chinese: the decline narrowed to 2.1%, the rise reached 8%.
_SIZE_EN = re.compile(
    r"\b(?:(?P<down>decline|fall|drop|contraction|decrease)|(?P<up>increase|rise|gain))"
    r"(?: in [a-z ]{1,16})? (?:widened|narrowed|slowed|eased|accelerated|deepened|"
    r"moderated|shrank|grew|reached|hit)(?: further)?(?: to)?"
    r"(?: about| around| nearly| over| just)?\s*\Z",
    re.IGNORECASE,
)
_BEHIND_EN = re.compile(
    r"[ \t-]+(?:(?:year[- ]on[- ]year|annual|yearly|or more|or so|real|nominal|sharp|"
    r"further|average|steep|net|rate of)[ \t-]+)*"
    r"(?:(?P<down>decrease|drop|fall|decline|reduction|cut|contraction|lower|less|fewer|"
    r"down|loss|slump|shrinkage|smaller|slower|dip|below|weaker|cheaper|worse|shorter|"
    r"behind|shortfall|slide|plunge|tumble|slowdown|setback|dive|collapse|retreat|under)"
    r"|(?P<up>increase|rise|growth|gain|expansion|higher|"
    r"more(?! than (?:\d|[$€£¥]|an? (?!year|month|quarter)|half|one|two|three))|up|"
    r"jump|surge|larger|faster|above|hike|greater|stronger|dearer|"
    r"better|longer|ahead))\b(?! to \d)",
    re.IGNORECASE,
)
_TO_EN = re.compile(
    r"\bto(?: (?:a|an|the|record|some|about|around|nearly|over))*\s*\Z", re.IGNORECASE
)
_UP, _DOWN = set(_UP_ZH), set(_DOWN_ZH)


def comparison_before(
    text: str, position: int, is_chinese: bool
) -> tuple[Comparison, int] | None:
    """The comparison word that ends here and where it starts, or None."""
    window = max(position - 26, 0)
    part = text[window:position]
    is_other = _NOT_ZH if is_chinese else _NOT_EN
    if is_other.search(part):
        return None
    match = (_FIND_BEFORE_ZH if is_chinese else _FIND_BEFORE_EN).search(part)
    if match is None:
        return None
    return Comparison(match.lastgroup or ""), window + match.start()


def comparison_after(
    text: str, position: int, is_chinese: bool
) -> tuple[Comparison, int] | None:
    """The comparison word that starts here and where it ends, or None."""
    if match := _PLUS.match(text, position):
        return Comparison.AT_LEAST, match.end()
    pattern = _FIND_AFTER_ZH if is_chinese else _FIND_AFTER_EN
    match = pattern.match(text, position)
    return None if match is None else (Comparison(match.lastgroup or ""), match.end())


def bound_of_change(text: str, first: int) -> Comparison | None:
    """The bound that stands before a verb of change in Chinese: 至少增长5%."""
    before = text[max(first - 24, 0) : first]
    change = _CHANGE_ZH.search(before)
    bound = change and _BOUND_OF_CHANGE_ZH.search(before, 0, change.start())
    return Comparison(bound.lastgroup or "") if bound else None


def direction(text: str, first: int, last: int, is_chinese: bool) -> int:
    """1, -1 or 0 for the phrase from `first` to `last`."""
    beside = text[max(first - 1, 0) : first] + text[last : last + 1]
    if any(sign in _RISING + _FALLING for sign in beside):
        return -1 if any(sign in _FALLING for sign in beside) else 1
    if is_chinese:
        return _direction_zh(text, first, last)
    return _direction_en(text, first, last)


def is_negative_growth(text: str, first: int) -> bool:
    """Whether 负增长 or "negative growth of" stands before: a growth below zero."""
    return bool(_NEGATIVE.search(text[max(first - 44, 0) : first]))


def _direction_zh(text: str, first: int, last: int) -> int:
    before = text[max(first - 14, 0) : first]
    if size := _SIZE_ZH.search(before):
        return 1 if size["up"] else -1
    match = _CHANGE_ZH.search(before)
    if match and _is_change_zh(match, text[first:last]):
        return 1 if match["word"] in _UP else -1
    if (behind := _BEHIND_ZH.match(text, last)) and _is_linked_zh(behind, text, last):
        return 1 if behind["up"] else -1
    if text.endswith("百分点", 0, last) and (apart := _APART_ZH.search(before)):
        return 1 if apart["up"] else -1
    return 0


def _is_change_zh(match: re.Match[str], phrase: str) -> bool:
    """Whether a word such as 增长 or 高 before a phrase says that something changed by
    it, and not that it came to it (增至) or is so high."""
    word, link = match["word"], match["link"]
    if re.search(r"到|至", link):
        return False
    if re.search(r"为|是|在", link):
        if not _NOUNS.search(word) and not _MEASURED.match(link):
            return False
    if len(word) > 1:
        return True
    if _NOT_CHANGE_ZH.search(match.string[: match.end("word")]):
        return False
    # 高1.2米 is a height.
    is_height = word == "高" and phrase.endswith("米")
    return not is_height and not (word in "多高" and link.startswith("达"))


def _is_linked_zh(behind: re.Match[str], text: str, last: int) -> bool:
    """Whether 的增幅 or 增速 behind a phrase is of that phrase."""
    is_noun = behind["up"] in ("增幅", "增速", "涨幅")
    is_noun = is_noun or behind["down"] in ("降幅", "跌幅")
    return is_noun or bool(_LINK_BEHIND_ZH.match(text, last))


def _direction_en(text: str, first: int, last: int) -> int:
    behind = _BEHIND_EN.match(text, last)
    if behind:
        return 1 if behind["up"] else -1
    before = text[max(first - 44, 0) : first]
    if size := _SIZE_EN.search(before):
        return 1 if size["up"] else -1
    # To fall short of a goal by 5% is not to fall by 5%.
    if _TO_EN.search(before) or text.startswith("short", first):
        return 0
    match = _CHANGE_EN.search(before)
    if match is None and " by" in before:
        match = _CHANGE_BY_EN.match(before)
    if match is None:
        return 0
    return 1 if match["up"] else -1
