"""Checking a draft: the scheme it makes, or every problem with the node and the field it lies in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ecoscore.errors import InputRefused
from ecoscore.model.finding import Finding, Severity
from ecoscore.model.scheme import Scheme
from ecoscore.schemes.draft import ROOT, Draft, Node
from ecoscore.schemes.dump import dump_scheme
from ecoscore.schemes.fields import title_of
from ecoscore.schemes.parse import build_scheme
from ecoscore.schemes.reader import Problems
from ecoscore.schemes.sheet_problems import spoken
from ecoscore.schemes.yaml_lines import Located


@dataclass(frozen=True, slots=True)
class DraftProblem:
    """What is wrong, with the key of the node and the path of the field that has to be mended."""

    node: int
    path: str
    label: str
    field: str
    message: str
    advice: str
    is_error: bool

    @property
    def sentence(self) -> str:
        return "：".join(part for part in (" · ".join(p for p in (self.label, self.field) if p), self.message) if part)


@dataclass(frozen=True, slots=True)
class Checked:
    """`scheme` is None while there is an error among the problems."""

    scheme: Scheme | None
    problems: tuple[DraftProblem, ...]

    @property
    def errors(self) -> tuple[DraftProblem, ...]:
        return tuple(p for p in self.problems if p.is_error)


def check_draft(draft: Draft) -> Checked:
    """Read the draft as if it were a scheme file."""
    problems = _DraftProblems("方案草稿")
    tree = problems.located(draft.root)
    try:
        scheme = build_scheme(tree, problems, "")
    except InputRefused:
        return Checked(None, problems.in_order())
    return Checked(replace(scheme, source_text=dump_scheme(scheme)), problems.in_order())


@dataclass(slots=True)
class _DraftProblems(Problems):
    """Line numbers stand for places in the draft: a node's key and a path in it."""

    places: list[tuple[Node, str]] = field(default_factory=list)
    listed: list[DraftProblem] = field(default_factory=list)

    def located(self, node: Node) -> Located:
        line = self._mark(node, "")
        values = {str(name): self._deep(node, str(name), held) for name, held in node.values.items()}
        lines = {name: self._mark(node, name) for name in values}
        lists: dict[str, list[Node]] = {}
        for child in node.children:
            lists.setdefault(_LIST_OF[child.kind], []).append(child)
        for name, children in lists.items():
            found = Located([self.located(c) for c in children], line)
            if name == "compensation":
                held = values.setdefault(name, Located({}, line))
                held.value["items"] = found
                held.key_lines["items"] = line
            else:
                values[name] = found
            lines.setdefault(name, self._mark(node, name))
        return Located(values, line, lines)

    def _deep(self, node: Node, path: str, held: object) -> Located:
        line = self._mark(node, path)
        if isinstance(held, Mapping):
            values = {str(name): self._deep(node, f"{path}.{name}", v) for name, v in held.items()}
            return Located(values, line, {name: value.line for name, value in values.items()})
        if isinstance(held, (list, tuple)):
            return Located([Located(v, line) for v in held], line)
        return Located(held, line)

    def _mark(self, node: Node, path: str) -> int:
        self.places.append((node, path))
        return len(self.places) - 1

    def place(self, line: int) -> str:
        node, _ = self.places[line]
        return f"“{node.label}”" if node.key != ROOT else "方案"

    def add(
        self, line: int, key: str, message: str, advice: str = "", *, code: str = "scheme", warning: bool = False
    ) -> None:
        node, path = self.places[line]
        if key and (not path or f"{key}.".startswith(f"{path}.")):
            path = key
        message, advice = spoken(code, message, advice)
        label = "" if node.key == ROOT else node.label
        name = title_of(node.kind, path)
        self.listed.append(DraftProblem(node.key, path, label, name, message, advice, not warning))
        severity = Severity.WARNING if warning else Severity.ERROR
        self.found.append(Finding(severity, code, message, advice, file=self.name, line=line, key=path or None))

    def in_order(self) -> tuple[DraftProblem, ...]:
        """Errors before warnings, each but once."""
        return tuple(sorted(dict.fromkeys(self.listed), key=lambda p: not p.is_error))


_LIST_OF = {
    "group": "groups", "indicator": "indicators", "adjustment": "adjustments", "grade": "grades", "input": "inputs",
    "payment": "compensation",
}  # fmt: skip
