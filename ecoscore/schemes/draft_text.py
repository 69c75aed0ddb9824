"""A draft as text and back, node by node with its keys, so that wrong entries are kept as they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast, get_args

from ecoscore.schemes.draft import Draft, Node, NodeKind


def draft_text(draft: Draft) -> str:
    """One JSON document; `read_draft` gives an equal draft."""
    return json.dumps({"next_key": draft.next_key, "root": _held(draft.root)}, ensure_ascii=False)


def read_draft(text: str) -> Draft:
    """The draft that `draft_text` wrote. ValueError where the text is not one."""
    try:
        held = json.loads(text)
        draft = Draft(_node(held["root"]), int(held["next_key"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a draft") from error
    if len({node.key for node in draft.walk()}) != sum(1 for _ in draft.walk()):
        raise ValueError("a key names two nodes")
    return draft


def _held(node: Node) -> dict[str, Any]:
    return {"key": node.key, "kind": node.kind, "values": node.values, "children": [_held(c) for c in node.children]}


def _node(held: Mapping[str, Any]) -> Node:
    kind = held["kind"]
    if kind not in get_args(NodeKind):
        raise ValueError(f"no kind of node: {kind!r}")
    children = tuple(_node(c) for c in held["children"])
    return Node(int(held["key"]), cast("NodeKind", kind), dict(held["values"]), children)
