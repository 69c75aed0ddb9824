"""EcoScore 绿色政绩考核: import districts' indicators, score them under a published scheme, print the papers."""

from __future__ import annotations

TYPE_CHECKING = False  # to the type checker it is true; the module that has it costs as much time as starting Python
if TYPE_CHECKING:
    from typing import Any

    from ecoscore.schemes import load_scheme
    from ecoscore.scoring import score

__version__ = "0.1.0"
__all__ = ["__version__", "load_scheme", "score"]


def __getattr__(name: str) -> Any:
    # Lazily, so that the command line answers at once and the window paints before pandas is loaded.
    if name == "load_scheme":
        from ecoscore.schemes import load_scheme  # noqa: PLC0415

        return load_scheme
    if name == "score":
        from ecoscore.scoring import score  # noqa: PLC0415

        return score
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
