"""Finds issuing bodies and topics as files name them: codes, names, short names,
lists."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from datasets.spreadsheets.folding import fold, fold_case, tidy_name
from policies.models import Issuer, Policy, Topic

ROLES = {"issuer": Issuer, "topic": Topic}
# What divides the bodies of a list. A name may hold one of these, so that what lies
# between two of them is tried together with its neighbours first.
_DIVIDERS = re.compile(
    r"\s*(?:[;；、,，/|\n·•\\＋+＆]|[和与及暨]|会同|联合|\sand\s|\s?&\s?|\s{1,})\s*"
)
# The two names in each pair mean one body: 贵州省政府 is 贵州省人民政府.
_SHORTER = (
    ("中华人民共和国", ""),
    ("人民政府", "政府"),
    ("发展和改革委员会", "发展改革委"),
    ("发展改革委员会", "发展改革委"),
    ("发改委", "发展改革委"),
    ("工业和信息化", "工信"),
    ("国办", "国务院办公厅"),
    ("人民代表大会", "人大"),
    ("常务委员会", "常委会"),
    ("市场监督管理", "市场监管"),
    ("市监", "市场监管"),
    ("网络安全和信息化委员会办公室", "网信办"),
    ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"),
)
# Acronyms used for national bodies on their English pages.
_ACRONYMS = {
    "MOFCOM": "商务部",
    "NDRC": "国家发展改革委",
    "MOF": "财政部",
    "GACC": "海关总署",
    "STA": "税务总局",
    "SAMR": "市场监管总局",
    "CAC": "中央网信办",
    "MIIT": "工业和信息化部",
    "SAFE": "国家外汇管理局",
    "PBOC": "中国人民银行",
}
# 商务部等9部门 leaves bodies unnamed.
_AND_OTHERS = re.compile(
    r"等(?:[\d一二三四五六七八九十]{1,3}个?)?(?:部门|部委|单位|机关|机构|家)?\Z"
    r"|\bet al\.?\Z"
)
_NATIONAL = re.compile(
    r"\A(?:国务院|国家|中央|中国共产党中央|中共中央|中国|中华人民共和国|全国)"
    r"|\A\w{2,12}(?:部|总署|总局)\Z"
)
_MUNICIPALITY = re.compile("(?:北京|天津|上海|重庆)市")
_PROVINCE = re.compile(r"\A(?:\w{2,3}省|\w{2,8}自治区)(?=\w)")
_PLACE = re.compile(
    r"\A\w{1,10}?(?:(?:市|自治州|地区|盟|县|区)(?:人民)?政府"
    r"|(?:市|自治州|地区|盟|县)\w{0,12}(?:局|委|办公室|委员会))"
)


class CellError(ValueError):
    """A cell that cannot be stored; says why in the editor's language."""


class UnknownNameError(CellError):
    """A name that is not known yet; `role` is issuer or topic.

    `others` are the further ones of its cell.
    """

    def __init__(self, role: str, name: str):
        self.role, self.name = role, name
        self.others: tuple[UnknownNameError, ...] = ()
        if role == "issuer" and _AND_OTHERS.search(name):
            message = _("“%s” stands for several bodies: list each of them.")
        elif role == "issuer":
            message = _("No issuing body is called “%s”; map it to one, or add it.")
        else:
            message = _("No topic is called “%s”; map it to one, or add it.")
        super().__init__(message % name)


class LeftOutError(Exception):
    """A name whose rows an editor wants left out."""


class Directory:
    """Issuing bodies and topics by code, by name in either language, by short name.

    `mapping` has, by role, the code that an editor chose for a name; "" leaves its rows
    out.
    """

    def __init__(self, mapping: Mapping[str, Mapping[str, str]] | None = None):
        self.mapping = {
            role: {
                fold_case(name): code
                for name, code in (mapping or {}).get(role, {}).items()
            }
            for role in ROLES
        }
        self.known, self.names, self.short = {}, {}, {}
        for role, model in ROLES.items():
            codes_by_name = self.known[role] = {}
            for row in model.objects.all():
                self.names[role, row.code] = row.name
                for name in filter(None, (row.code, row.name_zh_hans, row.name_en)):
                    codes_by_name.setdefault(fold_case(name), row.code)
        for name, code in self.known["issuer"].items():
            self.short.setdefault(_shortened(name), set()).add(code)
        for acronym, name in _ACRONYMS.items():
            if code := self._code("issuer", name):
                self.known["issuer"].setdefault(fold_case(acronym), code)
        self._levels: dict[str, set[str]] | None = None

    def name(self, role: str, code: str) -> str:
        """The name of a code in the editor's language; the code when it is gone."""
        return self.names.get((role, code), code)

    def codes(self, role: str, text: str) -> list[str]:
        """The codes that a cell lists, in its order.

        Raises UnknownNameError for the first unknown name, with the others, and
        LeftOutError for a name whose rows are left out.
        """
        codes = []
        for code in self._parts(role, tidy_lines(text)):
            if code not in codes:
                codes.append(code)
        return codes

    def _parts(self, role, text):
        if (whole := self._code(role, text)) is not None:
            return [whole]
        pieces = re.split(f"({_DIVIDERS.pattern})", text)
        names, codes, start = pieces[::2], [], 0
        while start < len(names):
            if not names[start].strip():
                start += 1
                continue
            for end in range(len(names), start, -1):
                joined = "".join(pieces[2 * start : 2 * end - 1])
                if (code := self._code(role, joined)) is not None:
                    codes.append(code)
                    start = end
                    break
            else:
                return self._without_dividers(role, pieces, start, text, codes)
        return codes

    def _without_dividers(self, role, pieces, start, text, codes):
        """The codes of a name that is several known ones in a row: 财政部海关总署."""
        unknown = _unknown_part(pieces, start, text)
        names = sorted(self.known[role], key=len, reverse=True)
        whole = "|".join(re.escape(name) for name in names if len(name) > 2)
        key = fold_case(unknown)
        if not whole or not re.fullmatch(f"(?:{whole}){{2,}}", key):
            error = UnknownNameError(role, unknown)
            error.others = self._unknown_after(role, pieces, start)
            raise error
        bodies = [self.known[role][name] for name in re.findall(whole, key)]
        rest = "".join(pieces[2 * start :])[len(unknown) :]
        return [*codes, *bodies, *(self._parts(role, rest) if rest.strip() else [])]

    def _unknown_after(self, role, pieces, start):
        """The unknown names of a list after one of them."""
        _name, _divider, rest = _divided("".join(pieces[2 * start :]))
        try:
            if rest.strip():
                self._parts(role, rest)
        except UnknownNameError as error:
            return error, *error.others
        return ()

    def _code(self, role, text):
        key = fold_case(text)
        if key in self.mapping[role]:
            if not (code := self.mapping[role][key]):
                raise LeftOutError(text)
            return code
        if (code := self.known[role].get(key)) is not None or role != "issuer":
            return code
        short = self.short.get(_shortened(key), ())
        return next(iter(short)) if len(short) == 1 else self._explained(role, key)

    def _explained(self, role, key):
        """The code of a name with its short form behind it: … of Commerce (MOFCOM).

        None if that short form belongs to another body.
        """
        match = re.fullmatch(r"(?P<name>.+?) ?\((?:简称:?)?(?P<short>[^() ]+)\)", key)
        if match is None or (code := self._code(role, match["name"])) is None:
            return None
        other = self._code(role, match["short"])
        is_acronym = match["short"].isascii() and match["short"].isalpha()
        return code if other == code or (other is None and is_acronym) else None

    def level(self, codes: list[str]) -> str:
        """The level of acts of these bodies, judged by their other acts, else by their
        names.

        "" if that is not clear.
        """
        levels = {self._level(code) for code in codes}
        return levels.pop() if len(levels) == 1 else ""

    def _level(self, code):
        if self._levels is None:
            self._levels = {}
            for body, level in Policy.objects.values_list("issuers__code", "level"):
                self._levels.setdefault(body, set()).add(level)
        known = self._levels.get(code, set())
        return next(iter(known)) if len(known) == 1 else self._level_of_name(code)

    def _level_of_name(self, code):
        issuer = Issuer.objects.filter(code=code).first()
        name = fold((issuer and issuer.name_zh_hans) or "")
        rest = _PROVINCE.sub("", name)
        if _MUNICIPALITY.match(name):
            return Policy.Level.PROVINCIAL.value
        if _PLACE.match(rest):
            return Policy.Level.MUNICIPAL.value
        if rest != name:
            return Policy.Level.PROVINCIAL.value
        return Policy.Level.NATIONAL.value if _NATIONAL.match(name) else ""


def _unknown_part(pieces, start, text):
    """The unknown name up to a strong divider, so not just one word of it."""
    name, _divider, _rest = _divided("".join(pieces[2 * start :]))
    return tidy_name(name) or text


def _divided(text):
    """A list up to its first strong divider, the divider, and the rest."""
    match = re.search(r"[;；、,，/|\n·•\\＋+]", text)
    if match is None:
        return text, "", ""
    return text[: match.start()], match[0], text[match.end() :]


def tidy_lines(text: str) -> str:
    """A cell with plain letters; line breaks stay."""
    return "\n".join(filter(None, map(tidy_name, text.splitlines())))


def _shortened(key):
    for longer, shorter in _SHORTER:
        key = key.replace(longer, shorter)
    return re.sub(r"\A国家(?=\w{3})", "", key)
