"""From located YAML to a Scheme: every key known, every problem collected with its line."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from ecoscore.model.finding import Finding, Severity
from ecoscore.schemes.yaml_lines import Located

_ID = re.compile(r"[^\W]([\w.-]*)")


@dataclass(slots=True)
class Problems:
    """The problems of one file, in the order of its lines."""

    name: str
    found: list[Finding] = field(default_factory=list)

    def add(
        self, line: int, key: str, message: str, advice: str = "", *, code: str = "scheme", warning: bool = False
    ) -> None:
        severity = Severity.WARNING if warning else Severity.ERROR
        sentence = f"{self.place(line)} {key}：{message}" if key else f"{self.place(line)}：{message}"
        self.found.append(Finding(severity, code, sentence, advice, file=self.name, line=line, key=key or None))

    def place(self, line: int) -> str:
        """A place in words, as messages name it."""
        return f"第 {line} 行"

    def told(self, finding: Finding) -> str:
        """A problem in one sentence that says where it is."""
        return finding.message

    @property
    def errors(self) -> list[Finding]:
        return sorted((f for f in self.found if f.is_error), key=lambda f: f.line or 0)

    @property
    def warnings(self) -> list[Finding]:
        return [f for f in self.found if not f.is_error]


class Section:
    """One mapping of the file, asked key by key; a wrong value is a problem and its default is used to read on."""

    def __init__(self, node: Located, problems: Problems, what: str, keys: Sequence[str]) -> None:
        self.node, self.problems, self.what = node, problems, what
        self.values: dict[str, Located] = node.value if isinstance(node.value, dict) else {}
        if not isinstance(node.value, dict):
            problems.add(node.line, "", f"{what}应是“键: 值”的形式", code="not_a_mapping")
        for key in self.values:
            if key not in keys:
                near = get_close_matches(key, keys, 1)
                advice = f"是不是 {near[0]}？" if near else f"可用的键：{'、'.join(keys)}"
                problems.add(node.key_lines[key], key, f"{what}没有这个键", advice, code="unknown_key")

    def line(self, key: str) -> int:
        return self.node.key_lines.get(key, self.node.line)

    def problem(
        self,
        key: str,
        message: str,
        advice: str = "",
        *,
        warning: bool = False,
        code: str = "scheme",
        line: int | None = None,
    ) -> None:
        self.problems.add(self.line(key) if line is None else line, key, message, advice, warning=warning, code=code)

    def _raw(self, key: str) -> Any:
        node = self.values.get(key)
        return None if node is None else node.plain()

    def text(self, key: str, default: str | None = None) -> str:
        """A text; numbers and dates written without quotes are taken as text. Without a default it must be there."""
        value = self._raw(key)
        if value is None or value == "":
            if default is None:
                self.problem(key, f"{self.what}缺少 {key}", code="missing_key")
            return default or ""
        if isinstance(value, (list, dict)):
            self.problem(key, "应为一段文字")
            return default or ""
        return str(value).strip()

    def identifier(self, key: str = "id") -> str:
        value = self.text(key)
        if value and not _ID.fullmatch(value):
            self.problem(key, f"{value!r} 不能作标识，只能用字母、数字、汉字、下划线、点和短横", code="bad_id")
        return value

    def number(
        self, key: str, default: float | None, *, least: float = -math.inf, most: float = math.inf
    ) -> float | None:
        value = self._raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            self.problem(key, f"应为一个数，写的是 {value!r}", "不要带单位、千分号或引号", code="not_a_number")
            return default
        if not least <= value <= most:
            edge = f"不小于 {least:g}" if value < least else f"不大于 {most:g}"
            self.problem(key, f"应{edge}，写的是 {value:g}", code="out_of_range")
            return default
        return float(value)

    def whole(self, key: str, default: int | None, *, least: int = 0, most: int = 1000) -> int | None:
        value = self.number(key, default, least=least, most=most)
        if value is not None and value != int(value):
            self.problem(key, f"应为整数，写的是 {value:g}")
            return default
        return None if value is None else int(value)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self._raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.problem(key, f"应为 true 或 false，写的是 {value!r}")
            return default
        return value

    def choice(self, key: str, choices: Sequence[str], default: str) -> str:
        value = self.text(key, default)
        if value not in choices:
            self.problem(key, f"应为 {'、'.join(choices)} 之一，写的是 {value}", code="not_a_choice")
            return default
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._raw(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or any(isinstance(v, (list, dict)) or v is None for v in value):
            self.problem(key, "应为一列文字，如 [细颗粒物, PM2.5]")
            return ()
        return tuple(str(v).strip() for v in value)

    def pair(self, key: str, *, open_ends: bool) -> tuple[float | None, float | None] | None:
        """Two numbers, low then high; with `open_ends` either may be null."""
        value = self._raw(key)
        if value is None:
            return None
        if not isinstance(value, list) or len(value) != 2:
            self.problem(key, "应为两个数 [低, 高]")
            return None
        for v in value:
            known = isinstance(v, (int, float)) and not isinstance(v, bool) and math.isfinite(v)
            if not known and not (open_ends and v is None):
                self.problem(key, f"应为两个数 [低, 高]，写的是 {value!r}")
                return None
        low, high = (None if v is None else float(v) for v in value)
        if low is not None and high is not None and low > high:
            self.problem(key, f"低值 {low:g} 大于高值 {high:g}")
            return None
        return low, high

    def items(self, key: str) -> list[Located]:
        node = self.values.get(key)
        if node is None or node.value is None:
            return []
        if not isinstance(node.value, list):
            self.problem(key, "应为一个列表，每项以“- ”开头")
            return []
        return list(node.value)

    def section(self, key: str, what: str, keys: Sequence[str]) -> Section | None:
        node = self.values.get(key)
        return None if node is None or node.value is None else Section(node, self.problems, what, keys)
