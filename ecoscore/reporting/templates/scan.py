"""What a template asks for, found before anything is filled: its fields with their places, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ecoscore.model.finding import Finding, Severity
from ecoscore.reporting.templates.resolve import Meaning, Repeat, Resolver, Unknown
from ecoscore.reporting.templates.syntax import OPTIONS, Field, fields_in, is_broken

_LIST_ALL = "全部字段见“全部字段”，或用命令 ecoscore fields 查看"


@dataclass(slots=True)
class Scan:
    """Findings gathered on the way; `fields` counts what was found, `needs_district` whether any is of one district."""

    path: Path
    resolver: Resolver
    findings: list[Finding] = field(default_factory=list)
    fields: int = 0
    needs_district: bool = False

    def error(self, code: str, message: str, advice: str, sheet: str | None = None, cell: str | None = None) -> None:
        self._add(Severity.ERROR, code, message, advice, sheet, cell)

    def warn(self, code: str, message: str, advice: str, sheet: str | None = None, cell: str | None = None) -> None:
        self._add(Severity.WARNING, code, message, advice, sheet, cell)

    def _add(
        self, severity: Severity, code: str, message: str, advice: str, sheet: str | None, cell: str | None
    ) -> None:
        found = Finding(severity, code, message, advice, file=self.path.name, sheet=sheet, cell=cell)
        if found not in self.findings:
            self.findings.append(found)

    def read(self, text: str, sheet: str | None, cell: str | None) -> tuple[Field, ...]:
        """The fields of a text; braces without a partner, and options that do not exist, are errors."""
        if is_broken(text):
            self.error(
                "broken_field", f"双花括号没有成对：{text.strip()[:40]}",
                "字段写作 {{名称}}，两边各两个花括号，中间不能换行", sheet, cell,
            )  # fmt: skip
        found = fields_in(text)
        self.fields += len(found)
        for one in found:
            if unknown := one.options - OPTIONS:
                self.error(
                    "unknown_option", f"字段 {one.shown} 里没有这种要求：{'、'.join(sorted(unknown))}",
                    f"竖线后面可以写：{'、'.join(sorted(OPTIONS))}", sheet, cell,
                )  # fmt: skip
        return found

    def meaning(self, one: Field, sheet: str | None, cell: str | None) -> Meaning | None:
        """What a field stands for, or a finding with the nearest known one."""
        try:
            found = self.resolver.meaning(one.name)
        except Unknown as unknown:
            self.error("unknown_field", unknown.message, unknown.advice, sheet, cell)
            return None
        self.needs_district |= found.needs_district
        return found

    def repeat(self, one: Field, sheet: str | None, cell: str | None) -> Repeat | None:
        try:
            found = self.resolver.repeat(one.name)
        except Unknown as unknown:
            self.error("unknown_list", unknown.message, unknown.advice, sheet, cell)
            return None
        self.needs_district |= found.needs_district
        return found

    def single(self, fields: Iterable[Field], sheet: str | None, cell: str | None) -> None:
        """Check fields where nothing can repeat: headers, titles."""
        for one in fields:
            if one.opens or one.closes:
                self.error(
                    "row_field_outside", f"这里不能写重复行的记号：{one.shown}", "请写在表格的一行里", sheet, cell
                )
            elif (found := self.meaning(one, sheet, cell)) and found.of:
                self.error(
                    "row_field_outside", f"这里不能写重复行的字段：{one.shown}", "请写在表格的一行里", sheet, cell
                )

    def finish(self) -> None:
        if not self.fields and not any(f.is_error for f in self.findings):
            self.error(
                "no_field",
                "模板里没有找到任何字段",
                f"请在要填的地方写字段，如 {{{{区县}}}}、{{{{总分}}}}；{_LIST_ALL}",
            )
