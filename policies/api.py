"""Policies and pilot zones for programs."""

from datetime import date
from typing import Annotated, Literal

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from ninja import Field, Schema
from pydantic import BeforeValidator

from cbec_site.base.csv_files import joined
from cbec_site.base.file_columns import InFile
from cbec_site.base.listing import (
    Code,
    Codes,
    Filters,
    FiltersWithWords,
    HasPage,
    ListRouter,
    Text,
    Words,
    choice,
    optional,
    row_response,
)
from datasets.schemas import RegionName

from .filters import asked_day
from .force import FORMER_WORDS, Force
from .models import Issuer, PilotZone, Policy, Topic
from .timeline import timeline

router = ListRouter(tags=["policies"])


class CodeName(Schema):
    code: str
    name_zh: Text = Field(alias="name_zh_hans")
    name_en: Text


class EventRow(Schema):
    """Something that happened to a policy; the date `happened` is as exact as known."""

    kind: str
    happened: str
    stated: Text
    act: Text = Field(alias="act_code")
    act_name: Text
    evidence: Text
    confidence: Text


class RelationRow(Schema):
    """A policy's relation to another: by code, or by name outside the library."""

    kind: str
    act: Text = Field(alias="other_code")
    act_name: Text = Field(alias="other_name")


class AttachmentRow(Schema):
    """A file of the policy on the authority's site."""

    role: str
    title_zh: Text = Field(alias="title_zh_hans")
    title_en: Text
    url: str


def _happenings(events):
    return joined(f"{event.kind} {event.happened}" for event in events)


class PolicyRow(HasPage):
    """An official act; its dates are as exact as known: 2021, 2021-03 or 2021-03-19."""

    code: Annotated[str, InFile(_("Code of the policy."))]
    title_zh: Annotated[Text, InFile(_("Title in Chinese."))] = Field(
        alias="title_zh_hans"
    )
    title_en: Annotated[Text, InFile(_("Title in English."))]
    document_number: Annotated[Text, InFile(_("Document number, once confirmed."))] = (
        Field(alias="public_number")
    )
    number_mark: Text
    number_year: int | None
    number_serial: int | None
    issuers: Annotated[
        list[CodeName],
        InFile(
            _("Codes of the issuing bodies, in order."),
            names=(_("Issuing bodies in Chinese."), _("Issuing bodies in English.")),
        ),
    ] = Field(alias="issuer_list")
    level: Annotated[str, InFile(_("Level of the issuing body."))]
    kind: Annotated[Text, InFile(_("Kind of document."), added=True)]
    written: Annotated[Text, InFile(_("Date written, once confirmed."))] = Field(
        alias="written_text"
    )
    published: Annotated[Text, InFile(_("Date published, as far as known."))] = Field(
        alias="published_text"
    )
    status: Annotated[str, InFile(_("Whether it is in force."))] = Field(
        alias="in_force_today.former_word"
    )
    force: Annotated[str, InFile(_("Whether it is in force today."), added=True)] = (
        Field(alias="in_force_today.force")
    )
    # On the day `on`; null if no day is given.
    force_on: Text
    events: Annotated[
        list[EventRow],
        InFile(_("What happened to it, and when."), turn=_happenings, added=True),
    ]
    relations: list[RelationRow]
    topics: Annotated[list[CodeName], InFile(_("Codes of the topics."))] = Field(
        alias="topic_list"
    )
    summary_zh: Annotated[Text, InFile(_("Summary in Chinese."))] = Field(
        alias="summary_zh_hans"
    )
    summary_en: Annotated[Text, InFile(_("Summary in English."))]
    source_url: Annotated[Text, InFile(_("Official page."))]
    text_zh: Annotated[Text, InFile(_("Text of the act in Chinese."), added=True)] = (
        Field(alias="text_zh_hans")
    )
    text_en: Annotated[Text, InFile(_("Official translation of the text."), added=True)]
    text_scope: Annotated[
        Text, InFile(_("Excerpt or full text; empty where there is none."), added=True)
    ]
    licence_note_zh: Text = Field(alias="licence_note_zh_hans")
    licence_note_en: Text
    attachments: list[AttachmentRow]
    in_table_1: Annotated[bool, InFile(_("Whether Table 1 of the study lists it."))]
    location: Annotated[Text, InFile(_("Where the study mentions it."))] = Field(
        alias="paper_location"
    )
    page_zh: str
    page_en: str

    @staticmethod
    def resolve_force_on(policy, context):
        day = asked_day(context["request"].GET)
        return policy.force(day).force if day else None

    @staticmethod
    def resolve_text_scope(policy):
        has_text = policy.text_zh_hans or policy.text_en
        return policy.text_scope if has_text else None

    @staticmethod
    def resolve_attachments(policy):
        return policy.read_along("attachments")

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
        relations = policy.read_along("relations")
        return [relation for relation in relations if relation.is_public]

    @staticmethod
    def resolve_events(policy):
        return timeline(policy)


class PilotZoneRow(Schema):
    """A comprehensive pilot zone and the batch that approved it."""

    code: Annotated[str, InFile(_("Code of the zone."))]
    batch: Annotated[int, InFile(_("Number of the batch."))]
    region: Annotated[
        RegionName,
        InFile(
            _("Code of the place."),
            names=(_("Place in Chinese."), _("Place in English.")),
        ),
    ]
    province: Annotated[
        RegionName | None,
        InFile(
            _("Code of the province."),
            names=(_("Province in Chinese."), _("Province in English.")),
        ),
    ] = Field(alias="region.parent")
    approved: Annotated[str, InFile(_("Date approved, as far as known."))] = Field(
        alias="approved_text"
    )
    approved_by: Annotated[
        Text, InFile(_("Code of the act that approved it."), added=True)
    ]
    ended: Annotated[Text, InFile(_("Date it ended, as far as known."), added=True)] = (
        Field(alias="ended_text")
    )
    ended_by: Annotated[Text, InFile(_("Code of the act that ended it."), added=True)]
    document_number: Annotated[
        Text, InFile(_("Number of the act that approved it, once confirmed."))
    ]
    source_url: Annotated[Text, InFile(_("Address."))]

    @staticmethod
    def resolve_approved_by(zone):
        return public_code(zone.approved_by)

    @staticmethod
    def resolve_ended_by(zone):
        return public_code(zone.ended_by)

    @staticmethod
    def resolve_document_number(zone):
        return public_zone_number(zone)


def _as_days_are_written(text):
    """Refuses other forms of a day, such as a number of seconds."""
    if isinstance(text, str) and asked_day({"on": text}) is None:
        raise ValueError("Write a day as 2023-08-01.")
    return text


Day = Annotated[date, BeforeValidator(_as_days_are_written)]


class PolicyFilters(FiltersWithWords):
    level: choice(Policy.Level) | None = optional(_("Level of the issuing body."))
    kind: choice(Policy.DocumentKind) | None = optional(_("Kind of document."))
    year: int | None = Field(
        None, ge=1900, le=2200, description=_("Year of publication.")
    )
    month: str | None = Field(
        None,
        pattern=r"^(19|20|21)\d\d-(0[1-9]|1[0-2])$",
        description=_("Month of publication, such as 2021-03."),
    )
    issuer: Codes = Field([], description=_("Code of an issuing body; repeatable."))
    topic: Codes = Field([], description=_("Code of a topic; repeatable."))
    status: Literal[(*Force.values, *FORMER_WORDS)] | None = optional(
        _("Whether it is in force.")
    )
    on: Day | None = optional(
        _("The day to which `status` applies; today if left out.")
    )
    in_table_1: bool | None = optional(_("Whether Table 1 of the study lists it."))
    q: Words | None = optional(_("Words in title, number or summary."))

    def apply(self, queryset):
        asked = {
            "level": self.level,
            "kind": self.kind,
            "published_on__year": self.year,
            "in_table_1": self.in_table_1,
        }
        queryset = queryset.filter(
            **{key: value for key, value in asked.items() if value is not None}
        )
        if self.month:
            year, month = map(int, self.month.split("-"))
            queryset = queryset.filter(
                published_on__year=year, published_on__month=month
            ).exclude(published_precision="year")
        for model, codes in ((Issuer, self.issuer), (Topic, self.topic)):
            if codes:
                named = model.objects.filter(code__in=codes, policies=OuterRef("pk"))
                queryset = queryset.filter(Exists(named))
        if self.status:
            force = FORMER_WORDS.get(self.status, self.status)
            queryset = queryset.in_force_state(force, self.on)
        return queryset


def public_policies():
    return Policy.objects.published().with_read_labels()


router.add_list(
    "policies",
    title=_("Policies"),
    queryset=public_policies,
    filters=PolicyFilters,
    row=PolicyRow,
    order=["code"],
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
    """The code of a public policy; "" for an unpublished one or none."""
    return act.code if act and act.is_public else ""


def public_zone_number(zone):
    """The number of the act that approved the zone, once an editor has confirmed it."""
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
    example="region=520000",
)
