"""A bureau's own form: read once, with everything wrong in it told, then filled for one district or for all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ecoscore.model.finding import Finding
from ecoscore.reporting.templates.docx_fill import fill_docx
from ecoscore.reporting.templates.docx_form import DocxForm, scan_docx
from ecoscore.reporting.templates.guard import kind_of
from ecoscore.reporting.templates.resolve import Context, Resolver
from ecoscore.reporting.templates.scan import Scan
from ecoscore.reporting.templates.source import Source
from ecoscore.reporting.templates.xlsx_fill import fill_xlsx
from ecoscore.reporting.templates.xlsx_scan import XlsxForm, scan_xlsx


@dataclass(frozen=True, slots=True)
class Template:
    """`needs_district`: a file of its own for each district; else one for all. Errors in `findings` forbid filling."""

    form: XlsxForm | DocxForm
    resolver: Resolver
    findings: tuple[Finding, ...]
    needs_district: bool

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.is_error)

    def fill(self, source: Source, out: Path, district: str = "") -> None:
        """Write one filled copy, whole or not at all."""
        context = Context(source, district)
        if isinstance(self.form, XlsxForm):
            fill_xlsx(self.form, context, self.resolver, out)
        else:
            fill_docx(self.form, context, self.resolver, out)


def read_template(path: Path, resolver: Resolver) -> Template:
    """Read a form; InputRefused for what cannot be one at all, everything else is among its findings."""
    kind = kind_of(path)
    scan = Scan(path, resolver)
    form = scan_xlsx(path, scan) if kind == "xlsx" else scan_docx(path, scan)
    scan.finish()
    return Template(form, resolver, tuple(scan.findings), scan.needs_district)
