"""How far the year's path has come: what the rail shows beside each page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ecoscore.errors import InputRefused
from ui.session import Session


class Stage(StrEnum):
    NONE = "none"
    TO_COME = "to_come"
    NOW = "now"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """The stage of one page, the number of open points, and the sentence that the tooltip says."""

    stage: Stage
    open_points: int = 0
    hint: str = ""


def steps(session: Session) -> dict[str, Step]:
    """The state of every page that is a step of the year's path, by its key; cheap, from what is known already."""
    file = session.assessment
    if file is None:
        return {}
    cells = len(file.districts) * len(file.scheme.indicators)
    answered = session.answered
    missing = cells - answered
    path = {"scheme": Step(Stage.DONE, hint=f"{file.scheme.title}，{len(file.scheme.indicators)} 项指标")}
    if answered == 0:
        path["import"] = Step(Stage.NOW, hint="还没有数据：导入区县报来的表格")
        path["data"] = Step(Stage.TO_COME, hint="也可以在这里直接录入")
    else:
        path["import"] = Step(Stage.DONE, hint=f"已有 {answered} 个值")
        path["data"] = Step(
            Stage.NOW if missing else Stage.DONE, missing, f"{missing} 项应报未报" if missing else "数据齐全"
        )
    outcome = session.known_result
    if isinstance(outcome, InputRefused):
        path["results"] = Step(Stage.NOW, len(outcome.findings), outcome.message)
    elif outcome is not None:
        path["results"] = Step(Stage.DONE, hint="已评分")
    else:
        path["results"] = Step(Stage.TO_COME, hint="打开即评分")
    path["scorecard"] = Step(Stage.TO_COME, hint="预览、打印、导出成绩单")
    return path
