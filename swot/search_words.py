"""Words by which claims are found, in addition to their columns."""

from cbec_site.base.search_index.documents import Words
from datasets.models import Indicator, Observation, Region

from .models import Claim

_LINKS = Claim.observations.through.objects
_NAMES = (
    "indicator__title_zh_hans",
    "indicator__title_en",
    "region__name_zh_hans",
    "region__name_en",
)


class ClaimsOnData:
    """A claim's search document contains the names of the series that it reads.

    “Guizhou grew by 109% in 2020” does not say what grew; readers search for it.
    """

    def words(self, model, keys):
        """The names, each once, of the public series that these claims read."""
        if model is not Claim:
            return {}
        # One join: a query within the query is planned badly while tables are new.
        read = Observation.objects.published().filter(claims__in=keys).order_by("pk")
        names: dict[int, dict[str, None]] = {}
        for claim, *found in read.values_list("claims", *_NAMES):
            names.setdefault(claim, {}).update(dict.fromkeys(filter(None, found)))
        return {claim: Words(text="\n".join(found)) for claim, found in names.items()}

    def affected(self, model, keys):
        """The claims that read values of these indicators or regions."""
        link = {Indicator: "indicator", Region: "region"}.get(model)
        if link:
            links = _LINKS.filter(**{f"observation__{link}__in": keys})
            yield Claim, links.values_list("claim_id", flat=True)
