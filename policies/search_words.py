"""Words by which acts and pilot zones are found, in addition to their columns."""

from django.db.models import Q

from cbec_site.base.search_index.documents import Words
from datasets.models import Region
from policies.document_numbers import parse_number
from policies.models import PilotZone, Policy


def number_forms(text: str) -> str:
    """A document number as printed, and without 年, 第 and brackets; one per line."""
    number = parse_number(text)
    if number is None:
        return text
    mark, year, serial, _is_bracketed = number
    short = f"{mark}{year}{serial}号"
    return "\n".join({text: "", short: "", f"{mark}{year}年{serial}号": ""})


def zone_names(name_zh: str, name_en: str) -> str:
    """What texts call the pilot zone of a place; one name per line."""
    place = name_zh.removesuffix("市")
    names = [
        f"{name_zh}综试区",
        f"{place}综试区",
        f"中国（{place}）跨境电子商务综合试验区",
        f"{place}跨境电商综试区",
    ]
    if name_en:
        names.append(f"{name_en} cross-border e-commerce comprehensive pilot zone")
    return "\n".join(dict.fromkeys(names))


def policy_words(keys: list[int]) -> dict[int, Words]:
    """Confirmed numbers, and the published zones that an act approved or ended."""
    numbers = Policy.objects.filter(pk__in=keys, is_number_confirmed=True)
    titles = {
        key: number_forms(number)
        for key, number in numbers.values_list("pk", "document_number")
    }
    zones = (
        PilotZone.objects.published()
        .filter(Q(approved_by__in=keys) | Q(ended_by__in=keys))
        .order_by("code")
        .values_list(
            "approved_by", "ended_by", "region__name_zh_hans", "region__name_en"
        )
    )
    texts: dict[int, list[str]] = {}
    for approved_by, ended_by, name_zh, name_en in zones:
        for key in {approved_by, ended_by} - {None}:
            texts.setdefault(key, []).append(zone_names(name_zh, name_en or ""))
    return {
        key: Words(titles.get(key, ""), "\n".join(texts.get(key, ())))
        for key in {*titles, *texts}
    }


def zone_words(keys: list[int]) -> dict[int, Words]:
    """The names of the zones, their batches and the confirmed numbers of their acts."""
    rows = PilotZone.objects.filter(pk__in=keys)
    words = {}
    for zone in rows.select_related("region"):
        number = number_forms(zone.document_number) if zone.is_number_confirmed else ""
        words[zone.pk] = Words(
            zone_names(zone.region.name_zh_hans, zone.region.name_en or ""),
            f"{number}\n第{zone.batch}批 批复 approval batch {zone.batch}",
        )
    return words


class ZonesAndActs:
    """A zone's search document contains names of places; an act's, names of zones."""

    def words(self, model, keys):
        """Names of acts and zones that their own columns do not contain."""
        make = {Policy: policy_words, PilotZone: zone_words}.get(model)
        return make(keys) if make else {}

    def affected(self, model, keys):
        """The zones with the name of a place, and the acts about zones."""
        zones = PilotZone.objects
        if model is Region:
            there = zones.filter(Q(region__in=keys) | Q(region__parent__in=keys))
            yield PilotZone, there.values_list("pk", flat=True)
        elif model is PilotZone:
            there = zones.filter(pk__in=keys)
        else:
            return
        acts = there.values_list("approved_by", "ended_by")
        yield Policy, {key for pair in acts for key in pair if key}
