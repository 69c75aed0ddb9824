"""What a cell says as a value of an indicator: a number, not applicable, not reported, or refused with the reason.

The rules, in order. Nothing else is ever read as a number:

1.  A number cell is its number. A percent-formatted one holds a ratio: for an indicator in % it is multiplied by 100
    and a note says so; for any other unit it is refused. A format that prints another unit, or a figure divided by
    thousands, or nothing at all (`;;;`), is refused: what people see there is not what is stored.
2.  Errors, dates, TRUE/FALSE and formulas without a stored result are refused.
3.  Text: `—` `-` `/` `不适用` `不涉及` `N/A` is not applicable; blank, `缺` `未报` `暂缺` `…` and their like are not
    reported, which writes nothing.
4.  Text that is a number: full-width or plain digits, a sign, commas only where they group thousands, an exponent;
    after it nothing, or the indicator's own unit in any spelling.
5.  Everything else is refused: `约42` and `≥95` are no exact numbers, `无` may mean three things, `42（修正）` has a
    remark behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ecoscore.importing.readers.book import Cell
from ecoscore.importing.readers.number_format import hides, read_format
from ecoscore.importing.units import conversion_hint, is_known_unit, same_unit, unit_key
from ecoscore.model.observation import Status


@dataclass(frozen=True, slots=True)
class Reading:
    """`status` is None where the cell was refused; then `code`, `message` and `advice` say why. Never raises.

    `other_unit`: the unit for which it was refused, `figure` the number stated in it.
    """

    status: Status | None
    value: float | None = None
    note: str = ""
    code: str = ""
    message: str = ""
    advice: str = ""
    other_unit: str = ""
    figure: float | None = None


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " ", 0x2212: "-"}
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F))
_DASHES = re.compile(r"[-—–―─_]{1,6}|/|\\")
_NOT_APPLICABLE = {"不适用", "无此项", "n/a"}
_NOT_CONCERNED = {"不涉及", "不涉及此项", "不涉及该项", "不涉及相关工作"}
_NOT_REPORTED = {
    "缺", "缺报", "缺失", "未报", "未报送", "未上报", "未填", "未填报", "暂缺", "暂无", "暂无数据", "无数据",
    "数据缺失", "待报", "待补", "待定", "待核", "待核实", "空", "null", "none", "nan",
}  # fmt: skip
_ELLIPSIS = re.compile(r"…+|\.{3,}|。{3,}")
_NUMBER = re.compile(
    r"([+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?|[+-]?\.[0-9]+)(.*)", re.DOTALL
)
_ABOUT = re.compile(r"[≥≤><≧≦≈~±]|约|大概|左右|将近|接近|^近|超过|不足|不低于|不高于|以上|以下|以内|[0-9]余|[0-9]多|几")
_SPAN = re.compile(r"[0-9.]+%?\s*(-|—|–|~|至|到)\s*[0-9.]+")
# Laboratories write "0.01L" for "below the detection limit of 0.01": no litres.
_BELOW_DETECTION = re.compile(r"未检出|检出限|\bnd\b|<\s*lod|^[0-9.]+\s*l$", re.IGNORECASE)
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!)|Err:[0-9]+", re.IGNORECASE)
_TREND = re.compile(r"[↑↓]|上升|下降|提高|降低|增长|减少|增加|提升")

AS_TYPED = "表中填“"
_TYPE_NUMBER = "请按该指标的单位填写数值；不适用的填“不适用”，没有数据的留空"


def read_cell(cell: Cell, unit: str) -> Reading:
    """Read one cell for an indicator measured in `unit`."""
    if cell.kind == "empty":
        return Reading(Status.MISSING)
    if cell.kind == "text":
        return read_text(str(cell.raw), unit)
    if cell.is_number:
        return _read_number(cell, unit)
    if cell.kind == "uncalculated":
        return _refused(
            "uncalculated", "是没有计算结果的公式", "请用 Excel 或 WPS 打开该文件，保存一次后重新导入；或把公式改成数值"
        )
    if cell.kind == "error":
        return _error(str(cell.raw))
    if cell.kind == "date":
        return _refused(
            "date_for_number",
            f"是日期（{cell.raw}），不是数",
            "多半被 Excel 自动改成了日期：请把格式设为“数值”后重新填写",
        )
    return _refused("bool_for_number", f"是逻辑值 {cell.text}，不是数", _TYPE_NUMBER)


def _read_number(cell: Cell, unit: str) -> Reading:
    shown = read_format(cell.format)
    if hides(cell.format, cell.raw):
        return _refused(
            "hidden_value",
            f"存有数值 {cell.text}，却被单元格格式隐藏，表上看不见",
            "如果要上报，请把单元格格式改为“数值”后重新导入；不上报的，请删去该数值",
        )
    if cell.kind == "percent":
        if unit_key(unit) != "%":
            return _refused(
                "percent_for_other_unit",
                f"设为百分比格式（显示 {cell.text}），而该指标的单位是“{unit or '无'}”",
                "请核对数值，把单元格格式改为“数值”后重新填写",
            )
        value = float(f"{cell.raw * 100:.15g}")
        return Reading(Status.REPORTED, value, note=f"百分比格式，存储值 {cell.raw:.15g}，按 {value:.15g}% 读取")
    if shown.scaled:
        return _refused(
            "scaled_format",
            f"的显示格式缩放了数值（实际存储 {cell.text}），看到的数与存储的数不同",
            "请把单元格格式改为“数值”，确认数值后重新导入",
        )
    suffix = re.sub(r"^[\s()（）¥￥$+-]+|[\s()（）]+$", "", shown.suffix)
    if suffix and not same_unit(suffix, unit):
        return _wrong_unit(f"显示为“{cell.text}{suffix}”", suffix, unit, float(cell.raw))
    return Reading(Status.REPORTED, float(cell.raw) + 0.0)


def read_text(text: str, unit: str) -> Reading:
    """Read typed text; see the rules above."""
    plain = text.translate(_FULL_WIDTH).translate(_INVISIBLE).strip()
    word = re.sub(r"\s+", "", plain).casefold()
    if not word or word in _NOT_REPORTED or _ELLIPSIS.fullmatch(word):
        return Reading(Status.MISSING, note=f"填的是“{plain}”" if word else "")
    if word in _NOT_APPLICABLE or _DASHES.fullmatch(word):
        return Reading(Status.NOT_APPLICABLE, note=f"{AS_TYPED}{plain}”")
    if word in _NOT_CONCERNED:
        return Reading(Status.NOT_CONCERNED)
    if found := _NUMBER.fullmatch(plain):
        figure, rest = found[1].replace(",", ""), found[2].strip()
        value = float(figure) + 0.0
        if not rest or (unit_key(rest) and same_unit(rest, unit)):
            if abs(value) == float("inf"):
                return _refused("unreadable", f"填的是“{_short(plain)}”，数值过大", _TYPE_NUMBER)
            return Reading(Status.REPORTED, value)
    figure = float(found[1].replace(",", "")) if found else None
    return _refusal_of(plain, found[2].strip() if found else "", unit, figure)


def _refusal_of(plain: str, rest: str, unit: str, figure: float | None) -> Reading:
    """Why a text is not taken for a number, as closely as can be told."""
    said = f"填的是“{_short(plain)}”"
    if plain in {"无", "没有"}:
        return _refused(
            "ambiguous_none", f"{said}，可能指数值为 0、不适用或没有数据", "请改填 0、“不适用”，或留空表示未报"
        )
    if _ERROR.fullmatch(plain):
        return _error(plain)
    if _BELOW_DETECTION.search(plain):
        return _refused("not_detected", f"{said}，没有数值", "请按监测规范填写数值（如检出限的一半），或填“不适用”")
    if _SPAN.search(plain):
        return _refused("range_text", f"{said}，是一个范围", "请填写一个确切的数值")
    if _ABOUT.search(plain):
        return _refused("approximate", f"{said}，不是确切的数", "请向填报单位核实后填写确切的数值")
    if _TREND.search(plain):
        return _refused("trend_text", f"{said}，是变化的描述", "请填写数值，下降用负号或按指标定义填写")
    if re.match(r"[0-9]{1,3},", plain) and re.fullmatch(r"[0-9,.]+", plain):
        return _refused("bad_separator", f"{said}，逗号不在千位上", "请检查是否把小数点写成了逗号")
    if rest.startswith(("(", "（", "[", "【", "①", "②", "③", "*", "注")):
        return _refused("with_remark", f"{said}，数值后面带有附注", "请把附注移到说明栏，单元格中只留数值")
    if re.fullmatch(r"[.,。，、;:·'\"]+", rest):
        return _refused("unreadable", f"{said}，无法读作数值", _TYPE_NUMBER)
    if rest and (is_known_unit(rest) or (len(rest) <= 16 and not re.search(r"[0-9]", rest))):
        return _wrong_unit(said, rest, unit, figure)
    return _refused("unreadable", f"{said}，无法读作数值", _TYPE_NUMBER)


def _error(shown: str) -> Reading:
    return _refused("cell_error", f"显示错误值 {shown}", "请改正该单元格的公式，或直接填写数值")


def _wrong_unit(said: str, given: str, unit: str, figure: float | None) -> Reading:
    hint = conversion_hint(given, unit)
    return Reading(
        None,
        code="unit_mismatch",
        message=f"{said}，而该指标的单位是“{unit or '无'}”",
        advice=f"请换算成“{unit or '无'}”后填写" + (f"（{hint}），或接受换算" if hint else ""),
        other_unit=given if hint else "",
        figure=figure,
    )


def _refused(code: str, message: str, advice: str) -> Reading:
    return Reading(None, code=code, message=message, advice=advice)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 30 else text[:30] + "…"
