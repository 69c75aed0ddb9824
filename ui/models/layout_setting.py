"""What a person may say that a column or a whole sheet of an import is: indicators, districts, periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ecoscore.model.period import Period
from ui.session import Session


@dataclass(frozen=True, slots=True)
class LayoutSetting:
    """What a column or a sheet may be said to be: indicators by group (title, [(id, title)]), districts, periods."""

    groups: Sequence[tuple[str, Sequence[tuple[str, str]]]] = ()
    districts: Sequence[str] = ()
    periods: Sequence[Period] = ()


def layout_setting(session: Session) -> LayoutSetting:
    """The scheme's indicators and quantities by group, the districts, the periods at hand, the newest first."""
    file, scheme = session.assessment, session.scheme
    if file is None or scheme is None:
        return LayoutSetting()
    groups: dict[str, list[tuple[str, str]]] = {}
    for indicator in scheme.indicators:
        groups.setdefault(scheme.group_of(indicator.id).title, []).append((indicator.id, indicator.title_with_unit))
    if scheme.inputs:
        groups["基础数据"] = [(q.id, q.title_with_unit) for q in scheme.inputs]
    here = session.period
    periods = sorted({here, here.previous_year, *session.periods}, reverse=True)
    return LayoutSetting(tuple(groups.items()), tuple(d.name for d in file.districts), tuple(periods))
