"""Assessments made new: from a scheme and a table of districts, or the bundled example carried through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from ecoscore.assessment import Assessment, Cancelled, Progress
from ecoscore.errors import EnvironmentFailed, InputRefused
from ecoscore.importing.plan import ImportOutcome
from ecoscore.model.adjustment import Event
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.paths import resource

DEMO_FILE = "示例.ecos"
DEMO_SCHEME = "jiangsu-green"
DEMO_PERIOD = Period(2024)
_WHY = "示例数据"


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo made: its file, what the import wrote, how many events were recorded."""

    path: Path
    outcome: ImportOutcome
    events: int


def create(path: Path, scheme: str | Path, table: Path | None = None) -> Assessment:
    """A new file under a bundled scheme's id or a scheme file (YAML, Excel), with the districts a table names.

    InputRefused if the file exists already, or if scheme or table cannot be read.
    """
    from ecoscore.assessment.schemes import read_scheme

    chosen = read_scheme(scheme)
    if path.exists():
        raise InputRefused(f"文件已存在，未覆盖：{path}", "请换一个文件名，或先把原文件移走")
    districts: tuple[District, ...] = ()
    if table is not None:
        from ecoscore.assessment.districts import read_districts

        districts = read_districts(table)
    return Assessment.create(path, chosen, districts)


def make_demo(folder: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Demo:
    """Build the bundled example as a file in `folder`: districts, three years' tables, events.

    An earlier example there is replaced, after a backup; a file of that name that is not ours is left alone. The
    example appears only once it is complete.
    """
    path = folder / DEMO_FILE
    if path.exists():
        Assessment.open(path).close()
    with _replacing(path) as fresh:
        tables = resource("demo", "报送")
        with create(fresh, DEMO_SCHEME, resource("demo", "区县名单.xlsx")) as assessment:
            plan = assessment.plan_import([tables], progress=progress, cancelled=cancelled)
            outcome = assessment.apply_import(plan, why=_WHY)
            events = _demo_events()
            for event in events:
                assessment.record_event(event, why=_WHY)
    return Demo(path, outcome, len(events))


def _demo_events() -> tuple[Event, ...]:
    document = yaml.safe_load(resource("demo", "events.yaml").read_text(encoding="utf-8"))
    return tuple(
        Event(
            district=e["district"],
            period=Period.parse(e["period"]),
            adjustment=e["adjustment"],
            matter=e["matter"],
            count=e.get("count", 1),
            document=e.get("document", ""),
            date=str(e.get("date", "")),
            office=e.get("office", ""),
        )
        for e in document["events"]
    )


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A name beside `path` to build a file under; at the end it takes the place of what was there."""
    fresh = path.with_name(f"~{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        yield fresh
        fresh.replace(path)
    except OSError as error:
        raise EnvironmentFailed(
            f"未能写入 {path}：{error.strerror or error}", "如果示例文件正打开着，请先关闭它；或换一个文件夹"
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
