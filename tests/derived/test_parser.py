"""What a formula may be, and how each thing that is not one is refused: with its place and a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ecoscore.derived import ExpressionError, parse

KNOWN = ("a", "b", "c", "pm25", "PM2.5", "优良天数", "co-2")


def value(text, **given):
    return float(parse(text, KNOWN).compute({k: np.array(float(v)) for k, v in given.items()}))


@pytest.mark.parametrize(("text", "expected"), [
    ("a + b * c", 14), ("(a + b) * c", 20), ("a - b - c", -5), ("a - (b - c)", 3), ("c / a / b", 4 / 6),
    ("-a * b", -6), ("a - -b", 5), ("2 * a^b", 16), ("-(a^2)", -4), ("(-a)^2", 4), ("a^(-1)", 0.5),
    ("if(a < b, 10, 20)", 10), ("if(a >= b, 10, 20)", 20), ("if(and(a < b, b < c), 1, 0)", 1), ("if(or(a > b, a > c), 1, 0)", 0),
    ("if(not(a = 2), 1, 0)", 0), ("if(a <> 3, 1, 0)", 1), ("if(a == 2, 1, 0)", 1), ("if(a != 2, 1, 0)", 0),
    ("min(a, b, c)", 2), ("max(a, b, c)", 4), ("mean(a, b, c)", 3), ("sum(a, b, c)", 9), ("abs(a - c)", 2), ("sqrt(c)", 2),
    ("round(a / b, 2)", 0.67), ("round(c / 1.6, 0)", 3), ("round_even(c / 1.6, 0)", 2), ("round(-c / 1.6, 0)", -3), ("001.50 * a", 3),
])  # fmt: skip
def test_precedence_and_functions(text, expected):
    assert value(text, a=2, b=3, c=4) == pytest.approx(expected, abs=1e-15)


def test_rounding_is_decimal_not_binary():
    assert value("round(a, 2)", a=2.675) == 2.68
    assert value("round_even(a, 2)", a=2.675) == 2.68
    assert value("round_even(a, 2)", a=2.665) == 2.66


def test_equal_is_equal_to_fifteen_digits():
    assert value("if(a + b = c, 1, 0)", a=0.1, b=0.2, c=0.3) == 1
    assert value("a + b - c", a=0.1, b=0.2, c=0.3) == 0
    assert np.isnan(value("1 / (a + b - c)", a=0.1, b=0.2, c=0.3))


@pytest.mark.parametrize(
    "text",
    [
        "a / b",
        "a^(-1) + b / b",
        "sqrt(a - 1)",
        "(a - 1)^0.5",
        "a^0",
        "b^b",
        "a * c",
        "if(b / b > 1, 2, 3)",
        "0 * (a / b)",
        "(b/b)^0 + c",
    ],
)
def test_what_cannot_be_computed_is_nan_without_a_warning(text):
    with np.errstate(all="raise"):
        assert np.isnan(value(text, a=0, b=0, c=float("inf")))


def test_a_missing_quantity_is_never_a_number():
    assert np.isnan(value("0 * a + b", b=1))
    assert np.isnan(value("max(a, b)", b=1))
    assert np.isnan(value("b^a", b=1))
    assert np.isnan(value("if(a > 0, b, b)", b=1))
    assert np.isnan(value("a", a=float("inf")))


def test_names_of_both_periods():
    e = parse("a / prev(b + c) + yoy(优良天数) - PM2.5", KNOWN)
    assert e.names == {"a", "优良天数", "PM2.5"}
    assert e.previous == {"b", "c", "优良天数"}
    assert e.text == "a / (prev(b) + prev(c)) + yoy(优良天数) - PM2.5"
    assert hash(parse(" a/(prev(b)+prev(c))+yoy( 优良天数 )-PM2.5", KNOWN)) == hash(e)


def test_arrays_are_computed_as_a_whole():
    e = parse("100 * (a - prev(a)) / prev(a)", KNOWN)
    got = e.compute({"a": np.array([110.0, 90.0, np.nan, 5.0])}, {"a": np.array([100.0, 100.0, 1.0, 0.0])})
    np.testing.assert_array_equal(got, [10.0, -10.0, np.nan, np.nan])


@pytest.mark.parametrize(("text", "position", "sentence"), [
    ("", 0, "公式是空的"),
    ("a + pm2", 4, "没有名为“pm2”的指标或原始数据（是否是 pm25？）"),
    ("a + 优良天", 4, "是否是 优良天数？"),
    ("maxx(a, b)", 0, "没有名为“maxx”的函数（是否是 max？）"),
    ("a（b）", 1, "“（”是全角字符（请切换到英文输入法，改成半角的 (）"),
    ("a＋b", 1, "改成半角的 +"), ("a×b", 1, "请改成 *"), ("a ÷ b", 2, "请改成 /"), ("if(a≥b, 1, a)", 4, "请改成 >="),
    ("max(a，b)", 5, "全角字符"), ("max(a、b)", 5, "请改成 ,"), ("ａ", 0, "改成半角的 a"), ("a − b", 2, "请改成 -"),
    ("(a + b", 0, "这个左括号没有配对的右括号"), ("max(a, b", 3, "这个左括号没有配对的右括号"),
    ("a)", 1, "这里不该有右括号"), ("()", 1, "这里不该有右括号"),
    ("a +", 3, "公式没有写完"), ("* a", 0, "这里不该有 *"), ("+a", 0, "正数前不写正号"), ("a b", 2, "“b”前面缺少运算符"), ("a, b", 1, "这里不该有逗号"),
    ("if(a, 1, 2)", 3, "if 的第 1 个参数应是一个条件"), ("if(a > 1, 2)", 0, "if 应有 3 个参数，写了 2 个（写作 if(条件, 成立时, 不成立时)）"),
    ("sqrt(a, b)", 0, "sqrt 应有 1 个参数，写了 2 个"), ("min(a)", 0, "min 应有至少 2 个参数"), ("sqrt()", 0, "写了 0 个"),
    ("a > b", 0, "公式的结果应是一个数，写的是条件"), ("max(a > b, 1)", 4, "max 的第 1 个参数应是一个数"),
    ("if(a < b < c, 1, 2)", 9, "不能连着比较"), ("(a > b) + 1", 0, "条件不能参加加减乘除"), ("if((a > b) = 1, 1, a)", 3, "条件不能再作比较"),
    ("-a^2", 0, "-a^b 有两种读法"), ("a^b^c", 3, "连着写两个 ^ 有两种读法"), ("a^-1", 2, "负的指数要加括号"),
    ("1.5e3 * a", 3, "不能用科学计数法"), ("2a", 1, "数字后面直接跟着“a”"), ("a * 1.", 5, "小数点后缺少数字"), ("a * .5", 4, "小数点前缺少数字"),
    ("a * 5%", 5, "不能写百分号"), ("a * 1234567890.123456", 4, "数字超过 15 位"), ("a * 1,000", 5, "数字里不要写千分号"),
    ("round(a, b)", 0, "round 的小数位数应是 0 到 9 的整数"), ("round(a, 1.5)", 0, "小数位数"), ("round(a, 10)", 0, "小数位数"),
    ("max", 0, "max 是函数，后面要写括号"), ("a(b)", 0, "a 是指标，不是函数"), ("co-2 + a", 0, "没有名为“co”"),
    ("prev(yoy(a))", 0, "prev、变化率不能套在一起用"), ("co_control(prev(a), b, 3, 4)", 0, "prev、变化率不能套在一起用"), ("yoy(3)", 0, "常数没有基期"),
    ("1 + 1", 0, "没有用到任何指标"), ("a # b", 2, "不认识的字符“#”"), ("'a'", 0, "不认识的字符"), ("a; b", 1, "请改成 ,"),
    ("air_index_2013(a, a, a, a, a, a) - air_index_2026(a, a, a, a, a, a)", 0, "口径不同，不能放在一个公式里"),
])  # fmt: skip
def test_every_refusal_says_where_and_what(text, position, sentence):
    known = KNOWN if not text.startswith("co-2") else ("a",)
    with pytest.raises(ExpressionError) as refused:
        parse(text, known)
    assert refused.value.position == position
    assert sentence in str(refused.value)
    assert str(refused.value).startswith(f"第 {position + 1} 个字符处：")


def test_a_hyphen_in_an_id_is_explained():
    with pytest.raises(ExpressionError, match="标识 co-2 里有短横，公式里会当成减号"):
        parse("a + co-2", KNOWN)


def test_limits_hold_and_the_largest_formula_within_them_works():
    assert value("+".join(["a"] * 120), a=1) == 120
    with pytest.raises(ExpressionError, match="超过 240 项"):
        parse("+".join(["a"] * 121), KNOWN)
    with pytest.raises(ExpressionError, match="超过 2000 个字符"):
        parse("a" + " " * 2000, KNOWN)
    assert value("(" * 12 + "a" + ")" * 12, a=1) == 1
    for opened in ("(", "-", "abs(", "sqrt(abs("):
        with pytest.raises(ExpressionError, match="套了 12 层以上"):
            parse(opened * 13 + "a" + ")" * 13, KNOWN)


def test_a_formula_too_long_for_a_cell_is_refused_at_once():
    text = "a"
    for _ in range(11):
        text = f"round_even({text}, 2)"
    with pytest.raises(ExpressionError, match="写不进一个 Excel 单元格"):
        parse(text, KNOWN)
    many = [f"名{n}" for n in range(100)]
    doubled = f"round_even(yoy(sum({', '.join(many)})), 2)"
    with pytest.raises(ExpressionError, match="写不进一个 Excel 单元格"):
        parse(doubled, many)


SIGNS = st.sampled_from(
    [
        *"+-*/^(),.<>=%",
        "<=",
        "<>",
        "if(",
        "max(",
        "yoy(",
        "prev(",
        "a",
        "PM2.5",
        "优良天数",
        "1",
        "2.5",
        " ",
        "（",
        "×",
        "co_control(",
        "round(",
        ", 2)",
        "air_index_2013(",
    ]
)


@settings(deadline=None, max_examples=400)
@given(st.one_of(st.text(max_size=60), st.lists(SIGNS, max_size=40).map("".join)))
@example("²*a")
@example("\ud800")
@example("a.." + "b")
def test_any_text_is_a_formula_or_our_own_refusal(text):
    try:
        found = parse(text, KNOWN)
    except ExpressionError as error:
        refused = error
        found = None
    if found is None:
        assert 0 <= refused.position <= len(text)
        assert refused.message
        return
    assert parse(found.text, KNOWN) == found
    assert found.compute({}, {}).shape == ()
    assert isinstance(found.excel({}), str)
    assert found.explain({}).formula
