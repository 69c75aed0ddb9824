"""From a claimed cell to an observation or a target: read by the rules, checked against the indicator's valid range."""

from __future__ import annotations

from ecoscore.importing.cell_text import Reading, read_cell
from ecoscore.importing.claims import Claim
from ecoscore.importing.readers.book import cell_name, column_letters
from ecoscore.importing.readers.number_format import is_bare
from ecoscore.importing.sheet_report import SheetReport
from ecoscore.importing.units import converted
from ecoscore.model.entry_form import NOT_APPLICABLE, NOT_CONCERNED, REPORTED
from ecoscore.model.observation import Observation, Status

_UNLIMITED = (None, None)
_LEFT_OUT = (NOT_APPLICABLE, NOT_CONCERNED)


def observe(claim: Claim, report: SheetReport) -> Observation | None:
    """The observation a cell holds; None where it is blank, not reported or refused (the last two with a finding)."""
    if (plain := _plainly(claim, report)) is not None:
        return plain
    reading = _reading(claim, report)
    if reading is None or reading.status is Status.MISSING:
        return None
    note = "；".join(part for part in (claim.note, reading.note) if part)
    if reading.status is Status.NOT_APPLICABLE and claim.note:
        note = claim.note
    return Observation(
        claim.district.name,
        claim.indicator.id,
        claim.period,
        reading.value,
        reading.status or Status.MISSING,
        basis=claim.basis or None,
        raw=claim.cell.text if not claim.cell.is_empty else claim.state or None,
        source=f"{report.source} › {cell_name(*claim.place)}",
        note=note or None,
    )


def _plainly(claim: Claim, report: SheetReport) -> Observation | None:
    """The observation of a number about which there is nothing to say: most cells of any table."""
    kind, value, code = claim.cell
    state = claim.state
    if kind != "number" or claim.unit or (state and not state.startswith(REPORTED)) or not is_bare(code):
        return None
    low, high = claim.indicator.valid or _UNLIMITED
    if (low is not None and value < low) or (high is not None and value > high):
        return None
    row, column = claim.place
    source = f"{report.source} › {column_letters(column)}{row}"
    value += 0.0  # no −0
    return Observation(
        claim.district.name, claim.indicator.id, claim.period, value, Status.REPORTED,
        claim.basis or None, f"{claim.cell.raw:.15g}", source, claim.note or None,
    )  # fmt: skip


def target_of(claim: Claim, report: SheetReport) -> float | None:
    """The target a cell holds; None where there is none to be set."""
    reading = _read(claim, report)
    if reading.status is None:
        _refuse(claim, report, reading.code, reading.message, reading.advice, what="目标值")
        return None
    return reading.value if _is_valid(claim, report, reading.value, what="目标值") else None


def is_blank(claim: Claim) -> bool:
    """Nothing typed and no state chosen: not reported."""
    return claim.cell.is_empty and not claim.state.startswith(_LEFT_OUT)


def _read(claim: Claim, report: SheetReport) -> Reading:
    """The cell in the indicator's unit, converted from the unit stated for it where the user has accepted that."""
    own = claim.indicator.unit
    if claim.unit:
        reading = read_cell(claim.cell, own if claim.cell.kind == "percent" else claim.unit)
        if reading.value is None or claim.cell.kind == "percent":
            return reading
        return _in_own_unit(reading.value, claim.unit, own)
    reading = read_cell(claim.cell, own)
    if reading.other_unit and reading.figure is not None:
        given = reading.other_unit
        report.count_unit(claim.indicator, given, claim.place, claim.cell, reading.figure)
        if report.choices.converts(claim.indicator.id, given):
            return _in_own_unit(reading.figure, given, own)
    return reading


def _in_own_unit(figure: float, given: str, own: str) -> Reading:
    return Reading(Status.REPORTED, converted(figure, given, own), note=f"由 {figure:.15g} {given} 换算")


def _reading(claim: Claim, report: SheetReport) -> Reading | None:
    reading = _read(claim, report)
    if claim.state.startswith(_LEFT_OUT):
        if reading.status is Status.REPORTED or reading.status is None:
            message = f"的状态为“{claim.state}”，却填了“{claim.cell.text}”"
            _refuse(claim, report, "state_conflict", message, "请删去数值，或把状态改为“已报”")
            return None
        return _left_out(
            claim, report, Status.NOT_CONCERNED if claim.state.startswith(NOT_CONCERNED) else Status.NOT_APPLICABLE
        )
    if reading.status is None:
        _refuse(claim, report, reading.code, reading.message, reading.advice)
        return None
    if reading.status is Status.NOT_CONCERNED:
        return _left_out(claim, report, Status.NOT_CONCERNED)
    if reading.status is Status.MISSING and not claim.cell.is_empty:
        _warn_missing(claim, report, reading.note)
    elif reading.status is Status.MISSING and claim.state.startswith(REPORTED):
        _warn_missing(claim, report, "状态为“已报”，却没有数值")
    if not _is_valid(claim, report, reading.value):
        return None
    return reading


def _left_out(claim: Claim, report: SheetReport, status: Status) -> Reading:
    """Not applicable; or not concerned, which holds only with the ground beside it."""
    if status is Status.NOT_CONCERNED and not claim.note.strip():
        report.warn(
            "no_approval",
            f"{subject(claim)}填“不涉及”，没有写认定部门、文号、日期，先按不适用处理",
            "确经认定的，请在备注（说明）栏写明后重新导入",
            claim.place,
            **about(claim),
        )
        return Reading(Status.NOT_APPLICABLE, note="表中填“不涉及”，未写认定依据")
    return Reading(status)


def _is_valid(claim: Claim, report: SheetReport, value: float | None, what: str = "") -> bool:
    low, high = claim.indicator.valid or (None, None)
    if value is None or ((low is None or value >= low) and (high is None or value <= high)):
        return True
    span = f"{'−∞' if low is None else f'{low:g}'}～{'∞' if high is None else f'{high:g}'}{claim.indicator.unit}"
    message = f"为 {value:.15g}，超出有效范围 {span}"
    _refuse(claim, report, "out_of_range", message, "请核对数值和单位", what=what)
    return False


def _refuse(claim: Claim, report: SheetReport, code: str, message: str, advice: str, what: str = "") -> None:
    report.error(code, f"{subject(claim)}{what}{message}", advice, claim.place, **about(claim))


def _warn_missing(claim: Claim, report: SheetReport, said: str) -> None:
    report.warn(
        "not_reported",
        f"{subject(claim)}{said}，按未报处理，不写入",
        "补报后重新导入；不适用的请填“不适用”",
        claim.place,
        **about(claim),
    )


def subject(claim: Claim) -> str:
    return f"{claim.district.name}“{claim.indicator.title}”"


def about(claim: Claim) -> dict[str, str | None]:
    return {"district": claim.district.name, "indicator": claim.indicator.id, "period": str(claim.period)}
