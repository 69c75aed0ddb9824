"""The settings of a scheme's workbook: rows of a name and a value, in any order."""

from __future__ import annotations

from difflib import get_close_matches

from ecoscore.schemes import sheet_words as w
from ecoscore.schemes.sheet_cells import CellReader, Unreadable, word
from ecoscore.schemes.sheet_problems import Place, SheetProblems
from ecoscore.schemes.yaml_lines import Located

_COLUMNS = (w.Column(w.NAME, "name", "text", "", needed=True), w.Column(w.VALUE, "value", "text", "", needed=True))


def read_settings(reader: CellReader, problems: SheetProblems) -> Located:
    """The top of the tree a scheme file would hold; each key knows its cell, even where it is blank or lacking."""
    header, name_at, value_at = _header(reader)
    line = problems.mark(Place(reader.sheet, max(header, 1), 1))
    root = Located({}, line, {})
    if not header:
        problems.report(
            Place(reader.sheet, 1, 1),
            f"找不到表头（应有 {w.NAME}、{w.VALUE} 两列）",
            "请保留原来的表头",
            code="no_header",
        )
        root.value |= {"id": Located(None, line), "title": Located(None, line)}
        return root
    settings = {word(s.title): s for s in w.SETTING_ROWS}
    seen: dict[str, int] = {}
    switch: bool | None = None
    for row in sorted({r for r, _ in reader.cells if r > header}):
        setting = _named(reader, Place(reader.sheet, row, name_at), value_at, settings)
        if setting is None or not setting.key:
            continue
        if setting.key in seen:
            problems.report(
                Place(reader.sheet, row, name_at), f"“{setting.title}”写了两次，前一次在第 {seen[setting.key]} 行",
                "请删去一行", code="duplicate",
            )  # fmt: skip
            continue
        seen[setting.key] = row
        place = Place(reader.sheet, row, value_at, setting.title)
        if setting.key == w.BINDING_SWITCH:
            given = reader.flag(place)
            switch = given if isinstance(given, bool) else None if given is None else True
            root.key_lines["binding"] = problems.mark(place)
        else:
            _put(root, setting, _value(reader, place, setting), problems.mark(place))
    _settle_binding(root, switch, reader.sheet, problems)
    return root


def _header(reader: CellReader) -> tuple[int, int, int]:
    """The row and the columns of 名称 and 值; zeros where there are none."""
    found: dict[int, dict[str, int]] = {}
    for (row, column), (kind, raw, _) in sorted(reader.cells.items()):
        if kind == "text" and word(str(raw)) in {w.NAME, w.VALUE}:
            found.setdefault(row, {}).setdefault(word(str(raw)), column)
            if len(found[row]) == 2:
                return row, found[row][w.NAME], found[row][w.VALUE]
    return 0, 0, 0


def _named(reader: CellReader, place: Place, value_at: int, settings: dict[str, w.Setting]) -> w.Setting | None:
    said = reader.text(place)
    value = Place(place.sheet, place.row, value_at)
    if isinstance(said, Unreadable):
        return None
    if said is None:
        if not reader.is_blank(value.row, value.column):
            reader.problems.report(value, "这个值没有名称", "请补上名称，或清空", code="unknown_key")
        return None
    if word(said) in settings:
        return settings[word(said)]
    near = get_close_matches(word(said), settings, 1)
    reader.problems.report(
        place,
        f"没有“{said}”这一项",
        f"是不是“{settings[near[0]].title}”？" if near else "请删去这一行",
        code="unknown_key",
    )
    return None


def _value(reader: CellReader, place: Place, setting: w.Setting) -> object:
    if setting.key == "baseline":
        said = reader.text(place)
        matches = [key for key, title in setting.choices.items() if isinstance(said, str) and word(said) == word(title)]
        return matches[0] if matches else said
    if setting.kind == "choice":
        return reader.choice(place, setting.choices)
    if setting.kind == "flag":
        return reader.flag(place)
    return reader.number(place) if setting.kind == "number" else reader.text(place)


def _put(root: Located, setting: w.Setting, value: object, line: int) -> None:
    head, _, rest = setting.key.partition(".")
    if not rest:
        root.key_lines[head] = line
        if value is not None:
            root.value[head] = Located(None if isinstance(value, Unreadable) else value, line)
        return
    root.key_lines.setdefault(head, line)
    if value is None:
        return
    section = root.value.setdefault(head, Located({}, line, {}))
    section.value[rest] = Located(None if isinstance(value, Unreadable) else value, line)
    section.key_lines[rest] = line


def _settle_binding(root: Located, switch: bool | None, sheet: str, problems: SheetProblems) -> None:
    """The consequences hold only where they are switched on; values without the switch contradict it."""
    line = root.key_lines.get("binding", root.line)
    given = root.value.get("binding")
    if switch:
        root.value.setdefault("binding", Located({}, line, {}))
    elif given is not None:
        first = problems.places[next(iter(given.key_lines.values()))]
        title = next(s.title for s in w.SETTING_ROWS if s.key == w.BINDING_SWITCH)
        problems.report(
            Place(sheet, first.row, first.column, first.label), f"写了它，而“{title}”不是“是”",
            f"请把“{title}”改为“是”，或清空这一项", code="contradiction",
        )  # fmt: skip
        del root.value["binding"]
