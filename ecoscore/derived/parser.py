"""A formula's text to its tree: precedence climbing over tokens, every refusal with its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping

from ecoscore.derived.builtin import BUILTINS, Builtin
from ecoscore.derived.change import CHANGES
from ecoscore.derived.function import Function
from ecoscore.derived.nodes import (
    Binary,
    Change,
    Choice,
    Comparison,
    Literal,
    Name,
    Named,
    Negative,
    Node,
    Plain,
    is_condition,
    names,
    shifted,
)
from ecoscore.derived.problem import ExpressionError
from ecoscore.derived.tokens import Kind, Token, tokens

# Each level may become two or three nested functions in Excel, which allows 64.
DEEPEST = 12

_COMPARISONS = frozenset({"<", "<=", ">", ">=", "=", "<>"})


def parse_tree(text: str, known: Collection[str], functions: Mapping[str, Function]) -> Node:
    """The tree of a formula over the quantities `known`; ExpressionError says where and why it cannot be."""
    if not text.strip():
        raise ExpressionError(0, "公式是空的", "请写出算式，如 100 * a / b")
    return _Parser(text, known, functions).whole()


class _Parser:
    def __init__(self, text: str, known: Collection[str], functions: Mapping[str, Function]) -> None:
        self.text = text
        self.known = known
        self.functions = functions
        self.tokens = tokens(text)
        self.at = 0
        self.depth = 0

    # Tokens. ---------------------------------------------------------------------------------------------------

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.now
        self.at += 1
        return token

    def is_sign(self, *signs: str) -> bool:
        return self.now.kind is Kind.SIGN and self.now.text in signs

    def close(self, opened: Token) -> None:
        if self.is_sign(")"):
            self.take()
        elif self.now.kind is Kind.END:
            raise ExpressionError(opened.position, "这个左括号没有配对的右括号", "请补上 )")
        else:
            raise self.unexpected()

    def unexpected(self) -> ExpressionError:
        token = self.now
        if token.kind is Kind.END:
            return ExpressionError(token.position, "公式没有写完", "运算符后面要有数或指标")
        if token.text == ")":
            return ExpressionError(token.position, "这里不该有右括号", "括号不配对，或括号里缺少内容")
        if token.text == ",":
            return ExpressionError(token.position, "这里不该有逗号", "逗号只用来分开函数的参数，数字里不要写千分号")
        if token.text == "+":
            return ExpressionError(token.position, "这里不该有 +", "正数前不写正号")
        if token.kind is Kind.SIGN:
            return ExpressionError(token.position, f"这里不该有 {token.text}", "运算符两边都要有数或指标")
        return ExpressionError(token.position, f"“{token.text}”前面缺少运算符", "相乘要写 *")

    # Grammar. --------------------------------------------------------------------------------------------------

    def whole(self) -> Node:
        node = self.number("公式的结果")
        if self.now.kind is not Kind.END:
            raise self.unexpected()
        if not names(node):
            raise ExpressionError(0, "公式里没有用到任何指标", "派生指标要由别的数算出，写常数没有意义")
        return node

    def number(self, what: str) -> Node:
        start = self.now.position
        node = self.comparison()
        if is_condition(node):
            raise ExpressionError(start, f"{what}应是一个数，写的是条件", "条件只用在 if、and、or、not 里")
        return node

    def condition(self, what: str) -> Node:
        start = self.now.position
        node = self.comparison()
        if not is_condition(node):
            raise ExpressionError(start, f"{what}应是一个条件，如 a > 0", "比较用 < <= > >= = <>")
        return node

    def comparison(self) -> Node:
        start = self.now.position
        left = self.sum()
        if not self.is_sign(*_COMPARISONS):
            return left
        sign = self.take()
        right_start = self.now.position
        right = self.sum()
        for side, position in ((left, start), (right, right_start)):
            if is_condition(side):
                raise ExpressionError(position, "条件不能再作比较", "几个条件请用 and(…)、or(…) 连起来")
        if self.is_sign(*_COMPARISONS):
            raise ExpressionError(self.now.position, "不能连着比较", "a < b < c 请写成 and(a < b, b < c)")
        return Comparison(sign.text, left, right)

    def sum(self) -> Node:
        return self.chain(("+", "-"), self.product)

    def product(self) -> Node:
        return self.chain(("*", "/"), self.signed)

    def chain(self, signs: tuple[str, ...], part: Callable[[], Node]) -> Node:
        start = self.now.position
        node = part()
        while self.is_sign(*signs):
            self.refuse_condition(node, start)
            sign = self.take()
            right_start = self.now.position
            right = part()
            self.refuse_condition(right, right_start)
            node = Binary(sign.text, node, right)
        return node

    def refuse_condition(self, node: Node, position: int) -> None:
        if is_condition(node):
            raise ExpressionError(position, "条件不能参加加减乘除", "可写成 if(条件, 1, 0)")

    def signed(self) -> Node:
        if not self.is_sign("-"):
            return self.power()
        minus = self.take()
        self.deeper(minus)
        start = self.now.position
        part = self.signed() if self.is_sign("-") else self.atom()
        self.refuse_condition(part, start)
        if self.is_sign("^"):
            raise ExpressionError(minus.position, "-a^b 有两种读法", "请写成 -(a^b) 或 (-a)^b")
        self.depth -= 1
        return Negative(part)

    def power(self) -> Node:
        start = self.now.position
        base = self.atom()
        if not self.is_sign("^"):
            return base
        self.refuse_condition(base, start)
        sign = self.take()
        start = self.now.position
        if self.is_sign("-"):
            raise ExpressionError(start, "负的指数要加括号", "请写成 a^(-1)")
        exponent = self.atom()
        self.refuse_condition(exponent, start)
        if self.is_sign("^"):
            raise ExpressionError(self.now.position, "连着写两个 ^ 有两种读法", "请加括号，如 (a^b)^c")
        return Binary(sign.text, base, exponent)

    def atom(self) -> Node:
        token = self.now
        if token.kind is Kind.NUMBER:
            self.take()
            return Literal(token.text)
        if token.kind is Kind.NAME:
            self.take()
            return self.call(token) if self.is_sign("(") else self.quantity(token)
        if not self.is_sign("("):
            raise self.unexpected()
        self.take()
        self.deeper(token)
        node = self.comparison()
        self.close(token)
        self.depth -= 1
        return node

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError(token.position, f"括号和函数套了 {DEEPEST} 层以上", "请拆成几个派生指标")

    # Names and calls. ------------------------------------------------------------------------------------------

    def quantity(self, token: Token) -> Node:
        if token.text in self.known:
            return Name(token.text)
        raise self.unknown(token)

    def unknown(self, token: Token) -> ExpressionError:
        hyphened = [k for k in self.known if "-" in k and self.text.startswith(k, token.position)]
        if hyphened:
            return ExpressionError(token.position, f"标识 {hyphened[0]} 里有短横，公式里会当成减号", "请改用下划线")
        if token.text in self.callable_names():
            return ExpressionError(token.position, f"{token.text} 是函数，后面要写括号", f"如 {self.usage(token.text)}")
        return ExpressionError(
            token.position, f"没有名为“{token.text}”的指标或原始数据", nearest(token.text, self.known)
        )

    def callable_names(self) -> tuple[str, ...]:
        return ("if", "prev", *CHANGES, *BUILTINS, *self.functions)

    def usage(self, name: str) -> str:
        if name in BUILTINS:
            return BUILTINS[name].usage
        if name in self.functions:
            function = self.functions[name]
            return f"{name}({', '.join(a.name for a in function.arguments)}{', …' if function.variadic else ''})"
        return "if(条件, 成立时, 不成立时)" if name == "if" else f"{name}(x)"

    def call(self, name: Token) -> Node:
        opened = self.take()
        self.deeper(name)
        if name.text not in self.callable_names():
            raise self.no_function(name)
        node = self.called(name, opened)
        self.depth -= 1
        return node

    def no_function(self, name: Token) -> ExpressionError:
        if name.text in self.known:
            return ExpressionError(name.position, f"{name.text} 是指标，不是函数", "相乘要写 *")
        advice = nearest(name.text, self.callable_names())
        return ExpressionError(name.position, f"没有名为“{name.text}”的函数", advice)

    def called(self, name: Token, opened: Token) -> Node:
        text = name.text
        if text == "if":
            parts = self.arguments(name, opened, 3, 3, conditions=1)
            return Choice(*parts)
        if text == "prev":
            (part,) = self.arguments(name, opened, 1, 1)
            return shifted(self.of_this_period(part, name))
        if text in CHANGES:
            (part,) = self.arguments(name, opened, 1, 1)
            return Change(CHANGES[text], self.of_this_period(part, name))
        if text in BUILTINS:
            return self.builtin(BUILTINS[text], name, opened)
        function = self.functions[text]
        count = len(function.arguments)
        parts = self.arguments(name, opened, count, None if function.variadic else count)
        for argument, part in zip(function.arguments, parts, strict=False):
            if argument.both:
                self.of_this_period(part, name)
        return Named(function, tuple(parts))

    def builtin(self, builtin: Builtin, name: Token, opened: Token) -> Node:
        conditions = len(self.tokens) if builtin.conditions else 0
        parts = self.arguments(name, opened, builtin.least, builtin.most, conditions)
        if builtin.digits and not (isinstance(parts[-1], Literal) and parts[-1].text in "0123456789"):
            raise ExpressionError(name.position, f"{name.text} 的小数位数应是 0 到 9 的整数", f"如 {name.text}(x, 2)")
        return Plain(builtin, tuple(parts))

    def arguments(self, name: Token, opened: Token, least: int, most: int | None, conditions: int = 0) -> list[Node]:
        """The arguments up to the closing bracket; the first `conditions` of them are conditions."""
        parts: list[Node] = []
        while not (self.is_sign(")") and not parts):
            what = f"{name.text} 的第 {len(parts) + 1} 个参数"
            parts.append(self.condition(what) if len(parts) < conditions else self.number(what))
            if not self.is_sign(","):
                break
            self.take()
        self.close(opened)
        if len(parts) < least or (most is not None and len(parts) > most):
            wanted = (
                f" {least} 个" if most == least else f"至少 {least} 个" if most is None else f" {least} 至 {most} 个"
            )
            message = f"{name.text} 应有{wanted}参数，写了 {len(parts)} 个"
            raise ExpressionError(name.position, message, f"写作 {self.usage(name.text)}")
        return parts

    def of_this_period(self, part: Node, name: Token) -> Node:
        found = names(part)
        if any(n.previous for n in found):
            raise ExpressionError(name.position, f"{name.text}(…) 里已经用了基期的数", "prev、变化率不能套在一起用")
        if not found:
            raise ExpressionError(name.position, f"{name.text}(…) 里没有用到任何指标", "常数没有基期")
        return part


def nearest(word: str, choices: Collection[str]) -> str:
    """Advice that names what was probably meant."""
    if close := difflib.get_close_matches(word, sorted(choices), n=1, cutoff=0.5):
        return f"是否是 {close[0]}？"
    if not choices:
        return "这里没有可用的指标"
    some = "、".join(sorted(choices)[:8])
    return f"可用：{some}{'等' if len(choices) > 8 else ''}"
