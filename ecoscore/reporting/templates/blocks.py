"""Which rows repeat: told by the row fields in them, or by markers from `{{#指标}}` to `{{/指标}}`; the same for Excel and Word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ecoscore.reporting.templates.resolve import Repeat
from ecoscore.reporting.templates.rows import Block
from ecoscore.reporting.templates.scan import Scan
from ecoscore.reporting.templates.syntax import Field, key_of


@dataclass(frozen=True, slots=True)
class Found:
    """A field in a row, with the words for its place; `down` is the last row of the cell it stands in."""

    row: int
    down: int
    field: Field
    sheet: str
    cell: str


def blocks_of(found: Iterable[Found], scan: Scan) -> tuple[Block, ...]:
    """The blocks of one table, in order. What contradicts itself is a finding, and then not a block."""
    fields = sorted(found, key=lambda f: (f.row, f.field.start))
    marked = _marked(fields, scan)
    by_row: dict[int, list[Found]] = {}
    wanted: dict[int, str] = {}
    for one in fields:
        if one.field.opens or one.field.closes:
            continue
        meaning = scan.meaning(one.field, one.sheet, one.cell)
        if meaning is None:
            continue
        if one.field.merges and not meaning.of:
            scan.error(
                "unknown_option", f"只有重复行里的字段可以合并：{one.field.shown}", "请去掉“|合并”", one.sheet, one.cell
            )
        if not meaning.of:
            continue
        block = next((b for b in marked if one.row in b), None)
        other = block.repeat.of if block else wanted.get(one.row, meaning.of)
        if other != meaning.of:
            scan.error(
                "mixed_row", f"这一行按“{other}”重复，不能再写“{meaning.of}”的字段：{one.field.shown}",
                "一行只能重复一种内容，请分成两行", one.sheet, one.cell,
            )  # fmt: skip
            continue
        if block is None:
            wanted[one.row] = meaning.of
            by_row.setdefault(one.row, []).append(one)
    rows = [Block(row, max(f.down for f in inside), Repeat(wanted[row])) for row, inside in by_row.items()]
    return _joined([*marked, *rows], fields, scan)


def _marked(fields: list[Found], scan: Scan) -> list[Block]:
    """Blocks between markers; an opening one alone stands for its row."""
    found: list[Block] = []
    opened: tuple[Found, Repeat] | None = None

    def close(last: int) -> None:
        nonlocal opened
        if opened:
            found.append(Block(opened[0].row, max(last, opened[0].down), opened[1]))
        opened = None

    for one in fields:
        if one.field.opens:
            if opened:
                close(opened[0].down)
            repeat = scan.repeat(one.field, one.sheet, one.cell)
            opened = (one, repeat) if repeat else None
        elif one.field.closes:
            if opened is None or key_of(opened[1].of) != key_of(one.field.name)[1:].partition(":")[0]:
                scan.error(
                    "broken_block", f"没有与之相配的开头：{one.field.shown}", f"开头写作 {{{{#{one.field.name.lstrip('/／')}}}}}",
                    one.sheet, one.cell,
                )  # fmt: skip
                continue
            close(one.down)
    if opened:
        close(opened[0].down)
    return found


def _joined(blocks: list[Block], fields: list[Found], scan: Scan) -> tuple[Block, ...]:
    """In order; rows of one list that a merged cell holds together are one block, what else overlaps is an error."""
    found: list[Block] = []
    for block in sorted(blocks, key=lambda b: b.first):
        if found and block.first <= found[-1].last:
            last = found[-1]
            if block.repeat.of == last.repeat.of and not block.repeat.sort:
                found[-1] = Block(last.first, max(last.last, block.last), last.repeat)
                continue
            place = next(f for f in fields if f.row >= block.first)
            scan.error(
                "mixed_row", "重复的行互相重叠", "请让每种重复的内容各占自己的行，重复行的单元格不要与别的行合并",
                place.sheet, place.cell,
            )  # fmt: skip
            continue
        found.append(block)
    return tuple(found)
