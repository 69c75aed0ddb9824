"""A formula cut into numbers, names and signs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ecoscore.derived.problem import ExpressionError

LONGEST = 2000
MOST_TOKENS = 240
MOST_DIGITS = 15

_SIGNS = ("<=", ">=", "<>", "==", "!=", "+", "-", "*", "/", "^", "(", ")", ",", "<", ">", "=")
_SYNONYMS = {"==": "=", "!=": "<>"}
# What Chinese input methods and word processors put in place of a sign.
_LOOKALIKES = {
    "×": "*", "÷": "/", "−": "-", "–": "-", "—": "-", "≥": ">=", "≤": "<=", "≠": "<>", "、": ",", "。": ".", "·": "*",
    "【": "(", "】": ")", "〔": "(", "〕": ")", "；": ",", ";": ",", "[": "(", "]": ")", "{": "(", "}": ")", "：": "",
}  # fmt: skip


class Kind(StrEnum):
    NUMBER = "number"
    NAME = "name"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    position: int


def tokens(text: str) -> list[Token]:
    """All tokens, the last one of kind END; ExpressionError at the first character that has no place."""
    if len(text) > LONGEST:
        raise ExpressionError(LONGEST, f"公式超过 {LONGEST} 个字符", "请拆成几个派生指标")
    found: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token, at = _next(text, at)
        found.append(token)
        if len(found) > MOST_TOKENS:
            raise ExpressionError(token.position, f"公式超过 {MOST_TOKENS} 项", "请拆成几个派生指标")
    found.append(Token(Kind.END, "", len(text)))
    return found


def _next(text: str, at: int) -> tuple[Token, int]:
    _refuse_lookalike(text, at)
    if text[at] in "0123456789":
        return _number(text, at)
    if _of_name(text[at]):
        return _name(text, at)
    for sign in _SIGNS:
        if text.startswith(sign, at):
            return Token(Kind.SIGN, _SYNONYMS.get(sign, sign), at), at + len(sign)
    if text[at] == ".":
        raise ExpressionError(at, "小数点前缺少数字", "小数要写全，如 0.5")
    if text[at] == "%":
        raise ExpressionError(at, "公式里不能写百分号", "5% 请写成 0.05；要得到百分数，请乘以 100")
    raise ExpressionError(at, f"不认识的字符“{text[at]}”", "公式里只能有指标标识、数字、函数名和 + - * / ^ ( ) , < > =")


def _refuse_lookalike(text: str, at: int) -> None:
    character = text[at]
    if "\uff01" <= character <= "\uff5e":  # the full-width forms of ASCII
        half = chr(ord(character) - 0xFEE0)
        advice = "5% 请写成 0.05" if half == "%" else f"请切换到英文输入法，改成半角的 {_LOOKALIKES.get(half, half)}"
        raise ExpressionError(at, f"“{character}”是全角字符", advice)
    if character in _LOOKALIKES:
        right = _LOOKALIKES[character]
        raise ExpressionError(at, f"公式里不能用“{character}”", f"请改成 {right}" if right else "请去掉")


def _of_name(character: str) -> bool:
    return character == "_" or character.isalnum()


def _number(text: str, start: int) -> tuple[Token, int]:
    at = _digits(text, start)
    if at < len(text) and text[at] == ".":
        after = _digits(text, at + 1)
        if after == at + 1:
            raise ExpressionError(at, "小数点后缺少数字", "小数要写全，如 5.0")
        at = after
    if at < len(text) and text[at] in "eE":
        raise ExpressionError(at, "不能用科学计数法", "请写成小数，如 0.001")
    if at < len(text) and _of_name(text[at]):
        raise ExpressionError(at, f"数字后面直接跟着“{text[at]}”", "相乘要写 *；标识不能以数字开头")
    whole, _, fraction = text[start:at].partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    if len((whole + fraction).lstrip("0")) > MOST_DIGITS or len(fraction) > MOST_DIGITS:
        raise ExpressionError(start, f"数字超过 {MOST_DIGITS} 位", "Excel 只认 15 位有效数字，请减少位数")
    return Token(Kind.NUMBER, f"{whole}.{fraction}" if fraction else whole, start), at


def _digits(text: str, at: int) -> int:
    while at < len(text) and text[at] in "0123456789":
        at += 1
    return at


def _name(text: str, start: int) -> tuple[Token, int]:
    """Letters of any script, digits, underscores; a point inside (PM2.5) belongs to the name."""
    at = start
    while at < len(text):
        if "\uff01" <= text[at] <= "\uff5e":
            _refuse_lookalike(text, at)
        inner_point = text[at] == "." and at + 1 < len(text) and _of_name(text[at + 1])
        if not (_of_name(text[at]) or inner_point):
            break
        at += 1
    return Token(Kind.NAME, text[start:at], start), at
