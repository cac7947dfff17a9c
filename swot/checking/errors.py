"""Why a computation has no result."""


class NoResultError(Exception):
    """Why there is nothing to compare: a kind and what it is about."""

    def __init__(self, kind: str, about: str = ""):
        super().__init__(kind, about)
        self.kind = kind
        self.about = about
