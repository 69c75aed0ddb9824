"""The problems of a scheme's workbook: each with its sheet and cell, in the words of the workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ecoscore.model.finding import Finding, Severity
from ecoscore.schemes import sheet_words as w
from ecoscore.schemes.reader import Problems


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the workbook, and what its column or row is called."""

    sheet: str
    row: int
    column: int
    label: str = ""

    @property
    def cell(self) -> str:
        letters, column = "", self.column
        while column > 0:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{self.row}"


def _vocabulary() -> dict[str, str]:
    """What the loader calls things by the words of a scheme file → by the words of the workbook."""
    found: dict[str, str] = {}
    for setting in w.SETTING_ROWS:
        found |= {key: title for key, title in setting.choices.items() if key not in found}
        if setting.key:
            found.setdefault(setting.key.rsplit(".", 1)[-1], setting.title)
    for columns in w.COLUMNS.values():
        for column in columns:
            last = column.key.rsplit(".", 1)[-1]
            if not last.isdigit():
                found.setdefault(last, column.title)
            found |= {key: title for key, title in column.choices.items() if key not in found}
    for parameters in w.PARAMETERS.values():
        found |= {key: name for key, name in parameters.items() if key not in found}
    for choices in w.PARAMETER_CHOICES.values():
        found |= {key: title for key, title in choices.items() if key not in found}
    return found | {
        "title": "名称", "id": "标识", "note": "备注", "rule": "计分法", "kind": "计分法", "bounds": "最差值、最优值",
        "valid": "有效下限、有效上限", "ideal": "适宜下限、适宜上限", "floor": "下限", "cap": "封顶", "step": "档距",
        "level": "水平计分法", "progress": "改善计分法", "grades": "“等次”表", "groups": "“组”表",
        "binding": "约束性后果", "items": "“补偿”表", "sample": "本期最差、本期最优", "points": "每次分值",
        "true": "是", "false": "否", "True": "是", "False": "否", "log": "取对数", "transform": "取对数", "None": "空",
        "target": "目标值", "baseline": "基期", "value": "基准值", "weighted": "下级加权平均",
    }  # fmt: skip


_WORDS = _vocabulary()
_TOKEN = re.compile(r"(?<![\w.])(?:rule\.|limits\.|when\.)?([A-Za-z_]+(?:\.[a-z_]+)*)(?![\w.])")
_YAML = re.compile(r"[，、：]?\s*如 \{[^}]*\}+|\{[^}]*\}+")
# Between Chinese words, where a word of a scheme file stood apart.
_GAP = re.compile(r"(?<=[\u4e00-\u9fff”：]) (?=[\u4e00-\u9fff“])")
# Sentences about how keys go together, which word by word would make no sense.
_SENTENCES = {
    "against: value 要写 at（基准值），其他写法不写": "“比照”是“基准值”的要写这一列，其他留空",
    "over_districts: weighted 要写 weigh_by（按哪个数量加权），其他写法不写": (
        "“上级怎样来”是“下级加权平均”的要写“按何加权”，其他留空"
    ),
    "适度指标的 worst 应写两个数 [过低限, 过高限]": "适度指标要写两个数，用分号隔开：过低限；过高限",
}
# Messages that quote what the user wrote as it stands.
_AS_WRITTEN = frozenset({"duplicate_id", "duplicate_title", "bad_id", "bad_formula", "circular"})


def in_words(text: str) -> str:
    """A sentence of the loader with the words of a scheme file replaced by those of the workbook."""

    def put(match: re.Match[str]) -> str:
        return _WORDS.get(match[1].rsplit(".", 1)[-1], match[0])

    return _GAP.sub("", _TOKEN.sub(put, _SENTENCES.get(text, text)))


def spoken(code: str, message: str, advice: str) -> tuple[str, str]:
    """A problem's message and advice for people who see no scheme file; advice on how to write one is left out."""
    if code in _AS_WRITTEN:
        return message, advice
    return in_words(message), "" if _YAML.search(advice) else in_words(advice)


@dataclass(slots=True)
class SheetProblems(Problems):
    """Problems by cell: the line numbers of `Problems` are positions in `places` here.

    `muted` rows have a rule that could not be read from its cells: what the loader then says of the rule is no news.
    """

    places: list[Place] = field(default_factory=list)
    muted: set[tuple[str, int]] = field(default_factory=set)

    def mark(self, place: Place) -> int:
        """The line number that stands for a cell."""
        self.places.append(place)
        return len(self.places) - 1

    def report(
        self, place: Place, message: str, advice: str = "", *, code: str = "scheme", warning: bool = False
    ) -> None:
        """A problem found while reading the cells themselves."""
        severity = Severity.WARNING if warning else Severity.ERROR
        message = message.removeprefix(place.label).lstrip() if place.label else message
        sentence = f"{place.label}：{message}" if place.label else message
        self.found.append(Finding(severity, code, sentence, advice, file=self.name, sheet=place.sheet, cell=place.cell))

    def add(
        self, line: int, key: str, message: str, advice: str = "", *, code: str = "scheme", warning: bool = False
    ) -> None:
        place = self.places[line]
        if (place.sheet, place.row) in self.muted and (key + ".").startswith("rule."):
            return
        message, advice = spoken(code, message, advice)
        self.report(place, message, advice, code=code, warning=warning)

    def place(self, line: int) -> str:
        where = self.places[line]
        return f"“{where.sheet}”表 {where.cell}"

    def told(self, finding: Finding) -> str:
        return f"“{finding.sheet}”表 {finding.cell} {finding.message}"

    @property
    def errors(self) -> list[Finding]:
        sheets = {name: n for n, name in enumerate(w.SHEETS)}

        def key(finding: Finding) -> tuple[int, int, str]:
            cell = finding.cell or "A0"
            letters = cell.rstrip("0123456789")
            return sheets.get(finding.sheet or "", -1), int(cell[len(letters) :]), letters.rjust(3)

        return sorted((f for f in self.found if f.is_error), key=key)
