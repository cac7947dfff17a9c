"""Who may do what at which address of the admin, stated once for each kind of page.

`RULES` has a row for every address below /admin/, written as the resolver writes it.
A rule says how a GET and a POST are answered, given the rights of their sender:
DONE (a page, a redirect, an error in a form), DENIED (403), MISSING (404) or
NO_METHOD (405).
"""

from dataclasses import dataclass, field

DONE, DENIED, MISSING, NO_METHOD = "done", "denied", "missing", "no such method"

CONTENT = """
    cbec_site/page datasets/source datasets/region datasets/indicator
    datasets/breakdown datasets/observation datasets/figure policies/issuer
    policies/topic policies/policy policies/pilotzone policies/savedview swot/analysis
    swot/claim swot/entry swot/correction swot/recommendation swot/event
""".split()
# Edited in the admin like content, but without a history of their own.
PROPOSED = ["policies/proposedfact"]
# Written by the site itself; nobody edits them in the admin.
RECORDS = """
    datasets/importbatch datasets/revision policies/policybatch accounts/auditentry
""".split()
PUBLISHABLE = {
    "cbec_site/page",
    "datasets/indicator",
    "datasets/observation",
    "datasets/figure",
    "policies/policy",
    "policies/pilotzone",
    "policies/savedview",
    "swot/analysis",
    "swot/claim",
    "swot/entry",
    "swot/correction",
    "swot/recommendation",
    "swot/event",
}
# Notes need not be in both languages, and zones have no texts of their own.
TRANSLATED = [
    model
    for model in CONTENT
    if model not in ("datasets/observation", "policies/pilotzone")
]
TEXTS = "swot/analysis swot/entry swot/recommendation".split()
IMPORTS = {
    "datasets/observation": ("datasets/importbatch", "datasets.import_observation"),
    "policies/policy": ("policies/policybatch", "policies.import_policy"),
}
# What an unknown name in a file may be added as, from its preview.
ROLE_ADDED = {
    "datasets/observation": "datasets/indicator",
    "policies/policy": "policies/issuer",
}
# What nobody may do, whatever their permissions: (model, act).
NOBODYS = {
    *((model, act) for model in RECORDS for act in ("add", "change", "delete")),
    ("swot/report", "add"),
    ("auth/user", "delete"),
}
MODELS = [*CONTENT, *PROPOSED, *RECORDS, "swot/report", "auth/user", "auth/group"]


@dataclass(frozen=True)
class Rights:
    """What a signed-in account of the admin may do, by names of permissions."""

    names: frozenset = frozenset()
    is_superuser: bool = False

    def has(self, name):
        return self.is_superuser or name in self.names

    def may(self, act, model):
        """Whether they hold the permission, and the admin lets anyone do it at all."""
        if (model, act) in NOBODYS:
            return False
        if model == "auth/group" and act != "view":
            return self.is_superuser
        app, name = model.split("/")
        return self.has(f"{app}.{act}_{name}")

    def sees(self, model):
        """As in Django, those who may change rows may view them."""
        app, name = model.split("/")
        return any(self.has(f"{app}.{act}_{name}") for act in ("view", "change"))

    def changes(self, model, is_public=False):
        is_held_back = is_public and model in PUBLISHABLE
        return self.may("change", model) and (
            not is_held_back or self.may("publish", model)
        )


def _if(test):
    return lambda rights: DONE if test(rights) else DENIED


def always(outcome):
    return lambda rights: outcome


@dataclass(frozen=True)
class Rule:
    get: object
    post: object
    # The answer to a POST for a published row, if it differs.
    post_public: object = None
    query: dict = field(default_factory=dict)


def both(test):
    return Rule(_if(test), _if(test))


ANY = Rule(always(DONE), always(DONE))
READ = Rule(always(DONE), always(NO_METHOD))


def pages_of(model):
    """The five pages that Django gives every model, and the redirect to one."""

    def sees(rights):
        return rights.sees(model)

    def adds(rights):
        # Django lets only those add accounts who may also change them.
        needs = ("add", "change") if model == "auth/user" else ("add",)
        return all(rights.may(act, model) for act in needs)

    row = f"admin/{model}/<path:object_id>/"
    return {
        f"admin/{model}/": both(sees),
        f"admin/{model}/add/": both(adds),
        f"{row}change/": Rule(
            _if(sees),
            _if(lambda rights: rights.changes(model)),
            _if(lambda rights: rights.changes(model, is_public=True)),
        ),
        f"{row}delete/": both(lambda rights: rights.may("delete", model)),
        f"{row}history/": both(sees),
        row: ANY,
    }


def version_of(model):
    """Restoring a version may publish it, so it takes the right to publish."""

    def reverts(rights):
        return rights.changes(model, is_public=True)

    see = _if(lambda rights: rights.sees(model))
    return {
        f"admin/{model}/^([^/]+)/history/([^/]+)/$": Rule(see, _if(reverts)),
        f"admin/{model}/<path:object_id>/used-by/": both(
            lambda rights: rights.sees(model)
        ),
    }


def import_of(model):
    batches, permission = IMPORTS[model]
    rule = both(lambda rights: rights.has(permission))
    app, name = model.split("/")
    added = ROLE_ADDED[model]
    adds = both(lambda rights: rights.has(permission) and rights.may("add", added))
    return {
        f"admin/{model}/import/": rule,
        f"admin/{model}/import/template.<str:kind>": rule,
        f"admin/{model}/import/<int:pk>/marked/": rule,
        f"admin/{model}/import/<int:pk>/add/<slug:role>/": adds,
        f"admin/{model}/import/<int:pk>/": rule,
        f"admin/{model}/import/<int:pk>/rows/": rule,
        f"admin/{model}/import-file/": rule,
        f"admin/{batches}/<int:pk>/undo/": rule,
        f"admin/{model}/export/": both(
            lambda rights: rights.has(f"{app}.export_{name}")
        ),
    }


def preview_of(model):
    def writes(rights):
        return rights.may("add", model) or rights.may("change", model)

    def names_values(rights):
        return writes(rights) and rights.may("change", "datasets/observation")

    def no_page(rights):
        return NO_METHOD if writes(rights) else DENIED

    rule = Rule(no_page, _if(writes))
    return {
        f"admin/{model}/preview/": rule,
        f"admin/{model}/numbers/": rule,
        f"admin/{model}/codes/": Rule(no_page, _if(names_values)),
    }


def _lists_something(rights, app):
    """The page of an app exists for those who may do anything in it."""
    return any(
        rights.sees(model) or rights.may("add", model) or rights.may("delete", model)
        for model in MODELS
        if model.startswith(f"{app}/")
    )


def app_page(rights):
    return DONE if _lists_something(rights, "datasets") else MISSING


def claim_writer(rights):
    return rights.may("add", "swot/claim") or rights.may("change", "swot/claim")


# For people who cannot sign in.
PUBLIC = {
    "admin/login/",
    "admin/password-reset/",
    "admin/password-reset/sent/",
    "admin/password-reset/done/",
    "admin/password-reset/<str:uidb64>/<str:token>/",
}
APPS = "drafts|cbec_site|auth|accounts|datasets|policies|swot"
RULES = {
    **dict.fromkeys(PUBLIC, ANY),
    "admin/": ANY,
    "admin/password-reset/sent/": READ,
    "admin/password-reset/done/": READ,
    "admin/search/": ANY,
    "admin/logout/": Rule(always(NO_METHOD), always(DONE)),
    "admin/password_change/": ANY,
    "admin/translations/": both(
        lambda rights: any(rights.sees(model) for model in TRANSLATED)
    ),
    "admin/account/": ANY,
    "admin/account/code/": ANY,
    "admin/account/set-up/": ANY,
    # Needs a second factor, which no account here has.
    "admin/account/codes/": Rule(always(NO_METHOD), always(DENIED)),
    "admin/account/remove/": Rule(always(NO_METHOD), always(DONE)),
    "admin/account/sign-out-everywhere/": Rule(always(NO_METHOD), always(DONE)),
    "admin/password_change/done/": READ,
    "admin/jsi18n/": READ,
    # For the indicator field of a value; test_matrix.py tries every other field.
    "admin/autocomplete/": Rule(
        _if(lambda rights: rights.sees("datasets/indicator")), always(NO_METHOD)
    ),
    # For a published indicator.
    "admin/r/<int:content_type_id>/<path:object_id>/": both(
        lambda rights: rights.sees("datasets/indicator")
    ),
    f"admin/^(?P<app_label>{APPS})/$": Rule(app_page, app_page),
    "admin/(?P<url>.*)$": Rule(always(MISSING), always(MISSING)),
    # The indicator is read from the query, so a POST names none.
    "admin/datasets/observation/units/": Rule(
        _if(lambda rights: rights.sees("datasets/observation")),
        lambda rights: MISSING if rights.sees("datasets/observation") else DENIED,
    ),
    "admin/swot/claim/look/": Rule(always(NO_METHOD), _if(claim_writer)),
    "admin/swot/claim/lookup/": Rule(_if(claim_writer), always(NO_METHOD)),
    "admin/auth/user/<id>/password/": both(
        lambda rights: rights.may("change", "auth/user")
    ),
}
# A draft of a policy. The list shows only the kinds that an account may see; a row of
# another kind is not found, and Django then redirects to the start page.
RULES |= {
    "admin/drafts/draft/": ANY,
    "admin/drafts/draft/add/": both(lambda rights: False),
    "admin/drafts/draft/<path:object_id>/": ANY,
    "admin/drafts/draft/<path:object_id>/change/": Rule(always(DONE), always(DENIED)),
    "admin/drafts/draft/<path:object_id>/history/": ANY,
    "admin/drafts/draft/<path:object_id>/delete/": both(lambda rights: False),
    "admin/drafts/draft/keep/": Rule(
        always(NO_METHOD), _if(lambda rights: rights.may("change", "policies/policy"))
    ),
    "admin/drafts/draft/preview/": Rule(
        _if(lambda rights: rights.sees("policies/policy")), always(NO_METHOD)
    ),
    "admin/drafts/draft/<int:draft_id>/preview/": Rule(
        lambda rights: DONE if rights.sees("policies/policy") else MISSING,
        always(NO_METHOD),
    ),
}
# A deleted policy, which those who may add policies can restore.
RULES |= {
    "admin/drafts/deletedrow/": ANY,
    "admin/drafts/deletedrow/add/": both(lambda rights: False),
    "admin/drafts/deletedrow/<path:object_id>/": ANY,
    "admin/drafts/deletedrow/<path:object_id>/change/": Rule(
        always(DONE),
        _if(
            lambda rights: (
                rights.sees("policies/policy") and rights.may("add", "policies/policy")
            )
        ),
    ),
    "admin/drafts/deletedrow/<path:object_id>/history/": ANY,
    "admin/drafts/deletedrow/<path:object_id>/delete/": both(lambda rights: False),
}
for _model in MODELS:
    RULES |= pages_of(_model)
for _model in CONTENT:
    RULES |= version_of(_model)
for _model in IMPORTS:
    RULES |= import_of(_model)
for _model in TEXTS:
    RULES |= preview_of(_model)


# What each role may do, in the terms of this matrix: acts by model.
_EVERYTHING = {
    model: {"view"} for model in MODELS if not model.startswith(("auth/", "accounts/"))
}
_DRAFTS = {"add", "change"}


def _with(acts, *models):
    return dict.fromkeys(models, acts)


_WRITTEN = [
    model
    for model in [*CONTENT, *PROPOSED]
    if model.split("/")[0] in ("cbec_site", "policies", "swot")
]
_MEASURED = [model for model in CONTENT if model.startswith("datasets/")]
ROLE_ACTS = {
    "Contributor 撰稿": _with(
        _DRAFTS,
        *(
            model
            for model in _WRITTEN
            if model not in ("policies/issuer", "policies/topic", "swot/correction")
        ),
    ),
    "Editor 编辑": _with({*_DRAFTS, "publish"}, *_WRITTEN)
    | {
        "swot/report": {"change"},
        "datasets/observation": {"export"},
        "policies/policy": {*_DRAFTS, "publish", "import", "export"},
    },
    "Data editor 数据编辑": _with({*_DRAFTS, "publish"}, *_MEASURED)
    | {
        "datasets/observation": {*_DRAFTS, "publish", "import", "export"},
        "policies/policy": {"export"},
    },
    "Administrator 管理员": _with({*_DRAFTS, "publish", "delete"}, *CONTENT, *PROPOSED)
    | {
        "swot/report": {"change", "delete"},
        "datasets/observation": {*_DRAFTS, "publish", "delete", "import", "export"},
        "policies/policy": {*_DRAFTS, "publish", "delete", "import", "export"},
        "auth/user": {*_DRAFTS, "view"},
        "auth/group": {"view"},
        "accounts/auditentry": {"view"},
    },
    "Readers of the desk 查阅": {},
}


def rights_of_role(role):
    acts = {model: set(found) for model, found in _EVERYTHING.items()}
    for model, more in ROLE_ACTS[role].items():
        acts.setdefault(model, set()).update(more)
    names = {
        f"{model.split('/')[0]}.{act}_{model.split('/')[1]}"
        for model, found in acts.items()
        for act in found
    }
    return Rights(frozenset(names))
