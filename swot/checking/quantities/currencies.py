"""Currencies as texts name them: signs, ISO codes, letters and words."""

import re

# The ISO codes that texts on trade print beside amounts.
CODES = (
    "CNY RMB USD EUR GBP JPY HKD CAD AUD NZD CHF SGD KRW TWD MOP RUB INR THB VND MYR "
    "IDR PHP AED SAR QAR KWD ILS TRY ZAR BRL MXN ARS CLP COP PEN EGP KES NGN MMK KZT "
    "UAH PLN CZK HUF RON SEK NOK DKK LAK KHR BDT PKR LKR NPR CNH"
).split()
# ISO 4217 for "no currency": money of which only the name of the coin is known.
UNKNOWN = "XXX"
SAME = {"RMB": "CNY", "CNH": "CNY"}
CODE = "|".join(CODES)
SYMBOLS = {
    "US$": "USD",
    "HK$": "HKD",
    "NT$": "TWD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "S$": "SGD",
    "R$": "BRL",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "CNY",
    "￥": "CNY",
    "₩": "KRW",
    "₹": "INR",
    "₽": "RUB",
    "฿": "THB",
    "₫": "VND",
}
# Letters that the press prints before an amount.
LETTERS = {
    "Rs": "INR",
    "RM": "MYR",
    "Rp": "IDR",
    "SFr": "CHF",
    "Fr": "CHF",
    "SKr": "SEK",
    "NKr": "NOK",
    "DKr": "DKK",
    "Rbs": "RUB",
}
MONEY_ZH = {
    "CNY": "元人民币 人民币元 人民币 块钱 元 圆",
    "USD": "美元 美金 元美元 元美金 美刀 刀",
    "EUR": "欧元 欧",
    "GBP": "英镑 镑",
    "JPY": "日元 日圆 元日元",
    "HKD": "港元 港币 港圆 元港币 元港元",
    "AUD": "澳元 澳大利亚元 澳币",
    "CAD": "加元 加拿大元 加币",
    "NZD": "新西兰元 纽元",
    "SGD": "新加坡元 新元 坡币",
    "TWD": "新台币 台币 新台币元 元新台币 元台币",
    "MOP": "澳门元 澳门币 元澳门币",
    "CHF": "瑞士法郎 瑞郎",
    "KRW": "韩元 韩币",
    "RUB": "卢布",
    "INR": "印度卢比 卢比",
    "PKR": "巴基斯坦卢比",
    "THB": "泰铢",
    "VND": "越南盾 越盾",
    "MYR": "林吉特 马币",
    "IDR": "印尼盾",
    "MMK": "缅元 缅币",
    "AED": "迪拉姆",
    "SAR": "沙特里亚尔 里亚尔",
    "BRL": "雷亚尔",
    "ZAR": "兰特",
    "KZT": "坚戈",
    "MXN": "墨西哥比索",
    "PHP": "菲律宾比索 比索",
    UNKNOWN: "克朗 法郎 第纳尔 先令 里拉 福林 兹罗提 索姆 苏姆 奈拉 塔卡 马克 列弗 "
    "列伊 格里夫纳 谢克尔",
}
MONEY_EN = {
    "CNY": "chinese yuan|yuan|renminbi",
    "USD": "us dollars?|u\\.s\\. dollars?|american dollars?|dollars?|bucks|greenbacks?",
    "EUR": "euros?",
    "GBP": "pounds? sterling|british pounds?|pounds?|sterling|quid",
    "JPY": "japanese yen|yen",
    "HKD": "hong kong dollars?",
    "AUD": "australian dollars?",
    "CAD": "canadian dollars?",
    "NZD": "new zealand dollars?",
    "SGD": "singapore dollars?",
    "TWD": "(?:new )?taiwan dollars?",
    "MOP": "macau patacas?|patacas?",
    "CHF": "swiss francs?",
    "KRW": "(?:south )?korean won|won(?! by\\b)",
    "RUB": "(?:russian )?rou?bles?",
    "INR": "indian rupees?|rupees?",
    "THB": "(?:thai )?baht",
    "VND": "(?:vietnamese )?dong",
    "MYR": "(?:malaysian )?ringgit",
    "IDR": "(?:indonesian )?rupiah",
    "MMK": "(?:burmese |myanmar )?kyats?",
    "AED": "dirhams?",
    "BRL": "reais|real(?=s\\b)",
    "KZT": "tenge",
    "ZAR": "(?:south african )?rands?",
    UNKNOWN: "(?:[a-z]+(?:ish|an|ch|i|ine) )?(?:kron(?:a|e|or|er|ur)|francs?|"
    "dinars?|pesos?|liras?|lire|zlot(?:ys?|ies)|forints?|shillings?|nairas?|hryvnias?|shekels?|riyals?|rials?|"
    "takas?|korunas?)|deutsche? ?marks?",
}

# Names before an amount that overrule the 元 after it: 港币5000万元.
_NAMED_BEFORE = {
    name: code
    for code, names in MONEY_ZH.items()
    if code != "CNY"
    for name in names.split()
}
_BEFORE = re.compile(
    r"(?:(?P<sign>"
    + "|".join(sorted(map(re.escape, SYMBOLS), key=len, reverse=True))
    + r")|(?<![A-Za-z])(?P<letters>"
    + "|".join(sorted(LETTERS, key=len, reverse=True))
    + rf")\.?|(?<![A-Za-z])(?P<code>{CODE})|(?P<rmb>人民币|(?<![A-Za-z])[Rr]mb|"
    # "3bn yuan 5 firms" names the currency of the first.
    + r"(?<![A-Za-z])(?<![\d,.] )(?<!bn )(?<!tn )(?<!rn )(?<!llion )[Yy]uan)|"
    + r"(?P<name>"
    + "|".join(sorted(_NAMED_BEFORE, key=len, reverse=True))
    + r"))[ \t\u00a0]?\Z"
)


def code_before(text: str, position: int) -> tuple[str, int] | None:
    """The ISO code of the currency whose name ends here, and where the name starts."""
    match = _BEFORE.search(text, max(position - 8, 0), position)
    if match is None:
        return None
    if match["sign"]:
        return SYMBOLS[match["sign"]], match.start()
    if match["letters"]:
        return LETTERS[match["letters"]], match.start()
    code = match["code"] or _NAMED_BEFORE.get(match["name"], "CNY")
    return SAME.get(code, code), match.start()
