"""The program's entry: what must be so before anything of Qt is imported; then the window."""

from __future__ import annotations

import gc
from collections.abc import Sequence

from ui.faults import keep_faults, log_folder


def make_ready() -> None:
    """Keep the trace of a hard crash from here on; collect no garbage before the window is there (`ui.garbage`)."""
    gc.disable()  # a collection would only delay the first paint
    keep_faults(log_folder())
    # PySide6 reads the source of every module that is loaded after it: what needs no Qt comes before.
    import json  # noqa: F401, PLC0415

    import ecoscore.model.district  # noqa: PLC0415
    import ecoscore.model.period  # noqa: PLC0415
    import ecoscore.paths  # noqa: F401, PLC0415
    import ui.selection  # noqa: F401, PLC0415


def main(arguments: Sequence[str] | None = None) -> int:
    make_ready()
    from ui.app import main as run  # noqa: PLC0415  Qt, which may crash while it is loaded

    return run(arguments)
