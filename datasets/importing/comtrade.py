"""What the columns of UN Comtrade mean, for editors who have to decide about them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_WORDS = {
    "flowdesc flowcode": gettext_lazy(
        "UN Comtrade: exports or imports. Keep the rows of one, choose its indicator "
        "for the whole file, and leave this column out."
    ),
    "partnerdesc partneriso partnercode partner2desc partner2iso partner2code": (
        gettext_lazy(
            "UN Comtrade: the partner of the trade. Keep the rows of one, such as "
            "World, and leave this column out, or read it as the breakdown."
        )
    ),
    "cmdcode cmddesc": gettext_lazy(
        "UN Comtrade: what is traded. Keep the rows of one, such as TOTAL, and leave "
        "this column out, or read it as the breakdown."
    ),
    "freqcode refmonth": gettext_lazy(
        "UN Comtrade: whether the values are of years or months. Keep the rows of "
        "years (A, 52), and leave this column out."
    ),
    "customscode customsdesc motcode motdesc moscode": gettext_lazy(
        "UN Comtrade: a customs procedure or mode of transport. Keep the rows of all "
        "(C00, 0), and leave this column out."
    ),
}
_BY_COLUMN = {name: words for names, words in _WORDS.items() for name in names.split()}


def words_for(title: str) -> str:
    """Advice on an unknown column."""
    known = _BY_COLUMN.get(title.lower())
    return str(
        known or _("Unknown column; correct its heading or choose to ignore it.")
    )
