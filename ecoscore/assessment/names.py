"""File names that every machine takes, Windows with its reserved words among them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FORBIDDEN = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
_LONGEST = 60


def safe_name(text: str) -> str:
    """A file name that Windows takes too: no forbidden signs, no reserved word, no dot at the end, not too long."""
    name = "".join(c for c in text.translate(_FORBIDDEN) if c.isprintable())
    name = name[:_LONGEST].strip().rstrip(". ") or "_"
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def safe_names(texts: Sequence[str]) -> dict[str, str]:
    """Each text with a name of its own; two that Windows would take for one are numbered."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for text in texts:
        name, n = safe_name(text), 1
        while (numbered := name if n == 1 else f"{name} ({n})").casefold() in taken:
            n += 1
        taken.add(numbered.casefold())
        found[text] = numbered
    return found
