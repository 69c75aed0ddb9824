"""The cells of one row that make up its scoring rule, put together into the mapping a scheme file would hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from ecoscore.schemes import sheet_words as w
from ecoscore.schemes.sheet_cells import Unreadable, number_in, word
from ecoscore.schemes.sheet_problems import Place, SheetProblems
from ecoscore.schemes.sheet_table import SheetTable
from ecoscore.schemes.yaml_lines import Located

_COMPOSITE = "level_and_progress"
_OWN = ("share", "measure", "exempt_above", "exempt_below", "together", "alone")


class RuleCells:
    """Takes the cells of the rule's columns one by one; a cell that cannot be read spoils the rule, not the row."""

    def __init__(self, table: SheetTable, row: int, problems: SheetProblems, id_of: Callable[[str], str]) -> None:
        self.reader, self.row, self.problems = table.reader, row, problems
        self.values: dict[str, Any] = {}
        self.places: dict[str, Place] = {}
        self.spoilt = False
        self.id_of = id_of

    def take(self, column: w.Column, place: Place) -> None:
        key = column.key.removeprefix("rule").removeprefix(".")
        key = f"{key}.params".removeprefix(".") if column.kind == "params" else key
        self.places[key] = place
        value: Any
        if column.kind == "choice":
            value = self.reader.choice(place, column.choices)
        elif column.kind == "bound":
            value = self.reader.bound(place)
        elif column.kind == "params":
            value = self.reader.text(place)
        elif column.kind == "quantities":
            value = self.reader.texts(place)
            value = [self.id_of(name) for name in value] if isinstance(value, list) else value
        else:
            value = self.reader.number(place, ratio=column.kind == "ratio")
        if isinstance(value, Unreadable):
            self.spoilt = True
        elif value is not None:
            self.values[key] = value

    def put_into(self, node: Located) -> None:
        """Add `rule` to the row's mapping; the loader complains of what does not fit."""
        if "kind" not in self.places:
            return
        line = node.key_lines["rule"] = self._line("kind")
        kind = self.values.get("kind")
        rule = Located({}, line, {})
        if kind is None and not self.spoilt:
            self.problems.report(self.places["kind"], "没有写计分法", "请从下拉表里选一种", code="missing_key")
            self.spoilt = True
        if kind is not None:
            self._assemble(rule, kind)
        if self.spoilt:
            self.problems.muted.add((self.reader.sheet, self.row))
            node.value["rule"] = Located(None, line)
        else:
            node.value["rule"] = rule

    def _assemble(self, rule: Located, kind: str) -> None:
        self._set(rule, "kind", kind, "kind")
        for key in _OWN:
            self._set(rule, key, self.values.get(key), key)
        composite = kind == _COMPOSITE
        if composite or "level.kind" in self.values:
            level = (
                self._part(self.values.get("level.kind"), "", "level.kind") if composite else Located({}, rule.line, {})
            )
            rule.value["level"], rule.key_lines["level"] = level, self._line("level.kind")
        if not composite:
            part = self._part(kind, "", "kind")
            rule.value |= {k: v for k, v in part.value.items() if k != "kind"}
            rule.key_lines |= {k: v for k, v in part.key_lines.items() if k != "kind"}
        if composite or any(key.startswith("progress.") for key in self.values):
            inner = self._part(self.values.get("progress.kind"), "progress.", "progress.kind")
            rule.value["progress"], rule.key_lines["progress"] = inner, self._line("progress.kind")

    def _part(self, kind: str | None, at: str, kind_key: str) -> Located:
        """One simple rule, from the columns that begin with `at`."""
        line = self._line(kind_key)
        part = Located({}, line, {})
        if kind is None:
            place = self.places.get(kind_key)
            if place is not None:
                self.problems.report(place, "没有写计分法", "请从下拉表里选一种", code="missing_key")
            self.spoilt = True
        else:
            self._set(part, "kind", kind, kind_key)
        self._bounds(part, at)
        self._set(part, "floor", self.values.get(f"{at}floor"), f"{at}floor")
        if kind is not None and f"{at}params" in self.values:
            self._parameters(part, kind, self.places[f"{at}params"], self.values[f"{at}params"])
        return part

    def _bounds(self, part: Located, at: str) -> None:
        worst, best = (self.values.get(f"{at}bounds.{end}") for end in ("worst", "best"))
        line = part.key_lines["bounds"] = self._line(f"{at}bounds.worst")
        if worst is None and best is None:
            return
        if worst == "sample" and best == "sample":
            part.value["bounds"] = Located("sample", line)
            return
        if "sample" in (worst, best):
            end = "best" if worst == "sample" else "worst"
            place = self.places.get(f"{at}bounds.{end}") or self.places[f"{at}bounds.worst"]
            self.problems.report(
                place,
                f"最差值与最优值要么都写数，要么写“{w.SAMPLE_WORST}”和“{w.SAMPLE_BEST}”",
                "请改成一致的写法",
                code="bad_rule",
            )
            self.spoilt = True
            return
        bounds = Located({}, line, {})
        for end, value in (("worst", worst), ("best", best)):
            self._set(bounds, end, value, f"{at}bounds.{end}")
        part.value["bounds"] = bounds

    def _parameters(self, part: Located, kind: str, place: Place, text: str) -> None:
        """`名称=值；名称=值`: the names of this kind's parameters, or their words in a scheme file."""
        names = {word(name): key for key, name in w.PARAMETERS.get(kind, {}).items()}
        for piece in filter(str.strip, re.split(r"[;；\n]", text)):
            name, equals, said = piece.replace("＝", "=").partition("=")
            key = names.get(word(name)) or (name.strip() if name.strip().isascii() else None)
            if not equals or not key:
                near = get_close_matches(word(name), names, 1)
                known = "、".join(w.PARAMETERS.get(kind, {}).values()) or "没有"
                hint = f"是不是“{w.PARAMETERS[kind][names[near[0]]]}”？" if near else f"这种计分法可用的：{known}"
                self._refuse(place, f"“{piece.strip()}”读不懂", f"写作 名称=值，用分号隔开；{hint}")
            elif key in part.value:
                self._refuse(place, f"“{name.strip()}”写了两次", "请删去一个")
            else:
                self._parameter(part, place, key, name.strip(), said.strip())

    def _parameter(self, part: Located, place: Place, key: str, name: str, said: str) -> None:
        line = self.problems.mark(place)
        part.key_lines[key] = line
        value = parameter_value(key, said)
        if value is None:
            wanted = "、".join(w.PARAMETER_CHOICES[key].values()) if key in w.PARAMETER_CHOICES else "一个数"
            if key in w.LISTS:
                wanted = "一列数，用顿号隔开"
            self._refuse(place, f"“{name}”应为{'' if key in w.LISTS else ' '}{wanted}，写的是“{said}”", "")
        elif isinstance(value, list):
            part.value[key] = Located([Located(v, line) for v in value], line)
        else:
            part.value[key] = Located(value, line)

    def _refuse(self, place: Place, message: str, advice: str) -> None:
        self.problems.report(place, message, advice, code="bad_rule")
        self.spoilt = True

    def _set(self, node: Located, key: str, value: Any, at: str) -> None:
        line = node.key_lines[key] = self._line(at)
        if isinstance(value, list):
            node.value[key] = Located([Located(v, line) for v in value], line)
        elif value is not None:
            node.value[key] = Located(value, line)

    def _line(self, key: str) -> int:
        """The line of a column's cell; of 计分法 where the table has no such column."""
        return self.problems.mark(self.places.get(key) or self.places["kind"])


def parameter_value(key: str, said: str) -> float | bool | str | list[float] | None:
    """What a parameter's text is; None if it is nothing of the kind."""
    if key in w.LISTS:
        numbers = [number_in(p) for p in re.split(r"[、,，\s]+", said) if p]
        found = [n for n in numbers if n is not None]
        return found if found and len(found) == len(numbers) else None
    if word(said) in {w.YES, "true"}:
        return True
    if word(said) in {w.NO, "false"}:
        return False
    if key in w.PARAMETER_CHOICES:
        choices = w.PARAMETER_CHOICES[key].items()
        return next((k for k, title in choices if word(said) in {word(title), word(k)}), None)
    return number_in(said)
