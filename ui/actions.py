"""The menus as a table: what each action is called, its key, its icon, and which method of the window it calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from ui.theme import Theme

SEPARATOR = "-"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. `id` is also the name of the window's method behind it (with a leading on_)."""

    id: str
    text: str
    shortcut: str = ""
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    needs_file: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", "新建考核文件…", "Ctrl+N", "new", "选择方案，建立一个新的考核文件"),
    ActionSpec(
        "new_year", "用去年文件新建本年…", "Ctrl+Shift+N", "years", "沿用去年的方案、区县和目标，以去年的值为基期"
    ),
    ActionSpec("open", "打开…", "Ctrl+O", "open", "打开一个考核文件（.ecos）"),
    ActionSpec("demo", "看示例", "Ctrl+Shift+E", "demo", "打开随程序附带的示例：十个虚构区县、三个年度"),
    ActionSpec("import", "导入表格…", "Ctrl+I", "import", "导入区县报来的 Excel 或 CSV 表格", needs_file=True),
    ActionSpec("restore", "恢复备份…", "", "undo", "看一看备份，恢复成新文件或替换现在的文件"),
    ActionSpec("verify_paper", "核对纸面文件…", "", "check", "看一份出具过的报表与考核文件是否一致", needs_file=True),
    ActionSpec("verify_code", "核对校验码…", "", "", "输入报表页脚上的校验码，看与考核文件是否一致", needs_file=True),
    ActionSpec("show_in_folder", "打开所在文件夹", "", "folder", "在资源管理器中打开文件所在的文件夹", needs_file=True),
    ActionSpec("settings", "设置…", "Ctrl+,", "settings", "外观、报表署名、备份文件夹"),
    ActionSpec("close", "关闭文件", "Ctrl+W", "", "关闭当前考核文件", needs_file=True),
    ActionSpec("quit", "退出", "Ctrl+Q", "", "退出程序"),
    ActionSpec("cut", "剪切", "Ctrl+X", "", "复制选中的单元格并清除，可粘贴到别处", needs_file=True),
    ActionSpec("copy", "复制", "Ctrl+C", "copy", "复制选中的单元格，可粘贴到 Excel 或 WPS", needs_file=True),
    ActionSpec("paste", "粘贴", "Ctrl+V", "paste", "从 Excel 或 WPS 粘贴一块单元格", needs_file=True),
    ActionSpec("clear", "清除", "", "trash", "清除选中单元格的值", needs_file=True),
    ActionSpec("fill_down", "向下填充", "Ctrl+D", "down", "用选中块首行的值填满下面各行", needs_file=True),
    ActionSpec("note", "批注…", "Shift+F2", "", "给选中的格写说明，记入日志", needs_file=True),
    ActionSpec("find_district", "查找区县…", "Ctrl+F", "search", "按名称找到一个区县", needs_file=True),
    ActionSpec("inspector", "说明栏", "F4", "fold", "显示或收起右侧说明栏", checkable=True),
    ActionSpec("last_year", "显示上年值", "", "", "在每格数值下显示上年值和变化方向", checkable=True),
    ActionSpec("theme_system", "随系统", "", "", "外观随系统深浅", checkable=True),
    ActionSpec("theme_light", "浅色", "", "", "浅色外观", checkable=True),
    ActionSpec("theme_dark", "深色", "", "", "深色外观", checkable=True),
    ActionSpec("next_pane", "下一栏", "F6", "", "在左栏、页面和说明栏之间移动"),
    ActionSpec("main_button", "本页主按钮", "Ctrl+Return", "", "按下本页右上角的主按钮：写入、评分、导出"),
    ActionSpec("next_period", "下一考核期", "Alt+Right", "", "转到后一个考核期", needs_file=True),
    ActionSpec("previous_period", "上一考核期", "Alt+Left", "", "转到前一个考核期", needs_file=True),
    ActionSpec("help", "本页帮助", "F1", "info", "这一页做什么、怎么做、有哪些键"),
    ActionSpec("help_rules", "方案文件与计分法", "", "scheme", "方案文件怎么写，各计分法怎么算"),
    ActionSpec("keys", "快捷键", "", "", "列出常用快捷键"),
    ActionSpec("tour", "认识程序", "", "next", "沿着左栏走一遍一年的工作"),
    ActionSpec("about", "关于", "", "", "版本与许可"),
)

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "文件(&F)",
        (
            *(
                "new_year",
                "new",
                "open",
                "recent",
                "demo",
                SEPARATOR,
                "import",
                "verify_paper",
                "verify_code",
                "restore",
            ),
            *("show_in_folder", SEPARATOR, "settings", SEPARATOR, "close", "quit"),
        ),
    ),
    (
        "编辑(&E)",
        ("undo", "redo", SEPARATOR, "cut", "copy", "paste", "fill_down", "clear", "note", SEPARATOR, "find_district"),
    ),
    (
        "查看(&V)",
        (
            "pages",
            SEPARATOR,
            "previous_period",
            "next_period",
            SEPARATOR,
            "inspector",
            "next_pane",
            "main_button",
            "last_year",
            SEPARATOR,
            "theme",
        ),
    ),
    ("帮助(&H)", ("help", "help_pages", "help_rules", "keys", SEPARATOR, "tour", "about")),
)


def make_actions(window: QMainWindow) -> dict[str, QAction]:
    """Every action of the table, connected to the window's method of its name."""
    made: dict[str, QAction] = {}
    for spec in ACTIONS:
        action = QAction(spec.text, window)
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
        action.setCheckable(spec.checkable)
        action.setStatusTip(spec.tip)
        action.setToolTip(spec.tip)
        action.triggered.connect(getattr(window, f"on_{spec.id}"))
        made[spec.id] = action
    return made


def fill_menus(window: QMainWindow, actions: Mapping[str, QAction], submenus: Mapping[str, QMenu]) -> list[QMenu]:
    """Lay the actions out as MENUS says, and give the menus; a name among `submenus` becomes that submenu."""
    menus: list[QMenu] = []
    bar = window.menuBar()
    for title, names in MENUS:
        menu = bar.addMenu(title)
        menus.append(menu)
        for name in names:
            if name == SEPARATOR:
                menu.addSeparator()
            elif name in submenus:
                menu.addMenu(submenus[name])
            else:
                menu.addAction(actions[name])
    return menus


def dress_actions(actions: Mapping[str, QAction], theme: Theme) -> None:
    """Give every action its icon in the colours in force."""
    for spec in ACTIONS:
        if spec.icon:
            actions[spec.id].setIcon(theme.icon(spec.icon))
    for name in ("undo", "redo"):  # made by the undo stack, not by the table
        actions[name].setIcon(theme.icon(name))


def needing_file() -> frozenset[str]:
    return frozenset(spec.id for spec in ACTIONS if spec.needs_file)
