"""The marks by which an entry workbook made by the tool is known again when it comes back filled in.

Writer and reader of the form share nothing but these words. A very hidden sheet names scheme, district and period; a
hidden column gives each row its indicator id, so that rows may be sorted and columns moved.
"""

from __future__ import annotations

MARKER_SHEET = "_ecoscore"
MARKER = "ecoscore-entry-form"
MARKER_VERSION = "1"
MARKER_KEYS = ("version", "scheme", "edition", "district", "period")

FORM_SHEET = "填报表"
NUMBER = "序号"
GROUP = "类别"
INDICATOR = "指标"
UNIT = "单位"
NATURE = "性质"
TARGET = "目标值"
LAST_YEAR = "上年值"
VALUE = "本年值"
STATE = "状态"
NOTE = "说明"
INDICATOR_ID = "指标代码"
COLUMNS = (NUMBER, GROUP, INDICATOR, UNIT, NATURE, TARGET, LAST_YEAR, VALUE, STATE, NOTE, INDICATOR_ID)

REPORTED = "已报"
NOT_APPLICABLE = "不适用"
NOT_CONCERNED = "不涉及"

# The form of a department: a row a district, a column an indicator, its id in a hidden row above.
DEPARTMENT_KEYS = ("version", "scheme", "edition", "department", "period")
DISTRICT = "区县"
GROUND_MARK = "："  # between an indicator's name and its ground, where one remark holds the grounds of several
