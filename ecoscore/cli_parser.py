"""The command line's grammar, its help and its errors, in Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from ecoscore import __version__
from ecoscore.cli_output import tell
from ecoscore.model.period import Period

USAGE_ERROR = 2

_SENTENCES = [
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"argument (.*): expected one argument", r"参数 \1 后面要跟一个值"),
    (r"argument (.*): expected at least one argument", r"参数 \1 后面至少要跟一个值"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"参数 \1 不能是 \2，可选：\3"),
    (r"argument (.*): invalid \w+ value: (.*)", r"参数 \1 的值无效：\2"),
    (r"argument (.*): ignored explicit argument (.*)", r"参数 \1 不带值，多出：\2"),
    (r"ambiguous option: (.*) could match (.*)", r"参数 \1 有歧义，可能是：\2"),
    (r"argument (\S+): (.*)", r"参数 \1：\2"),
]


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser whose help and errors are Chinese."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, allow_abbrev=False, **options)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示帮助")

    def error(self, message: str) -> NoReturn:
        for pattern, sentence in _SENTENCES:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                message = found.expand(sentence)
                break
        tell(f"用法错误：{message}")
        tell(f"　　　　　查看用法：{self.prog} --help")
        sys.exit(USAGE_ERROR)


def make_parser() -> Parser:
    """The grammar of every command."""
    parser = Parser(prog="ecoscore", description="EcoScore 绿色政绩考核：导入区县指标，按方案评分，出具成绩单。")
    parser.add_argument("--version", action="version", version=f"EcoScore {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令", parser_class=Parser)

    gui = commands.add_parser("gui", help="打开窗口（不写命令时也是）")
    gui.add_argument("file", nargs="?", type=Path, metavar="FILE.ecos", help="考核文件")

    demo = commands.add_parser("demo", help="用自带的示例数据走完全程：建文件、导入、评分、出报表")
    _out(demo)

    schemes = commands.add_parser("schemes", help="列出自带的考核方案")
    schemes.add_argument("--rules", action="store_true", help="列出计分规则的种类和参数")
    _json(schemes)

    new = commands.add_parser("new", help="新建考核文件")
    _file(new)
    new.add_argument("--scheme", required=True, metavar="ID|SCHEME.yaml", help="自带方案的代号，或方案文件")
    new.add_argument("--districts", type=Path, metavar="TABLE", help="区县名单（xlsx、xls、csv）")

    form = commands.add_parser("form", help="生成空白填报表，每个区县一个")
    _file(form)
    _period(form)
    _out(form)
    _district(form)

    importing = commands.add_parser("import", help="导入区县报送的表格")
    _file(importing)
    importing.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="文件或文件夹")
    _period(importing, required=False)
    importing.add_argument("--dry-run", action="store_true", help="只查看会导入什么，不写入")
    importing.add_argument("--skip-errors", action="store_true", help="略去出错的单元格，其余照常导入")
    importing.add_argument("--add-districts", action="store_true", help="表中的新区县添加到考核文件")
    importing.add_argument("--why", default="", metavar="原因", help="修改原因，记入日志")
    _json(importing)

    score = commands.add_parser("score", help="评分、排名、定等次")
    _file(score)
    _period(score)
    _json(score)

    explain = commands.add_parser("explain", help="计分底稿：一个区县每项得分怎样算出")
    _file(explain)
    _period(explain)
    explain.add_argument("--district", required=True, metavar="区县", help="区县名称")
    _json(explain)

    report = commands.add_parser("report", help="出具成绩单、排名汇总表、计分底稿")
    _file(report)
    _period(report)
    _out(report)
    report.add_argument("--format", type=_words, default=["pdf", "xlsx"], metavar="pdf,xlsx", help="格式，用逗号隔开")
    report.add_argument("--paper", type=_words, metavar="scorecard,ranking,working_paper", help="只出这些报表")
    _district(report)

    check = commands.add_parser("check", help="检查考核文件：文件完好、日志未断、数值与日志相符")
    _file(check)
    _json(check)

    log = commands.add_parser("log", help="修改日志：何人何时改了什么、为什么")
    _file(log)
    log.add_argument("--limit", type=int, metavar="N", help="只看最近 N 条")
    _json(log)
    return parser


def _file(parser: Parser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.ecos", help="考核文件")


def _json(parser: Parser) -> None:
    parser.add_argument("--json", action="store_true", help="在标准输出上打印一份 JSON")


def _out(parser: Parser) -> None:
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="DIR", help="输出文件夹")


def _period(parser: Parser, *, required: bool = True) -> None:
    parser.add_argument(
        "--period", required=required, type=_read_period, metavar="2024", help="考核期：2024、2024Q3、2024-07"
    )


def _district(parser: Parser) -> None:
    parser.add_argument("--district", nargs="+", action="extend", metavar="区县", help="只要这些区县")


def _read_period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _words(text: str) -> list[str]:
    return [word.strip().lower() for word in re.split("[,，]", text) if word.strip()]
