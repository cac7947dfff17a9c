"""What a number in a text is: its scale, unit, currency, sign, direction and words."""

from decimal import Decimal

import pytest

from swot.checking.quantities import find, scan


def only(text, language):
    (quantity,) = scan(text, language).quantities
    return quantity


def values(text, language):
    return [(f"{q.value.normalize():f}", q.kind) for q in find(text, language)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("投入800多亿元", "80000000000"),
        ("3600多万人次", "36000000"),
        ("6000余万吨", "60000000"),
        ("十几亿件", "1000000000"),
        ("四万七千家", "47000"),
        ("三十一亿二千八百万元", "3128000000"),
        ("3万6千户", "36000"),
        ("五百八", "580"),
        ("一千九百六", "1960"),
        ("七点二五亿元", "725000000"),
        ("六点 八亿元", "680000000"),
        ("四十公里", "40"),
        ("八千户", "8000"),
        ("1.8bn", "1800000000"),
        ("7个亿", "700000000"),
        ("3又四分之一", "3.25"),
        ("四个半小时", "4.5"),
    ],
)
def test_chinese_amounts(text, value):
    assert values(text, "zh-hans") == [(value, "")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$2.7B", "2700000000"),
        ("US$41trn", "41000000000000"),
        ("€6.5T", "6500000000000"),
        ("250k users", "250000"),
        ("7m people", "7000000"),
        ("CHF2.2bn", "2200000000"),
        ("2.2bn CHF", "2200000000"),
        ("US$ 6 m", "6000000"),
        ("25 000 parcels", "25000"),
        ("three hundred million", "300000000"),
        ("thirty-four thousand", "34000"),
        ("a billion", "1000000000"),
        ("six point two million", "6200000"),
        ("eight hundred and seven firms", "807"),
        ("a 2.4-billion-dollar plan", "2400000000"),
        ("three and a half thousand", "3500"),
        ("2 3/4 hours", "2.75"),
    ],
)
def test_english_amounts(text, value):
    assert values(text, "en") == [(value, "")]


@pytest.mark.parametrize(
    ("text", "language", "value", "kind"),
    [
        ("百分之37", "zh-hans", "37", "percent"),
        ("千分之四", "zh-hans", "0.4", "percent"),
        ("万分之八", "zh-hans", "0.08", "percent"),
        ("约3/4", "zh-hans", "75", "percent"),
        ("八成三", "zh-hans", "83", "percent"),
        ("50个基点", "zh-hans", "0.5", "points"),
        ("2.5个点", "zh-hans", "2.5", "points"),
        ("翻一番", "zh-hans", "2", "times"),
        ("翻了两番", "zh-hans", "4", "times"),
        ("增长1倍", "zh-hans", "2", "times"),
        ("增长到四倍", "zh-hans", "4", "times"),
        ("减半", "zh-hans", "0.5", "times"),
        ("one percent", "en", "1", "percent"),
        ("fell by a percentage point", "en", "1", "points"),
        ("a 1.4-percentage-point gain", "en", "1.4", "points"),
        ("2.5 percentage-points", "en", "2.5", "points"),
        ("up 6 pp", "en", "6", "points"),
        ("75 basis points", "en", "0.75", "points"),
        ("2½ times", "en", "2.5", "times"),
        ("4/5 of them", "en", "80", "percent"),
        ("seven in ten", "en", "70", "percent"),
        ("three out of five sellers", "en", "60", "percent"),
        ("a tenth of a percent", "en", "0.1", "percent"),
        ("tripled", "en", "3", "times"),
        ("halved", "en", "0.5", "times"),
        ("twice the level", "en", "2", "times"),
        ("a fourfold rise", "en", "4", "times"),
    ],
)
def test_shares_points_and_multiples(text, language, value, kind):
    assert values(text, language) == [(value, kind)]


@pytest.mark.parametrize(
    ("text", "language", "low", "high"),
    [
        ("40—60亿元", "zh-hans", "4000000000", "6000000000"),
        ("百分之二到四", "zh-hans", "2", "4"),
        ("8000至1.2万家", "zh-hans", "8000", "12000"),
        ("六七成", "zh-hans", "60", "70"),
        ("三四百家", "zh-hans", "300", "400"),
        ("$40–60 billion", "en", "40000000000", "60000000000"),
        ("7-9 %", "en", "7", "9"),
        ("between 4 and 6 percent", "en", "4", "6"),
        ("between $4 million and $6 million", "en", "4000000", "6000000"),
    ],
)
def test_intervals_share_scale_and_unit(text, language, low, high):
    quantity = only(text, language)

    assert (quantity.value, quantity.upper) == (Decimal(low), Decimal(high))
    assert quantity.comparison == "between"
    assert [q.value for q in find(text, language)] == [Decimal(low), Decimal(high)]


@pytest.mark.parametrize(
    ("text", "language"), [("从4%到6%", "zh-hans"), ("rose from 4 to 6 %", "en")]
)
def test_change_from_one_value_to_another_is_not_an_interval(text, language):
    assert [q.upper for q in scan(text, language).quantities] == [None, None]


@pytest.mark.parametrize(
    ("text", "language", "direction"),
    [
        ("下降9%", "zh-hans", -1),
        ("减少约9%", "zh-hans", -1),
        ("9%的降幅", "zh-hans", -1),
        ("增长9%", "zh-hans", 1),
        ("增幅为9%", "zh-hans", 1),
        ("高出9%", "zh-hans", 1),
        ("下降到9%", "zh-hans", 0),
        ("降至9%", "zh-hans", 0),
        ("达到9%", "zh-hans", 0),
        ("占9%", "zh-hans", 0),
        ("最多9%", "zh-hans", 0),
        ("fell by 9 %", "en", -1),
        ("a 9 % decline", "en", -1),
        ("down about 9 %", "en", -1),
        ("9 % fewer parcels", "en", -1),
        ("rose 9 %", "en", 1),
        ("9 % growth", "en", 1),
        ("fell to 9 %", "en", 0),
        ("a share of 9 %", "en", 0),
    ],
)
def test_direction_is_that_of_changes_only(text, language, direction):
    quantity = only(text, language)

    assert (quantity.value, quantity.direction) == (9, direction)
    assert quantity.effective == (-9 if direction < 0 else 9)


@pytest.mark.parametrize(
    ("text", "language", "effective"),
    [
        ("增速为-6.4%", "zh-hans", "-6.4"),
        ("增速−6.4%", "zh-hans", "-6.4"),
        ("负增长6.4%", "zh-hans", "-6.4"),
        ("利润为负6.4亿元", "zh-hans", "-640000000"),
        ("-6.4 %", "en", "-6.4"),
        ("−6.4 %", "en", "-6.4"),
        ("minus 6.4 per cent", "en", "-6.4"),
        ("COVID-19 and a 6.4 % rise", "en", "6.4"),
    ],
)
def test_sign(text, language, effective):
    assert only(text, language).effective == Decimal(effective)


@pytest.mark.parametrize(
    ("text", "language", "comparison"),
    [
        ("约80家", "zh-hans", "about"),
        ("80家左右", "zh-hans", "about"),
        ("逾80家", "zh-hans", "more_than"),
        ("80余家", "zh-hans", "more_than"),
        ("80多家", "zh-hans", "more_than"),
        ("不低于80家", "zh-hans", "at_least"),
        ("80家以上", "zh-hans", "at_least"),
        ("近80家", "zh-hans", "nearly"),
        ("不足80家", "zh-hans", "less_than"),
        ("不超过80家", "zh-hans", "at_most"),
        ("通过80家", "zh-hans", "exactly"),
        ("roughly 80", "en", "about"),
        ("80 or so", "en", "about"),
        ("over 80", "en", "more_than"),
        ("80 or more", "en", "at_least"),
        ("no fewer than 80", "en", "at_least"),
        ("almost 80", "en", "nearly"),
        ("fewer than 80", "en", "less_than"),
        ("at most 80", "en", "at_most"),
        ("all over 80 rooms", "en", "exactly"),
    ],
)
def test_comparison(text, language, comparison):
    assert only(text, language).comparison == comparison


@pytest.mark.parametrize(
    ("text", "language", "currency"),
    [
        ("6亿美元", "zh-hans", "USD"),
        ("6亿日元", "zh-hans", "JPY"),
        ("6亿澳元", "zh-hans", "AUD"),
        ("6亿元", "zh-hans", "CNY"),
        ("人民币6亿", "zh-hans", "CNY"),
        ("HK$6 million", "en", "HKD"),
        ("GBP6 million", "en", "GBP"),
        ("6 million euros", "en", "EUR"),
        ("6 million parcels", "en", ""),
    ],
)
def test_currency(text, language, currency):
    assert only(text, language).currency == currency


@pytest.mark.parametrize(
    ("text", "language", "phrase"),
    [
        ("共有超过300亿元的", "zh-hans", "超过300亿元"),
        ("有2000家以上", "zh-hans", "2000家以上"),
        ("worth more than US$3 billion.", "en", "more than US$3 billion"),
        ("some 40 firms or", "en", "some 40 firms"),
    ],
)
def test_the_whole_phrase_has_unit_and_comparison(text, language, phrase):
    quantity = only(text, language)

    assert text[quantity.first : quantity.last] == phrase


@pytest.mark.parametrize(
    ("text", "language", "places"),
    [
        ("13亿元", "zh-hans", -8),
        ("三亿元", "zh-hans", -8),
        ("一万两千家", "zh-hans", 0),
        ("99.50%", "zh-hans", 2),
        ("1.30 billion", "en", -7),
        ("three", "en", 0),
        ("a third of it", "en", None),
    ],
)
def test_printed_precision(text, language, places):
    assert only(text, language).places == places


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("几百家", "zh-hans"),
        ("数十个", "zh-hans"),
        ("上千家", "zh-hans"),
        ("近百家", "zh-hans"),
        ("hundreds of firms", "en"),
        ("dozens of firms", "en"),
    ],
)
def test_vague_numbers_are_found_without_a_value(text, language):
    reading = scan(text, language)

    assert reading.quantities == ()
    assert [unread.is_vague for unread in reading.unread] == [True]


@pytest.mark.parametrize("text", ["3.4.5", "98,76,543", "7'000", "三百九十九三盒"])
def test_what_cannot_be_read_whole_is_not_read_in_parts(text):
    language = "en" if text[0].isdigit() else "zh-hans"
    reading = scan(text, language)

    assert reading.quantities == ()
    assert [unread.is_vague for unread in reading.unread] == [False]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("“七人普”数据", "zh-hans"),
        ("两区一中心", "zh-hans"),
        ("第三次产业与三次产业", "zh-hans"),
        ("2季度，20世纪，90后", "zh-hans"),
        ("前8个月，每百元", "zh-hans"),
        ("between 2018 and 2021", "en"),
        ("HS编码850440，ISO 14001，GB/T 2260", "zh-hans"),
        ("邮编550004，见第12页，表3", "zh-hans"),
        ("15日上午9点30分", "zh-hans"),
        ("（2）稳外贸", "zh-hans"),
        ("the top 20, the Group of 7", "en"),
        ("on June 3–7, at 4 pm, on 8 and 9 June", "en"),
        ("see pp. 12-14, Section 5.1 and equation (4)", "en"),
        ("FY2021-22 and the 2021/22 season", "en"),
        ("an Airbus 320, ISO 14001", "en"),
    ],
)
def test_names_dates_and_references_are_no_quantities(text, language):
    reading = scan(text, language)

    assert (reading.quantities, reading.unread) == ((), ())


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("分别增长64、9、7倍", "zh-hans", ["64", "9", "7"]),
        ("分别占31、22和14%", "zh-hans", ["31", "22", "14"]),
        ("grew by 31, 22 and 14 percent", "en", ["31", "22", "14"]),
    ],
)
def test_a_list_shares_unit_and_direction(text, language, expected):
    found = scan(text, language).quantities

    assert [f"{q.value:f}" for q in found] == expected
    assert len({q.kind for q in found}) == 1
    assert len({q.direction for q in found}) == 1


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("占比从三成五升至四成二。", ["35", "42"]),
        ("比重由六成五降到两成。", ["65", "20"]),
        ("七成三下降到六成。", ["73", "60"]),
        ("六成三线城市开通专线。", ["60"]),
        ("每箱五升水。", ["5"]),
    ],
)
def test_tenths_are_read_up_to_a_verb_of_change(text, values):
    found = [quantity.value for quantity in find(text, "zh-hans")]

    assert found == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2.0～2.5亿美元", "200000000", "250000000"),
        ("1.25—1.75万吨", "12500", "17500"),
        ("0.8-1.2万亿元", "800000000000", "1200000000000"),
        ("3.5至4万人", "35000", "40000"),
        ("12-15.5亿件", "1200000000", "1550000000"),
        ("1—2亿元", "100000000", "200000000"),
    ],
)
def test_both_ends_of_a_range_have_the_scale_of_the_second(text, low, high):
    quantity = only(text, "zh-hans")

    assert (quantity.value, quantity.upper) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "text", ["loans of Rmb1.2tn", "loans of rmb 1.2tn", "loans of RMB1.2tn"]
)
def test_the_sign_of_a_currency_may_be_written_small(text):
    quantity = only(text, "en")

    assert (quantity.value, quantity.currency) == (Decimal("1.2E12"), "CNY")


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Phones made up 12 per cent", 0),
        ("toys make up 12 per cent", 0),
        ("shoes, making up 12 per cent", 0),
        ("exports were up 12 per cent", 1),
        ("exports went up 12 per cent", 1),
    ],
)
def test_verb_of_a_share_is_not_a_direction(text, direction):
    assert only(text, "en").direction == direction


@pytest.mark.parametrize(
    ("text", "comparison"),
    [
        ("占三分之一强", "more_than"),
        ("占三成强", "more_than"),
        ("占四分之一弱", "nearly"),
        ("占三成", "exactly"),
        ("占三分之一，强于上年", "exactly"),
    ],
)
def test_a_little_more_and_a_little_less_in_chinese(text, comparison):
    assert only(text, "zh-hans").comparison == comparison


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("出口港币5,000万元。", "HKD"),
        ("投资日元1200亿。", "JPY"),
        ("欧元3亿", "EUR"),
        ("合美元5亿元", "USD"),
        ("人民币5亿元", "CNY"),
        ("其中5亿元", "CNY"),
    ],
)
def test_currency_named_before_an_amount_is_its_currency(text, currency):
    assert only(text, "zh-hans").currency == currency
