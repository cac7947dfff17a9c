"""Views of the library that editors keep under a name, such as Table 1 of the study."""

from urllib.parse import parse_qsl, urlencode

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cbec_site.base.codes import CodeField, code_constraint
from cbec_site.base.publishing import Publishable


class SavedView(Publishable):
    """A state of the list of policies, stored as in its address."""

    code = CodeField(_("code"), max_length=50, unique=True)
    title = models.CharField(_("title"), max_length=100)
    query = models.CharField(
        _("filters"),
        max_length=500,
        help_text=_("The part after “?” in the address of the list."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Publishable.Meta):
        abstract = False
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["position", "code"]
        constraints = [*Publishable.Meta.constraints, code_constraint()]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{reverse('policies:policy-list')}?{self.query}"

    @property
    def asked(self) -> dict[str, str]:
        """The filters by name."""
        return dict(parse_qsl(self.query))

    def clean(self):
        """Store the filters in one spelling."""
        super().clean()
        self.query = urlencode(parse_qsl(self.query.lstrip("?")))
