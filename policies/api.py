"""Policies and pilot zones for programs."""

from datetime import date
from typing import Literal

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema

from cbec_site.base.csv_files import Column, joined
from cbec_site.base.listing import (
    Code,
    Codes,
    Filters,
    HasPage,
    ListRouter,
    Text,
    Words,
    choice,
    optional,
    row_response,
)
from datasets.schemas import RegionName

from .force import FORMER_WORDS, Force
from .models import Issuer, PilotZone, Policy, Topic
from .timeline import timeline

router = ListRouter(tags=["policies"])


class CodeName(Schema):
    code: str
    name_zh: Text = Field(alias="name_zh_hans")
    name_en: Text


class EventRow(Schema):
    """Something that happened to an act; `happened` as far as it is known."""

    kind: str
    happened: str
    stated: Text
    act: Text = Field(alias="act_code")
    act_name: Text
    evidence: Text
    confidence: Text


class RelationRow(Schema):
    """What the act has to do with another: a code, or a name outside the library."""

    kind: str
    act: Text = Field(alias="other_code")
    act_name: Text = Field(alias="other_name")


class PolicyRow(HasPage):
    """An official act; dates show what is known of them: 2021, 2021-03, 2021-03-19."""

    code: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    document_number: Text = Field(alias="public_number")
    number_mark: Text
    number_year: int | None
    number_serial: int | None
    issuers: list[CodeName] = Field(alias="issuer_list")
    level: str
    written: Text = Field(alias="written_text")
    published: Text = Field(alias="published_text")
    status: str = Field(alias="in_force_today.former_word")
    force: str = Field(alias="in_force_today.force")
    events: list[EventRow]
    relations: list[RelationRow]
    topics: list[CodeName]
    summary_zh: Text = Field(alias="summary_zh_hans")
    summary_en: Text
    source_url: Text
    in_table_1: bool
    location: Text = Field(alias="paper_location")
    page_zh: str
    page_en: str

    @staticmethod
    def resolve_number_mark(policy):
        return policy.number_parts and policy.number_parts.mark

    @staticmethod
    def resolve_number_year(policy):
        return policy.number_parts and policy.number_parts.year

    @staticmethod
    def resolve_number_serial(policy):
        return policy.number_parts and policy.number_parts.serial

    @staticmethod
    def resolve_relations(policy):
        return [relation for relation in policy.relations.all() if relation.is_public]

    @staticmethod
    def resolve_events(policy):
        return timeline(policy)


class PilotZoneRow(Schema):
    """A comprehensive pilot zone and the batch that approved it."""

    code: str
    batch: int
    region: RegionName
    province: RegionName | None = Field(alias="region.parent")
    approved: str = Field(alias="approved_text")
    approved_by: Text
    ended: Text = Field(alias="ended_text")
    ended_by: Text
    document_number: Text
    source_url: Text

    @staticmethod
    def resolve_approved_by(zone):
        return public_code(zone.approved_by)

    @staticmethod
    def resolve_ended_by(zone):
        return public_code(zone.ended_by)

    @staticmethod
    def resolve_document_number(zone):
        return public_zone_number(zone)


class PolicyFilters(Filters):
    level: choice(Policy.Level) | None = optional(_("Level of the issuing body."))
    year: int | None = Field(
        None, ge=1900, le=2200, description=_("Year of publication.")
    )
    issuer: Codes = Field([], description=_("Code of an issuing body; repeatable."))
    topic: Codes = Field([], description=_("Code of a topic; repeatable."))
    status: Literal[(*Force.values, *FORMER_WORDS)] | None = optional(
        _("Whether it is in force.")
    )
    on: date | None = optional(_("The day that `status` is asked for; else today."))
    in_table_1: bool | None = optional(_("Whether Table 1 of the study lists it."))
    q: Words | None = optional(_("Words in title, number or summary."))

    def apply(self, queryset):
        asked = {
            "level": self.level,
            "published_on__year": self.year,
            "in_table_1": self.in_table_1,
        }
        queryset = queryset.filter(
            **{key: value for key, value in asked.items() if value is not None}
        )
        for model, codes in ((Issuer, self.issuer), (Topic, self.topic)):
            if codes:
                named = model.objects.filter(code__in=codes, policies=OuterRef("pk"))
                queryset = queryset.filter(Exists(named))
        if self.status:
            force = FORMER_WORDS.get(self.status, self.status)
            queryset = queryset.in_force_state(force, self.on)
        return queryset.search(self.q or "")


def public_policies():
    return Policy.objects.published().with_labels()


router.add_list(
    "policies",
    title=_("Policies"),
    queryset=public_policies,
    filters=PolicyFilters,
    row=PolicyRow,
    order=["code"],
    columns=[
        Column("code", "code", _("Code of the policy.")),
        Column("title_zh", "title_zh_hans", _("Title in Chinese.")),
        Column("title_en", "title_en", _("Title in English.")),
        Column(
            "document_number", "public_number", _("Document number, once confirmed.")
        ),
        Column(
            "issuers",
            lambda policy: joined(issuer.code for issuer in policy.issuer_list),
            _("Codes of the issuing bodies, in order."),
        ),
        Column(
            "issuers_zh",
            lambda policy: joined(issuer.name_zh_hans for issuer in policy.issuer_list),
            _("Issuing bodies in Chinese."),
        ),
        Column(
            "issuers_en",
            lambda policy: joined(
                issuer.name_en or "" for issuer in policy.issuer_list
            ),
            _("Issuing bodies in English."),
        ),
        Column("level", "level", _("Level of the issuing body.")),
        Column("written", "written_text", _("Date written, once confirmed.")),
        Column("published", "published_text", _("Date published, as far as known.")),
        Column("status", "in_force_today__former_word", _("Whether it is in force.")),
        Column(
            "topics",
            lambda policy: joined(topic.code for topic in policy.topics.all()),
            _("Codes of the topics."),
        ),
        Column("summary_zh", "summary_zh_hans", _("Summary in Chinese.")),
        Column("summary_en", "summary_en", _("Summary in English.")),
        Column("source_url", "source_url", _("Official page.")),
        Column(
            "in_table_1",
            lambda policy: "yes" if policy.in_table_1 else "no",
            _("Whether Table 1 of the study lists it."),
        ),
        Column("location", "paper_location", _("Where the study mentions it.")),
        Column("force", "in_force_today__force", _("Whether it is in force today.")),
        Column(
            "events",
            lambda policy: joined(
                f"{moment.kind} {moment.happened}" for moment in timeline(policy)
            ),
            _("What happened to it, and when."),
        ),
    ],
    example="level=provincial&year=2022",
)


@router.get(
    "/policies/{code:code}",
    response=PolicyRow,
    summary=_("One policy"),
    operation_id="get_policy",
    url_name="policy",
)
def policy(request, code: str):
    return row_response(
        request, PolicyRow, get_object_or_404(public_policies(), code=code)
    )


def public_code(act):
    """The code of an act that readers may see; "" for another, and for none."""
    return act.code if act and act.is_public else ""


def public_zone_number(zone):
    """The number of the act that approved the zone, once an editor confirmed it."""
    return zone.document_number if zone.is_number_confirmed else ""


class PilotZoneFilters(Filters):
    batch: int | None = Field(None, ge=1, le=1000, description=_("Number of a batch."))
    region: Code | None = optional(_("Code of the place or of its province."))
    year: int | None = Field(None, ge=1900, le=2200, description=_("Year of approval."))

    def apply(self, queryset):
        if self.batch:
            queryset = queryset.filter(batch=self.batch)
        if self.year:
            queryset = queryset.filter(approved_on__year=self.year)
        if self.region:
            queryset = queryset.filter(
                Q(region__code=self.region) | Q(region__parent__code=self.region)
            )
        return queryset


router.add_list(
    "pilot-zones",
    title=_("Pilot zones"),
    queryset=lambda: PilotZone.objects.published().select_related(
        "region__parent", "approved_by", "ended_by"
    ),
    filters=PilotZoneFilters,
    row=PilotZoneRow,
    order=["batch", "code"],
    columns=[
        Column("code", "code", _("Code of the zone.")),
        Column("batch", "batch", _("Number of the batch.")),
        Column("region", "region__code", _("Code of the place.")),
        Column("region_zh", "region__name_zh_hans", _("Place in Chinese.")),
        Column("region_en", "region__name_en", _("Place in English.")),
        Column("province", "region__parent__code", _("Code of the province.")),
        Column(
            "province_zh", "region__parent__name_zh_hans", _("Province in Chinese.")
        ),
        Column("province_en", "region__parent__name_en", _("Province in English.")),
        Column("approved", "approved_text", _("Date approved, as far as known.")),
        Column(
            "document_number",
            public_zone_number,
            _("Number of the act that approved it, once confirmed."),
        ),
        Column("source_url", "source_url", _("Address.")),
        Column(
            "approved_by",
            lambda zone: public_code(zone.approved_by),
            _("Code of the act that approved it."),
        ),
        Column("ended", "ended_text", _("Date it ended, as far as known.")),
        Column(
            "ended_by",
            lambda zone: public_code(zone.ended_by),
            _("Code of the act that ended it."),
        ),
    ],
    example="region=520000",
)
