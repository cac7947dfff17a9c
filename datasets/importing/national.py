"""Which exports of the National Bureau of Statistics are about the whole country.

Its database of years, quarters or months (数据库：年度数据) is about the country; those
of provinces, cities and other countries say so (分省年度数据). The bureau as a source
alone is a publisher and names no place: then an editor is asked.
"""

import re
from collections.abc import Iterable

from .titles import TableContext

COUNTRY, COUNTRY_CODE = "全国", "100000"
_DATABASE = re.compile(
    r"(?:全国|国家)?(?:年度|季度|月度)(?:数据)?"
    r"|(?:national )?(?:annual|quarterly|monthly)(?: data)?",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:数据来源|资料来源|来源|data sources?|sources?) ?: ?"
    r"(?:国家统计局(?:网站|官网|国家数据|数据库)?|national bureau of statistics"
    r"(?: of china)?)[。.]?",
    re.IGNORECASE,
)


def find_country(around: TableContext, body: list) -> None:
    """Take the country for the region of a national export of the bureau.

    Where the bureau is named as the source and nothing says which place the values are
    about, the country is only proposed (`proposes_country`).
    """
    if around.region or around.names_province:
        return
    if not any(map(_SOURCE.fullmatch, _lines_below(around, body))):
        return
    line, text, database = around.database
    if _DATABASE.fullmatch(database):
        around.give("region", COUNTRY, line, text)
    elif not database:
        around.proposes_country = True


def _lines_below(around: TableContext, body: list) -> Iterable[str]:
    """The notes around a table, and the rows with a single text in them."""
    yield from (text for _line, text in around.notes)
    for _number, row in body:
        written = [cell.plain for _at, cell in row if cell.plain]
        if len(written) == 1:
            yield written[0]
