"""Text in a Word paragraph: read across the runs it is cut into, filled without losing the look of the run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from ecoscore.reporting.templates.syntax import Field

Node = Any  # an lxml element of a Word document

P, T, R, TR, TC, TBL = (qn(f"w:{name}") for name in ("p", "t", "r", "tr", "tc", "tbl"))
_GAPS = frozenset(qn(f"w:{name}") for name in ("tab", "br", "cr", "noBreakHyphen", "ptab"))
_BOX = qn("w:txbxContent")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def pieces(paragraph: Node) -> list[Node | None]:
    """The text nodes of a paragraph in order, None for what parts them; text boxes inside it are not its text."""
    found: list[Node | None] = []
    for node in paragraph.iter(T, *_GAPS):
        if node.getparent().tag != R or _owner(node) is not paragraph:
            continue
        found.append(node if node.tag == T else None)
    return found


def _owner(node: Node) -> Node | None:
    return next(node.iterancestors(P), None)


def text_of(paragraph: Node) -> str:
    return "".join("\n" if node is None else node.text or "" for node in pieces(paragraph))


def in_box(node: Node) -> bool:
    return next(node.iterancestors(_BOX), None) is not None


def fill(paragraph: Node, values: dict[Field, str]) -> None:
    """Put the values in. Each takes the look of the run in which the field's name begins."""
    nodes = pieces(paragraph)
    starts, at = [], 0
    for node in nodes:
        starts.append(at)
        at += 1 if node is None else len(node.text or "")
    changed = []
    for field in sorted(values, key=lambda f: -f.start):
        home = max(n for n, start in enumerate(starts) if start <= field.start + 2 and nodes[n] is not None)
        for n, start in enumerate(starts):
            node = nodes[n]
            if node is None:
                continue
            text = node.text or ""
            left, right = max(field.start - start, 0), min(field.end - start, len(text))
            if left < right:
                _write(node, text[:left] + (values[field] if n == home else "") + text[right:])
                changed.append(node)
    for node in dict.fromkeys(changed):
        _break_lines(node)


def _write(node: Node, text: str) -> None:
    node.text = text
    node.set(_SPACE, "preserve")


def _break_lines(node: Node) -> None:
    """Line ends of a value are line breaks in the run."""
    first, *others = (node.text or "").split("\n")
    if not others:
        return
    _write(node, first)
    for line in reversed(others):
        after = node.makeelement(T, {})
        _write(after, line)
        node.addnext(after)
        node.addnext(node.makeelement(qn("w:br"), {}))


def say_only(paragraph: Node, text: str) -> None:
    """A paragraph with this text and nothing else, in the look of its first words."""
    nodes = [n for n in pieces(paragraph) if n is not None]
    for n, node in enumerate(nodes):
        _write(node, "" if n else text)


def paragraphs(root: Node) -> Iterator[Node]:
    """Every paragraph below, those in text boxes too."""
    yield from root.iter(P)
