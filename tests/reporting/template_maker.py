"""Forms for the tests: filled from real results, read back with openpyxl and python-docx."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from ecoscore.model.result import Result
from ecoscore.reporting.templates import Resolver, Source, Template, read_template
from ecoscore.reporting.view import PaperMeta, ranking_view, scorecard_view


def source_of(result: Result, previous: Result | None = None, only: Sequence[str] | None = None, **meta: str) -> Source:
    paper = PaperMeta(**meta)
    return Source(
        result,
        ranking_view(result, paper, previous=previous),
        lambda d: scorecard_view(result, d, paper, previous=previous),
        paper,
        only,
    )


def resolver_of(result: Result) -> Resolver:
    return Resolver(
        result.scheme, [d.name for d in result.districts], [d.peer_group for d in result.districts if d.peer_group]
    )


def read(path: Path, result: Result) -> Template:
    return read_template(path, resolver_of(result))


def errors(path: Path, result: Result) -> list[tuple[str | None, str | None, str, str]]:
    return [(f.sheet, f.cell, f.code, f.message + f.advice) for f in read(path, result).errors]


def warnings(path: Path, result: Result) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for f in read(path, result).findings:
        if not f.is_error:
            found.setdefault(f.code, []).append(f.message)
    return found


def filled(path: Path, result: Result, out: Path, district: str = "甲区", **given) -> Path:
    template = read(path, result)
    assert not template.errors, [f"{f.where}：{f.message}" for f in template.errors]
    template.fill(source_of(result, **given), out, district)
    return out


def form(path: Path, cells: dict[str, object], title: str = "表") -> tuple[openpyxl.Workbook, Worksheet]:
    """A workbook with these cells; the caller dresses and saves it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for at, value in cells.items():
        sheet[at] = value
    book.save(path)
    return book, sheet


def sheet_of(path: Path, title: str | None = None) -> Worksheet:
    book = openpyxl.load_workbook(path, rich_text=True)
    return book[title] if title else book.worksheets[0]


def grid(sheet: Worksheet) -> list[list[object]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]
