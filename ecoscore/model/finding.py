"""A defect found in data, kept as a value: what, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """`error` stops the write; `warning` is shown and may be accepted."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. `message` and `advice` are Chinese sentences for the user; `code` is stable, for scripts.

    `file`, `sheet`, `cell` (like "C7") locate it in a source file; `line` and `key` in a text file such as a scheme;
    `district`, `indicator`, `period` name what it is about. Whatever is not known stays None.
    """

    severity: Severity
    code: str
    message: str
    advice: str = ""
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    key: str | None = None
    district: str | None = None
    indicator: str | None = None
    period: str | None = None

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def where(self) -> str:
        """The place in words, e.g. "甲区.xlsx › 指标 › C7"; empty where none is known."""
        parts = [self.file, self.sheet, self.cell]
        if self.line is not None:
            parts.append(f"第 {self.line} 行")
        return " › ".join(p for p in parts if p)

    def as_json(self) -> dict[str, object]:
        """The JSON object of INTERFACE: severity, code, file, sheet, cell, message, advice, and what else is known."""
        always = ("severity", "code", "file", "sheet", "cell", "message", "advice")
        extra = ("line", "key", "district", "indicator", "period")
        record: dict[str, object] = {name: getattr(self, name) for name in always}
        record["severity"] = str(self.severity)
        record.update({name: getattr(self, name) for name in extra if getattr(self, name) is not None})
        return record
