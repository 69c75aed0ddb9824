"""Fills a Word document: rows and paragraphs repeated with their looks, fields put in as printed text."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from docx.oxml.ns import qn

from ecoscore.atomic import write_whole
from ecoscore.reporting.templates.docx_form import DocxForm, blocks_in, own_paragraphs, roots, rows_of
from ecoscore.reporting.templates.docx_mark import keep_mark
from ecoscore.reporting.templates.docx_text import TBL, TC, TR, Node, P, fill, in_box, say_only, text_of
from ecoscore.reporting.templates.resolve import Context, Repeat, Resolver
from ecoscore.reporting.templates.rows import Block
from ecoscore.reporting.templates.scan import Scan
from ecoscore.reporting.templates.syntax import Field, fields_in

_MERGE, _VALUE = qn("w:vMerge"), qn("w:val")
_IDS = tuple(f"{{http://schemas.microsoft.com/office/word/2010/wordml}}{name}" for name in ("paraId", "textId"))
_MARKS = tuple(
    qn(f"w:{name}")
    for name in ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference")
)
# What may stand before the vertical merge in a cell's properties, and so decides where a new one goes.
_BEFORE_MERGE = tuple(qn(f"w:{name}") for name in ("cnfStyle", "tcW", "gridSpan", "hMerge"))


def fill_docx(form: DocxForm, context: Context, resolver: Resolver, out: Path) -> None:
    """Write a filled copy of the form, whole or not at all."""
    document = form.load()
    for _, root in roots(document):
        _Filling(resolver, form.path).all(root, context)
    keep_mark(document, context.source.meta)
    with write_whole(out) as path:
        document.save(str(path))


class _Filling:
    def __init__(self, resolver: Resolver, path: Path) -> None:
        self._resolver, self._path = resolver, path

    def all(self, root: Node, context: Context) -> None:
        """Tables from the outside in, so that a copied row's inner table is filled for its item; then paragraphs."""
        done: set[Node] = set()
        while (table := next((t for t in root.iter(TBL) if t not in done and not in_box(t)), None)) is not None:
            self._table(table, context)
            done.add(table)
        for paragraph in list(root.iter(P)):
            if next(paragraph.iterancestors(TR), None) is None and not in_box(paragraph):
                self._paragraph(paragraph, context)

    def _table(self, table: Node, context: Context) -> None:
        rows = rows_of(table)
        blocks = blocks_in(table, Scan(self._path, self._resolver), "", "")
        for block in blocks:
            self._block(rows[block.first - 1 : block.last], block, context)
        for n, row in enumerate(rows, start=1):
            if not any(n in block for block in blocks):
                self._row(row, context)

    def _block(self, rows: Sequence[Node], block: Block, context: Context) -> None:
        items = block.repeat.items(context)
        copies = [list(rows), *([_copied(row) for row in rows] for _ in items[1:])]
        after = rows[-1]
        goes_on = _goes_on(rows)
        for copy in copies[1:]:
            for row in copy:
                after.addnext(row)
                after = row
            _continue_merges(copy, goes_on)
        merged: dict[int, list[tuple[Node, str]]] = {}
        for copy, item in zip(copies, items, strict=True):
            for row in copy:
                equal = self._row(row, replace(context, item=item))
                if block.height == 1:
                    for n, found in equal.items():
                        merged.setdefault(n, []).append(found)
        for run in merged.values():
            _merge_equal(run)

    def _row(self, row: Node, context: Context) -> dict[int, tuple[Node, str]]:
        """Fill a row; gives the cells that are to be merged with equal ones, with their values."""
        equal = {}
        for n, cell in enumerate(c for c in row.iter(TC) if next(c.iterancestors(TR)) is row):
            for paragraph in own_paragraphs(cell, TC):
                values = self._values(paragraph, context)
                if values:
                    fill(paragraph, values)
                if merges := [f for f in values if f.merges]:
                    equal[n] = (cell, values[merges[0]])
        return equal

    def _paragraph(self, paragraph: Node, context: Context) -> None:
        repeat = self._repeat(paragraph)
        if repeat is None:
            if values := self._values(paragraph, context):
                fill(paragraph, values)
            return
        items = repeat.items(context)
        if items == (None,):
            say_only(paragraph, "无")
            return
        copies = [paragraph, *(_copied(paragraph) for _ in items[1:])]
        for before, copy in pairwise(copies):
            before.addnext(copy)
        for copy, item in zip(copies, items, strict=True):
            fill(copy, self._values(copy, replace(context, item=item)))

    def _repeat(self, paragraph: Node) -> Repeat | None:
        fields = fields_in(text_of(paragraph))
        for one in fields:
            if one.opens:
                return self._resolver.repeat(one.name)
        found = [of for one in fields if not one.closes and (of := self._resolver.meaning(one.name).of)]
        return Repeat(found[0]) if found else None

    def _values(self, paragraph: Node, context: Context) -> dict[Field, str]:
        return {
            one: "" if one.opens or one.closes else self._resolver.meaning(one.name).read(context).text
            for one in fields_in(text_of(paragraph))
        }


def _copied(node: Node) -> Node:
    """A copy without what may be in a document only once."""
    made = deepcopy(node)
    for inner in made.iter():
        for name in _IDS:
            inner.attrib.pop(name, None)
    for mark in list(made.iter(*_MARKS)):
        mark.getparent().remove(mark)
    return made


def _grid(row: Node) -> dict[int, Node]:
    """A row's cells by the column of the grid in which they begin."""
    found, at = {}, 0
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    at += int(before.get(_VALUE, "0")) if before is not None else 0
    for cell in (c for c in row.iter(TC) if next(c.iterancestors(TR)) is row):
        found[at] = cell
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        at += int(span.get(_VALUE, "1")) if span is not None else 1
    return found


def _merge(cell: Node) -> str:
    """`restart`, `continue` or "" for a cell's vertical merge."""
    node = cell.find(f"{qn('w:tcPr')}/{_MERGE}")
    return "" if node is None else node.get(_VALUE, "continue")


def _goes_on(rows: Sequence[Node]) -> set[int]:
    """Columns whose merge begins in these rows and goes on below them: in the copies it must not begin anew."""
    following = rows[-1].getnext()
    if following is None or following.tag != TR:
        return set()
    return {at for at, cell in _grid(following).items() if _merge(cell) == "continue"}


def _continue_merges(rows: Sequence[Node], columns: set[int]) -> None:
    for row in rows:
        for at, cell in _grid(row).items():
            if at in columns and _merge(cell) == "restart":
                _set_merge(cell, "continue")
                _empty(cell)


def _set_merge(cell: Node, how: str) -> None:
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        properties = cell.makeelement(qn("w:tcPr"), {})
        cell.insert(0, properties)
    node = properties.find(_MERGE)
    if node is None:
        node = properties.makeelement(_MERGE, {})
        properties.insert(sum(1 for child in properties if child.tag in _BEFORE_MERGE), node)
    node.set(_VALUE, how)


def _empty(cell: Node) -> None:
    for paragraph in own_paragraphs(cell, TC):
        say_only(paragraph, "")


def _merge_equal(run: list[tuple[Node, str]]) -> None:
    """Equal neighbours down a column become one cell."""
    for n, (cell, value) in enumerate(run):
        if n and run[n - 1][1] == value:
            _set_merge(cell, "continue")
            _empty(cell)
        elif n + 1 < len(run) and run[n + 1][1] == value:
            _set_merge(cell, "restart")
