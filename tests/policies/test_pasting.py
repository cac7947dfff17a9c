"""What an editor pastes fills the form, including the relations it mentions."""

import pytest
from django.urls import reverse

from policies.models import Policy
from policies.pasting import (
    kind_of,
    numbers_in,
    proposals_for,
    propose_relations,
    read_pasted,
)
from tests.factories import make_issuer, make_policy

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

SEVENTH = "国函〔2020〕7号"
TEXT = """国务院办公厅关于加快发展外贸新业态新模式的意见
国办发〔2021〕24号
各省、自治区、直辖市人民政府：
根据《电子商务法》和国发〔2015〕24号文件，为落实国办发[2015]46号，提出以下意见。
一、自2021年8月1日起施行，有效期至2025年12月31日。
二、黔府发〔2015〕28号同时废止。海关总署公告2020年第75号继续执行。
成文日期：2021年7月2日
发布日期：2021年7月9日
"""


@pytest.fixture
def office():
    make_issuer(code="state-council", name_zh_hans="国务院")
    issuer = make_issuer(code="state-council-office", name_zh_hans="国务院办公厅")
    make_policy(issuers=[issuer], level="national", code="B1")
    return issuer


def test_a_text_fills_what_can_be_read(office):
    known = make_policy(document_number="国发〔2015〕24号", code="B2")

    pasted = read_pasted(TEXT)

    assert {
        name: pasted.fields[name]
        for name in ("title_zh_hans", "document_number", "kind", "level")
    } == {
        "title_zh_hans": "国务院办公厅关于加快发展外贸新业态新模式的意见",
        "document_number": "国办发〔2021〕24号",
        "kind": "opinions",
        "level": "national",
    }
    assert pasted.issuers == [office]
    assert pasted.fields["written_on"] == "2021-07-02"
    assert pasted.fields["published_on"] == "2021-07-09"
    assert pasted.events == [("effective", "2021-08-01"), ("expired", "2025-12-31")]
    assert [(p.kind, p.other, p.other_name) for p in pasted.relations] == [
        ("based_on", known, ""),
        ("implements", None, "国办发〔2015〕46号"),
        ("repeals", None, "黔府发〔2015〕28号"),
        ("extends", None, "海关总署公告2020年第75号"),
    ]


@pytest.mark.sampled
@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("国函[2020]47号", {"document_number": "国函〔2020〕47号"}),
        ("国函[2020]47号", {"level": "national"}),
        ("国办发（2021）第24号", {"document_number": "国办发〔2021〕24号"}),
        ("海关总署公告2020年第75号", {"document_number": "海关总署公告2020年第75号"}),
        ("国务院令 第810号", {"document_number": "国务院令第810号"}),
        (
            "关于推进冷链物流的通知（黔府办发〔2022〕3号）",
            {"document_number": "黔府办发〔2022〕3号", "kind": "notice"},
        ),
        (
            "https://www.gov.cn/zhengce/content/2021-07/09/content_5623826.htm",
            {"source_url": "https://www.gov.cn/zhengce/content/2021-07/09/content_5623826.htm"},
        ),
        ("https://www.shndlaw.com/post/1", {"verification": "https://www.shndlaw.com/post/1"}),
        ("《“十四五”电子商务发展规划》", {"kind": "plan"}),
        ("你好", {}),
        ("", {}),
        ("〔〕号" * 500, {}),
    ],
)  # fmt: skip
def test_a_title_number_or_address_is_enough(office, text, fields):
    found = read_pasted(text).fields

    assert {name: found.get(name) for name in fields} == fields
    assert fields or not found.keys() - {"text_zh_hans"}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("按黔府发〔2021〕4号和国函〔2020〕7号", ["黔府发〔2021〕4号", SEVENTH]),
        ("现将黔府发[2015]28号文件废止", ["黔府发〔2015〕28号"]),
        ("按照财关税〔2018〕49号执行", ["财关税〔2018〕49号"]),
        (
            "将财政部、海关总署公告2023年第4号和海关总署 公告2020年第75号废止",
            ["财政部 海关总署公告2023年第4号", "海关总署公告2020年第75号"],
        ),
        # A space is no sign that another body issued it, too.
        ("自2023年起执行 海关总署公告2020年第75号", ["海关总署公告2020年第75号"]),
        ("各部 门：海关总署公告2020年第7号", ["海关总署公告2020年第7号"]),
        ("电话2021-24号", []),
        ("第24号令", []),
    ],
)  # fmt: skip
def test_numbers_are_found_without_the_words_before_them(text, numbers):
    assert [str(number) for _place, number in numbers_in(text)] == numbers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("根据国办发〔2021〕24号", "based_on"),
        ("现将国办发〔2021〕24号废止", "repeals"),
        ("国办发〔2021〕24号同时停止执行", "repeals"),
        ("将国办发〔2021〕24号第三条修改为", "relates"),
        ("修改国办发〔2021〕24号第三条", "amends"),
        ("贯彻落实国办发〔2021〕24号", "implements"),
        ("见国办发〔2021〕24号", "relates"),
        # The verb of another sentence says nothing.
        ("前述规定废止。见国办发〔2021〕24号", "relates"),
    ],
)
def test_relation_is_read_from_the_verb_of_the_sentence(text, kind):
    (proposal,) = propose_relations(text)

    assert proposal.kind == kind


JOINT = """财政部 海关总署 税务总局关于延续实施退运商品税收政策的公告
财政部 海关总署 税务总局公告2023年第34号
现将财政部、海关总署、税务总局公告2023年第4号的执行期限延长。
"""


def test_announcement_of_several_issuers_is_not_related_to_itself():
    act = make_policy(document_number="财政部 海关总署 税务总局公告2023年第4号")

    pasted = read_pasted(JOINT)

    number = pasted.fields["document_number"]
    assert number == "财政部 海关总署 税务总局公告2023年第34号"
    assert [(p.kind, p.other) for p in pasted.relations] == [("extends", act)]


def test_a_required_choice_is_not_made_for_the_editor(admin_client):
    page = admin_client.get(reverse("admin:policies_policy_add"))

    form = page.context["adminform"].form
    assert form["level"].field.choices[0][0] == ""
    assert not form["level"].value()
    events = page.context["inline_admin_formsets"][1].formset.empty_form
    assert events["kind"].field.choices[0][0] == ""


def test_a_number_is_stored_in_its_official_form(admin_client):
    policy = make_policy()
    address = reverse("admin:policies_policy_change", args=[policy.pk])
    form = admin_client.get(address).context["adminform"].form

    bound = type(form)({"document_number": "国函[2022] 0126号"}, instance=policy)

    bound.is_valid()
    assert bound.cleaned_data["document_number"] == "国函〔2022〕126号"


@pytest.fixture
def stored():
    """An act of which one relation is known and three more are in its text."""
    basis = make_policy(code="B2", document_number="国发〔2015〕24号")
    make_policy(code="B3", title_zh_hans="关于促进外贸的若干措施")
    act = make_policy(
        code="B9",
        document_number="国办发〔2021〕24号",
        title_zh_hans="关于新业态的意见",
        text_zh_hans=(
            "国办发〔2021〕24号。根据国发〔2015〕24号，制定本意见。"
            "为落实《关于促进外贸的若干措施》（见附件），并依据《某法》提出以下要求。"
            "黔府发[2015]28号同时废止。《关于新业态的意见》由本部门解释。"
        ),
    )
    act.relations.create(kind="relates", other=basis)
    return act


def test_a_stored_act_is_read_for_the_relations_it_lacks(
    stored, django_assert_num_queries
):
    with django_assert_num_queries(3):
        found = proposals_for(stored)

    assert [(one.kind, str(one.other or one.other_name)) for one in found] == [
        ("implements", str(Policy.objects.get(code="B3"))),
        ("repeals", "黔府发〔2015〕28号"),
    ]
    assert found[1].passage == "黔府发[2015]28号同时废止"


def test_an_act_that_names_no_other_costs_no_query(django_assert_num_queries):
    act = make_policy(summary_zh_hans="跨境电商综合试验区。")

    with django_assert_num_queries(0):
        assert proposals_for(act) == []


def test_an_editor_sees_the_proposals_and_adds_them(admin_client, stored):
    address = reverse("admin:policies_policy_change", args=[stored.pk])

    page = admin_client.get(address).content.decode()
    filled = admin_client.get(f"{address}?propose=1")

    assert 'id="proposals"' in page and 'href="?propose=1"' in page
    assert stored.relations.count() == 1
    formsets = {
        part.formset.prefix: part.formset
        for part in filled.context["inline_admin_formsets"]
    }
    rows = [
        (form["kind"].value(), form["other_name"].value(), form["confidence"].value())
        for form in formsets["relations"].extra_forms
    ]
    assert rows == [
        ("implements", "", "recalled"),
        ("repeals", "黔府发〔2015〕28号", "recalled"),
    ]
    assert not formsets["events"].extra_forms
    data = {"_save": "1"}
    forms = [filled.context["adminform"].form]
    for formset in formsets.values():
        forms += [formset.management_form, *formset.forms]
    for field in (field for form in forms for field in form):
        value = field.value()
        if value is not None and value is not False:
            data.setdefault(field.html_name, "on" if value is True else value)
    response = admin_client.post(f"{address}?propose=1", data)
    assert response.status_code == 302, response.context["errors"]
    assert stored.relations.count() == 3
    assert proposals_for(Policy.objects.get(pk=stored.pk)) == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于同意设立综合试验区的批复", "reply"),
        ("关于印发规划的通知", "notice"),
        ("中华人民共和国电子商务法", "law"),
        ("零售进口商品清单的公告（2018年版）", "announcement"),
        ("有关文件", ""),
    ],
)
def test_kind_is_read_from_the_title(title, kind):
    assert kind_of(title) == kind


def test_the_form_opens_filled_and_saves_what_was_proposed(admin_client, office):
    add = reverse("admin:policies_policy_add")

    page = admin_client.post(add, {"paste": TEXT, "_fill": "1"})

    assert page.status_code == 200 and Policy.objects.count() == 1
    data = {"code": "B9", "_publish": "1"}
    forms = [page.context["adminform"].form]
    for part in page.context["inline_admin_formsets"]:
        forms += [part.formset.management_form, *part.formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data.setdefault(field.html_name, "on" if value is True else value)
    response = admin_client.post(add, data)

    assert response.status_code == 302, response.context["errors"]
    policy = Policy.objects.with_labels().get(code="B9")
    assert policy.public_events[0].happened_text == "2021-08-01"
    assert policy.issuer_list == [office]
    # What a program proposed waits for an editor to confirm it.
    assert policy.relations.count() == 4
    assert not any(relation.is_public for relation in policy.relations.all())
    see_it = admin_client.get(response["Location"]).content.decode()
    assert policy.get_absolute_url() in see_it


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("2021", "2021-01-01", "year"),
        ("2021-03", "2021-03-01", "month"),
        ("2021年3月19日", "2021-03-19", "day"),
        ("", None, ""),
    ],
)
def test_a_date_and_its_precision_are_one_field(admin_client, typed, day, precision):
    policy = make_policy()
    address = reverse("admin:policies_policy_change", args=[policy.pk])
    form = admin_client.get(address).context["adminform"].form
    assert form["published_on"].value() == "2022-03"
    assert "published_precision" not in form.fields

    bound = type(form)(
        {
            "code": policy.code, "title_zh_hans": "文", "level": "national",
            "text_scope": "full", "no_source_reason": "x", "published_on": typed,
        },
        instance=policy,
    )  # fmt: skip

    assert bound.is_valid(), bound.errors
    saved = bound.save()
    assert (str(saved.published_on or "") or None) == day
    assert saved.published_precision == precision


@pytest.mark.parametrize(
    "typed", ["2021-13", "gestern", "2021-02-30", "21", "截至2021年"]
)
def test_malformed_date_is_reported_at_its_field(admin_client, typed):
    policy = make_policy()
    address = reverse("admin:policies_policy_change", args=[policy.pk])
    form = admin_client.get(address).context["adminform"].form

    bound = type(form)({"published_on": typed}, instance=policy)

    assert bound.errors["published_on"]
