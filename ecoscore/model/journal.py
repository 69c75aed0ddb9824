"""What was changed in an assessment: a change of one value, and a line of the journal that keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from ecoscore.model.observation import Observation
from ecoscore.model.period import Period


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after; `old` is None where there was none, `new` None where it was cleared."""

    district: str
    indicator: str
    period: Period
    old: Observation | None
    new: Observation | None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the journal. `time` is ISO, local, with its offset; `old` and `new` are as people read them.

    `action` is a word for scripts (see ACTION_TITLES), `subject` names in Chinese what was changed; `district`,
    `indicator` and `period` name it for scripts where it is about one value. `digest` chains it to the line before:
    a line changed or taken out behind the journal's back no longer agrees with the next one.
    """

    id: int
    time: str
    user: str
    action: str
    subject: str
    old: str | None = None
    new: str | None = None
    why: str = ""
    source: str | None = None
    digest: str = ""
    district: str | None = None
    indicator: str | None = None
    period: str | None = None

    @property
    def action_title(self) -> str:
        return ACTION_TITLES.get(self.action, self.action)


ACTION_TITLES = {
    "create": "新建考核文件",
    "adopt_scheme": "采用方案",
    "add_district": "增加区县",
    "change_district": "修改区县",
    "rename_district": "区县更名",
    "remove_district": "删除区县",
    "set_value": "填报指标值",
    "clear_value": "清除指标值",
    "set_target": "设定目标值",
    "import": "导入",
    "undo_import": "撤销导入",
    "redo_import": "重做导入",
    "set_aliases": "登记别名",
    "learn": "记住导入方式",
    "record_event": "登记加减分事项",
    "remove_event": "撤销加减分事项",
    "set_term": "登记任期",
    "remove_term": "撤销任期",
    "seal": "封存",
    "unseal": "启封",
    "issue_form": "下发填报表",
    "accept_finding": "认可提醒",
    "reopen_finding": "恢复提醒",
    "migrate": "升级文件格式",
}


def described(observation: Observation | None) -> str | None:
    """A value as the journal writes it: the number or the state, its basis and its remark; None where there is none."""
    if observation is None:
        return None
    text = observation.status.title if observation.value is None else repr(observation.value).removesuffix(".0")
    extra = [f"口径：{observation.basis}"] if observation.basis else []
    extra += [f"附注：{observation.note}"] if observation.note else []
    return text + (f"（{'；'.join(extra)}）" if extra else "")
