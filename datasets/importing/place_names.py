"""The names under which offices print places: long, short, English, and codes.

The official names are those of the regions themselves (GB/T 2260); derived here are the
short forms used in yearbooks.
"""

import re

# Ethnic groups in the names of autonomous areas, as the areas spell them.
_NATIONALITIES = (
    "蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 "
    "侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 "
    "畲族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 "
    "仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 "
    "塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 "
    "京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 "
    "高山族"
).split()
# The autonomous prefectures of Xinjiang leave the last character out: 哈萨克自治州.
_NATIONALITIES += [name.removesuffix("族") for name in _NATIONALITIES if len(name) > 2]
_LONGEST_FIRST = sorted(_NATIONALITIES, key=len, reverse=True)
# The peoples that autonomous prefectures are named after.
_PEOPLES = dict(
    pair.split(":")
    for pair in (
        "彝:Yi 藏:Tibetan 羌:Qiang 苗:Miao 布依:Buyei 侗:Dong 哈尼:Hani 傣:Dai 白:Bai "
        "壮:Zhuang 景颇:Jingpo 傈僳:Lisu 回:Hui 蒙古:Mongol 土家:Tujia 朝鲜:Korean "
        "哈萨克:Kazakh 柯尔克孜:Kirgiz"
    ).split()
)
_ENDING = re.compile(r"(?:特别行政区|自治[区州]|地区|新区|[省市盟])\Z")
_ENGLISH_ENDING = re.compile(
    r"(?:,? (?:prov(?:ince|\.)?|municipality|city|prefecture|new area|s\.?a\.?r\.?"
    r"|special administrative region|[zhu]?\.?a\.?r\.?|zhuang|hui|uyg?h?ur|uighur"
    r"|autonomous region|(?:[a-z ]+ )?autonomous prefecture)"
    r"|, ?(?:p\.?r\.? ?)?china)\Z"
)
# Other names of places by their codes.
ALIASES = {
    "100000": "全国 中国 中华人民共和国 全国总计 全国合计 cn chn china prc p.r.china "
    "people'srepublicofchina thepeople'srepublicofchina mainlandchina nationaltotal "
    "nationwide wholecountry national china(mainland) mainlandofchina "
    "中国大陆 中国内地",
    "110000": "北京 beijing",
    "150000": "内蒙 内蒙古 innermongolia neimongol",
    "540000": "西藏 tibet xizang",
    "650000": "新疆",
    "710000": "台湾 台湾省 中国台湾 台湾地区 taiwan taiwan,china twn tw chinesetaipei "
    "taiwanprovinceofchina taiwan,provinceofchina taiwanprovince chinesetaiwan",
    "810000": "香港 香港特别行政区 香港特区 中国香港 hongkong hongkongsar hkg hk "
    "hongkong,china hongkongsar,china chinahongkong "
    "china,hongkongsar china,hongkong",
    "820000": "澳门 澳门特别行政区 中国澳门 macao macau macaosar mac mo "
    "macao,china macaosar,china chinamacao "
    "china,macaosar china,macao 澳门特区",
    # Names from other languages, also as pinyin writes their Chinese form.
    "141100": "luliang lvliang",
    "150100": "huhehaote huhhot",
    "150600": "eerduosi erdos",
    "150700": "hulunbeier",
    "150800": "bayannaoer bayannaur",
    "150900": "wulanchabu",
    "152200": "xingan",
    "152500": "xilinguole",
    "152900": "alashan",
    "230100": "haerbin",
    "232700": "daxinganling",
    "513200": "aba",
    "513300": "ganzi garzê",
    "540200": "rikaze xigaze xigazê",
    "540300": "changdu chamdo",
    "540400": "linzhi",
    "540600": "naqu",
    "542500": "ali",
    "632600": "guoluo",
    "650100": "wulumuqi ürümqi",
    "650200": "kelamayi",
    "650400": "tulufan",
    "652700": "boertala",
    "652800": "bayinguoleng",
    "652900": "akesu",
    "653000": "kezilesu",
    "653100": "kashi kaxgar",
    "653200": "hetian khotan",
    "654000": "yili",
    "654300": "aletai",
    "CN-GUIAN": "guian 贵安 guiannewarea",
    "CN-XIONGAN": "xiongan 雄安 xiongannewarea",
    "USA": "美国 us usa unitedstates unitedstatesofamerica",
}
_KINDS = ("country", "province", "city", "area", "district")


def short_name(name: str) -> str:
    """A Chinese name without its ending: 贵州省, 红河哈尼族彝族自治州."""
    short = _ENDING.sub("", name)
    if name.endswith(("自治州", "自治区")):
        while ending := _nationality(short):
            short = short.removesuffix(ending)
    return short


def _nationality(name):
    for ending in _LONGEST_FIRST:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return ending
    return ""


def _peoples(name: str) -> list[str]:
    """The English names of the peoples at the end of a Chinese name, in its order."""
    peoples: list[str] = []
    while ending := _nationality(name):
        peoples.insert(0, _PEOPLES.get(ending.removesuffix("族"), ending))
        name = name.removesuffix(ending)
    return peoples


def names_of(region) -> list[str]:
    """Further names under which a region is printed, besides its own two."""
    name = region.name_zh_hans or ""
    short = short_name(name)
    names = [short] if len(short) >= 2 else []
    if name.endswith("自治州") and names:
        names.append(f"{short}州")
    if name.endswith("自治区") and names:
        names.append(f"{short}区")
    if name.endswith("自治州") and region.name_en:
        peoples = _peoples(name.removesuffix("自治州"))
        names.append(f"{region.name_en} {' and '.join(peoples)}")
    return names + ALIASES.get(region.code, "").split()


def english_name(text: str) -> str:
    """An English name without its rank: Guizhou Province, Ningxia Hui …"""
    low = text.lower().strip()
    while (short := _ENGLISH_ENDING.sub("", low)) != low and short:
        low = short.strip(" ,")
    return low


def split_languages(text: str) -> tuple[str, str] | None:
    """北京 Beijing as its two names; None if a text is in one language."""
    match = re.fullmatch(
        r"([\u3400-\u9fff][^A-Za-z]*?)[\s/(]*([A-Za-z][A-Za-z'’.,\s()&-]*)", text
    ) or re.fullmatch(
        r"(?P<en>[A-Za-z][A-Za-z'’.,\s&-]*?)[\s/(]*(?P<zh>[\u3400-\u9fff][^A-Za-z]*)",
        text,
    )
    if match is None:
        return None
    named = match.groupdict()
    chinese, english = (named["zh"], named["en"]) if named else match.groups()
    return chinese.strip(" ()"), english.strip(" ()")


def by_rank(regions):
    """Regions in the order of precedence for a short name: provinces first."""
    return [region for kind in _KINDS for region in regions if region.kind == kind]
