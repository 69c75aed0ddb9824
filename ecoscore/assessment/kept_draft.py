"""The changes of a scheme that nobody has adopted yet: kept beside the file's backups until the next sitting."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ecoscore.atomic import write_whole
from ecoscore.errors import EnvironmentFailed
from ecoscore.schemes.draft import Draft
from ecoscore.schemes.draft_text import draft_text, read_draft
from ecoscore.storage.backup import backups_folder

_NAME = "方案草稿.json"


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft, and the number of the edition that it started from."""

    edition: int
    draft: Draft


def keep_draft(path: Path, kept: KeptDraft) -> None:
    """Write the draft whole; EnvironmentFailed where the disk refuses. The assessment file itself stays as it is."""
    text = json.dumps({"edition": kept.edition, "draft": draft_text(kept.draft)}, ensure_ascii=False)
    with write_whole(_place(path)) as temporary:
        temporary.write_text(text, encoding="utf-8")


def kept_draft(path: Path) -> KeptDraft | None:
    """What was kept for a file; None where nothing was, or where it cannot be read any more."""
    try:
        held = json.loads(_place(path).read_text(encoding="utf-8"))
        return KeptDraft(int(held["edition"]), read_draft(held["draft"]))
    except (OSError, ValueError, KeyError, TypeError):  # a draft is a convenience: the file opens without it
        return None


def forget_draft(path: Path) -> None:
    """Nothing is left to keep; EnvironmentFailed where the system holds on to what was kept."""
    place = _place(path)
    try:
        place.unlink(missing_ok=True)
    except OSError as error:
        raise EnvironmentFailed(
            f"没能删去方案草稿 {place}：{error.strerror or error}", "下次打开时它会回到草稿，届时再放弃一次即可"
        ) from error


def _place(path: Path) -> Path:
    return backups_folder(path) / _NAME
