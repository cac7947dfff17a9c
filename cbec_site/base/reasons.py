"""Reasons that the history gives for what the site itself does.

They are stored by a code and shown in the language of whoever reads the history.
"""

_TEXTS = {}


def reason(code, text):
    """The code, which is stored; the history shows `text`, translated lazily."""
    _TEXTS[code] = text
    return code


def shown_reason(stored):
    """What the history shows for a stored reason; what people wrote is unchanged."""
    return _TEXTS.get(stored, stored)
