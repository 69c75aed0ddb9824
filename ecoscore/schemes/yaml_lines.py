"""YAML read into plain values that remember their line, with duplicate keys and aliases refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from ecoscore.model.finding import Finding, Severity

_MAX_CHARS = 2_000_000
_MAX_DEPTH = 40


@dataclass(slots=True)
class Located:
    """A YAML value: `value` is a scalar, a list of Located, or a dict of name → Located; `line` counts from 1."""

    value: Any
    line: int
    key_lines: dict[str, int] = field(default_factory=dict)

    def plain(self) -> Any:
        """The value without lines."""
        if isinstance(self.value, dict):
            return {k: v.plain() for k, v in self.value.items()}
        if isinstance(self.value, list):
            return [v.plain() for v in self.value]
        return self.value

    def line_of(self, path: str) -> int:
        """The line of a dotted path of keys inside it, as deep as it can be followed."""
        node = self
        line = self.line
        for key in filter(None, path.split(".")):
            if not isinstance(node.value, dict) or key not in node.value:
                return node.key_lines.get(key, line)
            line = node.key_lines.get(key, node.line)
            node = node.value[key]
        return line


class YamlProblem(Exception):
    """The text is not YAML we accept; `finding` says where and why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def read_yaml(text: str, name: str) -> Located:
    """Parse one document. YamlProblem for syntax errors, duplicate keys, aliases, excessive size or depth."""
    if len(text) > _MAX_CHARS:
        raise _problem(name, 1, "yaml_size", "文件太大，不像考核方案", "请检查是否选错了文件")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise _problem(
            name,
            line,
            "yaml_syntax",
            f"第 {line} 行不符合 YAML 写法：{_reason(error)}",
            "常见原因：缩进用了制表符或没有对齐、冒号后没有空格、用了全角冒号",
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _problem(name, 1, "yaml_syntax", "文件里有 YAML 不允许的字符或嵌套太深", "请另存为 UTF-8 文本") from error
    if root is None:
        raise _problem(name, 1, "yaml_empty", "文件是空的", "请选择考核方案文件")
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise _problem(
                name, line, "yaml_alias", f"第 {line} 行用了引用（*{event.anchor}）", "请把内容写全，不用引用"
            )
    return _locate(root, name, 0)


def _locate(node: yaml.Node, name: str, depth: int) -> Located:
    line = node.start_mark.line + 1
    if depth > _MAX_DEPTH:
        raise _problem(name, line, "yaml_depth", f"第 {line} 行嵌套太深", "请减少层级")
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Located] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, key_line = str(key_node.value), key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise _problem(name, key_line, "yaml_key", f"第 {key_line} 行的键不是文字", "键应是一个词")
            if key in found:
                raise _problem(
                    name,
                    key_line,
                    "duplicate_key",
                    f"第 {key_line} 行的键 {key} 重复，前一个在第 {lines[key]} 行",
                    "请删去一个",
                    key,
                )
            found[key], lines[key] = _locate(value_node, name, depth + 1), key_line
        return Located(found, line, lines)
    if isinstance(node, yaml.SequenceNode):
        return Located([_locate(child, name, depth + 1) for child in node.value], line)
    return Located(_scalar(node), line)


def _scalar(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node, deep=True)
    except (yaml.YAMLError, ValueError):
        return str(node.value)
    finally:
        loader.dispose()


def _reason(error: yaml.MarkedYAMLError) -> str:
    known = {
        "found character '\\t' that cannot start any token": "这里有制表符（Tab）",
        "mapping values are not allowed here": "冒号的位置不对",
        "could not find expected ':'": "缺少冒号",
        "did not find expected key": "缩进没有对齐",
        "expected <block end>, but found '<block mapping start>'": "缩进没有对齐",
        "expected <block end>, but found '-'": "列表的缩进没有对齐",
    }
    problem = (error.problem or "").strip()
    return next((text for start, text in known.items() if problem.startswith(start)), "括号、引号或缩进没有配对")


def _problem(name: str, line: int, code: str, message: str, advice: str, key: str | None = None) -> YamlProblem:
    return YamlProblem(Finding(Severity.ERROR, code, message, advice, file=name, line=line, key=key))


def each(node: Located) -> Iterator[Located]:
    """The items of a list node; nothing for anything else."""
    if isinstance(node.value, list):
        yield from node.value
