"""Words that must not be broken across lines; the text itself stays searchable.

Browsers break Chinese between any two characters, dates among them, English compounds
after each hyphen, and Fig. 2 at its space. A word that has to stay whole is put into an
element that keeps it so (`.whole` in the style sheet); copying and searching see the
same characters as before.
"""

import re

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

# Of what this site is about; longer words are found before those they begin with.
CHINESE_WORDS = """
跨境电商 跨境电子商务 电子商务 电商 跨境 综合试验区 综试区 试验区 海外仓 保税区
渗透率 货物贸易 对外贸易 贸易 外贸 进出口 进口 出口 总额 规模 发展 增长 增速 增幅
增加额 占比 比重 贵州省 贵州 贵阳市 贵阳 遵义 铜仁 中国 全国 我国 全省 国务院 办公厅
人民政府 海关总署 海关 商务部 统计局 财政部 意见 通知 公告 批复 方案 规划 办法 规定
措施 政策 文件 论文 研究 分析 优势 劣势 机会 威胁 建议 论断 数据 数值 指标 来源 图表
平台 企业 产业 产品 品牌 人才 市场 物流 运输 铁路 公路 航空 水路 货运量 货运 冷链
快递 仓库 零售 监管 试点 清单 税收 税率 服务 建设 创新 开放 合作 经济 社会 疫情
基础设施 基础 竞争 环境 模式 业态 供应链 数字 信息 技术 推动 推进 促进 加快 加强
完善 支持 实施 设立 同意 关于 印发 进一步 高质量 年度 季度 首次
""".split()
# As in the charts' `wrapped`: no line is narrower than this.
LONGEST = 24

_WORDS = "|".join(sorted(CHINESE_WORDS, key=len, reverse=True))
_WHOLE = re.compile(
    rf"{_WORDS}|(?<![\w-])[A-Za-z]+(?:[-‐][A-Za-z]+)+(?![\w-])"
    r"|(?<![\w-])(?:19|20)\d\d[-–](?:19|20)?\d\d(?![\w-])"
    r"|\b(?:Fig|Sec)\. \d+(?:\.\d+)*|≈ \d[\d,]*(?:\.\d+)?"
    r"|(?<!\d)(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?"
)
ELEMENT = re.compile(r"""(<(?:[^>"']|"[^"]*"|'[^']*')*>|&[#\w]+;)""")


def unbroken(text) -> SafeString:
    """The text as HTML in which words of our subject and compounds stay whole.

    Text is escaped; what is HTML already is given back as it is.
    """
    if isinstance(text, SafeString):
        return text
    text = str(text)
    if not _WHOLE.search(text) or _WHOLE.fullmatch(text):
        return escape(text)
    pieces, end = [], 0
    for match in _WHOLE.finditer(text):
        if len(match[0]) > LONGEST:
            continue
        pieces.append((escape(text[end : match.start()]), _whole(match[0])))
        end = match.end()
    return format_html("{}{}", format_html_join("", "{}{}", pieces), text[end:])


def unbroken_html(html: str) -> SafeString:
    """The same for the words of HTML that is safe to show; its elements stay."""
    pieces = ELEMENT.split(html)
    # Text and elements alternate; the text is already escaped.
    pieces[::2] = [_WHOLE.sub(_keep_whole, words) for words in pieces[::2]]
    return SafeString("".join(pieces))


def _keep_whole(match):
    word = match[0]
    return word if len(word) > LONGEST else f'<span class="whole">{word}</span>'


def _whole(word):
    return format_html('<span class="whole">{}</span>', word)
