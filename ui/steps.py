"""How far the year's path has come: what the rail shows beside each page."""

from __future__ import annotations

from dataclasses import dataclass, replace
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


_PATH = ("scheme", "forms", "import", "review", "results", "scorecard", "archive")


def steps(session: Session) -> dict[str, Step]:
    """The state of every page that is a step of the year's path, by its key; cheap, from what is known already.

    The first step that is not done is the one to do now; nothing keeps anybody from doing another.
    """
    file = session.assessment
    if file is None:
        return {}
    scheme = file.scheme_of(session.period)
    cells = len(file.districts) * len(scheme.owed)
    missing = cells - session.answered
    found = {
        "scheme": Step(Stage.DONE, hint=f"{scheme.title}，{len(scheme.indicators)} 项指标"),
        **_sending(session),
        "data": _data(session.answered, missing),
        "review": _review(session),
        "results": _results(session),
        **_ending(session),
    }
    path = [key for key in _PATH if key != "forms" or file.districts]  # without districts there is nobody to send to
    now = next((key for key in path if found[key].stage is not Stage.DONE), None)
    if now is not None:
        found[now] = replace(found[now], stage=Stage.NOW)
    return found


def _sending(session: Session) -> dict[str, Step]:
    """下发 and 导入: from what went out and came back, where that is known; else from whether there are values."""
    state, answered = session.year.state, session.answered
    if state is None or not state.forms:
        stage = Stage.DONE if answered else Stage.TO_COME
        hint = f"已有 {answered} 个值" if answered else "还没有数据：导入区县报来的表格"
        return {"forms": Step(stage, hint="给区县下发填报表"), "import": Step(stage, hint=hint)}
    districts, issued, returned = len(state.forms), state.issued, state.returned
    unsent = sum(not f.issued and not f.is_returned for f in state.forms)
    if not unsent:
        forms = Step(Stage.DONE, hint=f"已下发 {issued} 个区县" if issued else "没有下发填报表，数据由别的途径报来")
    else:
        forms = Step(Stage.TO_COME, unsent if issued or returned else 0, f"{unsent} 个区县还没有下发填报表")
    waiting = districts - returned
    if not waiting:
        return {"forms": forms, "import": Step(Stage.DONE, hint=f"{districts} 个区县都已返回")}
    hint = f"{waiting} 个区县还没有返回" if returned else "还没有数据：导入区县报来的表格"
    return {"forms": forms, "import": Step(Stage.TO_COME, waiting if returned or issued else 0, hint)}


def _data(answered: int, missing: int) -> Step:
    if not answered:
        return Step(Stage.TO_COME, hint="也可以在这里直接录入")
    return Step(Stage.TO_COME if missing else Stage.DONE, missing, f"{missing} 项应报未报" if missing else "数据齐全")


def _review(session: Session) -> Step:
    state = session.year.state
    if state is None or not session.answered:
        return Step(Stage.TO_COME, hint="评分之前，看看还有什么要处理")
    count = len(state.review.open)
    if not count:
        return Step(Stage.DONE, hint="没有待处理的问题")
    return Step(Stage.TO_COME, count, f"{count} 处待处理")


def _results(session: Session) -> Step:
    outcome = session.known_result
    if isinstance(outcome, InputRefused):
        return Step(Stage.NOW, len(outcome.findings), outcome.message)
    if outcome is not None:
        return Step(Stage.DONE, hint="已评分")
    return Step(Stage.TO_COME, hint="打开即评分")


def _ending(session: Session) -> dict[str, Step]:
    state = session.year.state
    seal = state.seal if state is not None else None
    if seal is None:
        card = Step(Stage.TO_COME, hint="预览、打印、导出成绩单")
        return {"scorecard": card, "archive": Step(Stage.TO_COME, hint="定稿后封存本年度，查修改日志和备份")}
    told = f"{seal.period.title}已于 {seal.time[:10]} 封存"
    return {"scorecard": Step(Stage.DONE, hint="成绩单已定稿"), "archive": Step(Stage.DONE, hint=told)}
