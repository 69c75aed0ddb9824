"""The command line's grammar, its help and its errors, in Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from ecoscore import __version__
from ecoscore.cli.output import tell
from ecoscore.model.district import LEVEL_TITLES, Level
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
    (r"argument (.*): not allowed with argument (.*)", r"参数 \1 不能与 \2 同时用"),
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


# What an option cannot do without: command and option → the others.
_NEEDS = {
    ("schemes", "export"): ("output",),
    ("scheme", "adopt"): ("since",),
    ("terms", "add"): ("post", "start"),
    ("events", "add"): ("district", "matter"),
}


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments read; wrong usage ends the process with its code."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    for (command, option), needed in _NEEDS.items():
        if options.command == command and getattr(options, option) is not None:
            lacking = [f"--{name}" for name in needed if getattr(options, name) in {None, ""}]
            if lacking:
                parser.error(f"--{option} 还需要 {'、'.join(lacking)}")
    if options.command == "weights" and options.method == "ahp" and options.matrix is None:
        parser.error("层次分析法还需要 --matrix 判断矩阵.xlsx")
    return options


def make_parser() -> Parser:
    """The grammar of every command."""
    parser = Parser(prog="ecoscore", description="EcoScore 绿色政绩考核：导入区县指标，按方案评分，出具成绩单。")
    parser.add_argument("--version", action="version", version=f"EcoScore {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令", parser_class=Parser)

    gui = commands.add_parser("gui", help="打开窗口（不写命令时也是）")
    gui.add_argument("file", nargs="?", type=Path, metavar="FILE.ecos", help="考核文件")

    demo = commands.add_parser("demo", help="用自带的示例数据走完全程：建文件、导入、评分、出报表")
    _out(demo)

    _add_schemes(commands)
    _add_filling(commands)
    _add_terms(commands)
    _add_scoring(commands)
    _add_papers(commands)
    _add_templates(commands)
    _add_methods(commands)
    _add_keeping(commands)
    return parser


def _add_schemes(commands: Any) -> None:
    schemes = commands.add_parser("schemes", help="列出自带的考核方案；导出一个来修改")
    schemes.add_argument("--rules", action="store_true", help="列出计分规则的种类和参数")
    schemes.add_argument("--functions", action="store_true", help="列出派生指标可用的函数、算式和出处")
    schemes.add_argument("--export", metavar="ID|SCHEME", help="导出一个方案，可用 Excel 修改后再用")
    schemes.add_argument("-o", "--output", type=Path, metavar="FILE.xlsx|.yaml", help="导出为这个文件")
    _json(schemes)

    scheme = commands.add_parser("scheme", help="考核文件的方案版本：查看、改用新版本、导出来修改")
    _file(scheme)
    scheme.add_argument("--adopt", metavar="ID|SCHEME", help="改用这个方案（代号、.yaml 或 .xlsx）")
    scheme.add_argument("--since", type=_read_period, metavar="2025", help="新版本从哪个考核期起用")
    _period(scheme, required=False)
    scheme.add_argument("--changes", action="store_true", help="列出相邻版本之间的每处不同")
    scheme.add_argument("-o", "--output", type=Path, metavar="FILE.xlsx|.yaml", help="把方案写成文件")
    _why(scheme)
    _json(scheme)


def _add_filling(commands: Any) -> None:
    new = commands.add_parser("new", help="新建考核文件")
    _file(new)
    new.add_argument("--scheme", required=True, metavar="ID|SCHEME", help="自带方案的代号，或方案文件（.yaml、.xlsx）")
    new.add_argument("--districts", type=Path, metavar="TABLE", help="区县名单（xlsx、xls、csv）")

    form = commands.add_parser("form", help="生成空白填报表，每个区县或每个部门一个")
    _file(form)
    _period(form)
    _out(form)
    _district(form)
    form.add_argument(
        "--by", choices=["district", "department"], default="district", help="每个区县一个（默认），或每个部门一个"
    )

    importing = commands.add_parser("import", help="导入区县报送的表格")
    _file(importing)
    importing.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="文件、文件夹或压缩包（zip）")
    _period(importing, required=False)
    importing.add_argument("--dry-run", action="store_true", help="只查看会导入什么，不写入")
    importing.add_argument("--skip-errors", action="store_true", help="略去出错的单元格，其余照常导入")
    importing.add_argument("--add-districts", action="store_true", help="表中的新区县添加到考核文件")
    importing.add_argument("--fill-blank-names", action="store_true", help="空着的区县名、指标名、考核期沿用上面的")
    importing.add_argument("--accept-conversions", action="store_true", help="单位可以换算的按方案的单位换算")
    importing.add_argument(
        "--map",
        type=_read_pair,
        nargs="+",
        action="extend",
        metavar="表中名=区县或指标",
        help="表中的名称对应哪个区县或指标",
    )
    _why(importing)
    _json(importing)

    events = commands.add_parser("events", help="加分、扣分、等次封顶、一票否决事项：查看、登记、撤销")
    _file(events)
    _period(events)
    change = events.add_mutually_exclusive_group()
    change.add_argument("--add", metavar="ITEM", help="登记一项：项目的代号或名称")
    change.add_argument("--remove", type=int, metavar="N", help="撤销序号为 N 的事项")
    change.add_argument("--items", action="store_true", help="列出方案里的加减分项目")
    _table(change, events, "区县、条款、次数、依据，可另有 事由、日期、认定部门、附件")
    events.add_argument("--district", metavar="区县", help="区县名称")
    events.add_argument("--matter", metavar="事由", help="什么事；同一事由不重复计")
    events.add_argument("--document", default="", metavar="文号", help="依据文件的文号")
    events.add_argument("--date", default="", metavar="日期", help="依据文件的日期")
    events.add_argument("--office", default="", metavar="部门", help="认定部门")
    events.add_argument(
        "--attachment", action="append", default=[], metavar="名称", help="附件名称，可写多次；文件另存"
    )
    events.add_argument("--count", type=int, default=1, metavar="次数", help="次数，默认 1")
    _why(events)
    _json(events)


def _add_terms(commands: Any) -> None:
    terms = commands.add_parser("terms", help="领导干部任期：查看、登记、撤销")
    _file(terms)
    change = terms.add_mutually_exclusive_group()
    change.add_argument("--add", metavar="区县", help="给这个区县登记一个任期")
    change.add_argument("--remove", type=int, metavar="N", help="撤销序号为 N 的任期")
    _table(change, terms, "区县、职务、任职，可另有 姓名、离任、基期")
    terms.add_argument("--post", metavar="职务", help="职务，如 区委书记")
    terms.add_argument("--start", type=_read_period, metavar="2021-07", help="任职月份，当月计入")
    terms.add_argument("--end", type=_read_period, metavar="2024-06", help="离任月份，当月计入；不写为在任")
    terms.add_argument("--name", default="", metavar="姓名", help="姓名，可不写；只保存在考核文件里")
    terms.add_argument("--baseline", type=_read_period, metavar="2020", help="改善与哪一年比；不写为任职前一年")
    terms.add_argument("--district", metavar="区县", help="只看这个区县")
    terms.add_argument("--names", action="store_true", help="同时显示姓名")
    _why(terms)
    _json(terms)

    term = commands.add_parser("term", help="任期得分：各年度按任职月数加权，并与任期基期比改善")
    _file(term)
    term.add_argument("--district", required=True, metavar="区县", help="区县名称")
    term.add_argument("--names", action="store_true", help="同时显示姓名")
    _json(term)


def _add_scoring(commands: Any) -> None:
    score = commands.add_parser("score", help="评分、排名、定等次")
    _file(score)
    _period(score)
    _level(score, "只评这一层级；默认为最高的一层")
    _json(score)

    explain = commands.add_parser("explain", help="计分底稿：一个区县每项得分怎样算出")
    _file(explain)
    _period(explain)
    explain.add_argument("--district", required=True, metavar="区县", help="区县名称")
    _level(explain, "在这一层级的单位中评；默认为该区县自己的层级")
    _json(explain)


def _add_papers(commands: Any) -> None:
    report = commands.add_parser("report", help="出具成绩单、排名汇总表、计分底稿、通报、公示稿等")
    _file(report)
    _period(report)
    _out(report)
    report.add_argument(
        "--format",
        type=_words,
        default=["pdf", "xlsx"],
        metavar="pdf,xlsx,docx",
        help="格式，用逗号隔开；报表没有的格式略去",
    )
    kinds = "scorecard 成绩单、ranking 排名汇总表、working_paper 计分底稿、bulletin 通报、notice 公示稿、department 部门短板清单、term 任期对比表、compensation 区域补偿资金测算表、all 全部"
    report.add_argument(
        "--paper", "--papers", type=_words, metavar="KIND,…", help=f"只出这些报表，用逗号隔开：{kinds}；不写为前三种"
    )
    _district(report)
    _level(report, "出这一层级各单位的报表；默认为最高的一层，或 --district 所在的层级")
    report.add_argument("--bound", action="store_true", help="合订成一个带书签的 PDF，页码连续")
    report.add_argument(
        "--fonts",
        choices=["bundled", "system"],
        default="bundled",
        help="PDF 用自带字体（默认）或本机的小标宋、仿宋、楷体、黑体",
    )
    report.add_argument("--final", action="store_true", help="未封存也不印“征求意见稿”水印")
    _wishes(report)
    report.add_argument("--addressee", default="", metavar="机关", help="通报的主送机关")
    report.add_argument("--attachment", default="", metavar="附件2", help="左上角的附件标记")
    report.add_argument("--contact", default="", metavar="联系方式", help="公示稿的异议受理部门和电话")

    verify = commands.add_parser("verify", help="核对报表（或抄下的校验码）与考核文件是否一致")
    verify.add_argument(
        "paper", type=Path, metavar="PAPER|校验码", help="本软件出具的 PDF、Excel、Word，或报表上的校验码"
    )
    _file(verify)
    _json(verify)


def _add_templates(commands: Any) -> None:
    fill = commands.add_parser("fill", help="填本单位自己的模板（.xlsx、.docx）")
    _file(fill)
    _period(fill)
    fill.add_argument("--template", required=True, type=Path, metavar="X.xlsx|.docx", help="带 {{字段}} 的模板")
    _out(fill)
    _district(fill)
    _wishes(fill)
    _json(fill)

    fields = commands.add_parser("fields", help="列出模板里可以写的全部字段")
    fields.add_argument("file", nargs="?", type=Path, metavar="FILE.ecos", help="考核文件；用它的指标和数据举例")
    _period(fields, required=False)
    _json(fields)


def _add_methods(commands: Any) -> None:
    compensate = commands.add_parser("compensate", help="区域补偿：各区县应得、应缴的金额和算法")
    _file(compensate)
    _period(compensate)
    _json(compensate)

    weights = commands.add_parser("weights", help="用赋权方法测算分值，与方案并列，只供比较")
    _file(weights)
    _period(weights)
    methods = {"equal": "等权", "entropy": "熵权", "critic": "CRITIC", "combined": "组合", "ahp": "层次分析"}
    weights.add_argument(
        "--method",
        required=True,
        choices=list(methods),
        help="方法：" + "、".join(f"{k}（{v}）" for k, v in methods.items()),
    )
    weights.add_argument(
        "--matrix", type=Path, metavar="M.xlsx|.csv", help="判断矩阵：行列写同一组指标的名称，可有几张"
    )
    weights.add_argument("--objective", choices=["entropy", "critic"], default="entropy", help="组合赋权用哪种客观权重")
    weights.add_argument("--overall", action="store_true", help="全部指标一起分配；不写则各组总分不变，只在组内分配")
    _left_out(weights)
    _json(weights)

    compare = commands.add_parser("compare", help="方案名次与加权求和、TOPSIS、灰色关联的名次并列")
    _file(compare)
    _period(compare)
    _left_out(compare)
    _json(compare)


def _add_keeping(commands: Any) -> None:
    check = commands.add_parser("check", help="检查考核文件：文件完好、日志未断、数值与日志相符")
    _file(check)
    _json(check)

    log = commands.add_parser("log", help="修改日志：何人何时改了什么、为什么")
    _file(log)
    log.add_argument("--limit", type=int, metavar="N", help="只看最近 N 条")
    _json(log)


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


def _level(parser: Parser, text: str) -> None:
    levels = "、".join(LEVEL_TITLES.values())
    parser.add_argument("--level", type=_read_level, metavar="层级", help=f"{text}（{levels}）")


def _table(change: Any, parser: Parser, columns: str) -> None:
    """A whole list as offices send it, instead of one by one."""
    change.add_argument(
        "--import", dest="table", type=Path, metavar="TABLE", help=f"导入一张表（xlsx、xls、csv），表头：{columns}"
    )
    parser.add_argument("--dry-run", action="store_true", help="只查看会导入什么，不写入")


def _wishes(parser: Parser) -> None:
    """What a bureau says about its papers, whatever their form."""
    parser.add_argument("--organisation", default="", metavar="某市", help="标题开头的地区名")
    parser.add_argument("--subject", default="", metavar="名称", help="考核的名称，默认如“区县绿色政绩考核”")
    parser.add_argument("--issuer", default="", metavar="机关", help="发文机关署名")
    parser.add_argument("--date", default="", metavar="日期", help="成文日期")
    parser.add_argument("--sources", default="", metavar="说明", help="数据来源，一句话，印在注里")


def _why(parser: Parser) -> None:
    parser.add_argument("--why", default="", metavar="原因", help="修改原因，记入日志")


def _left_out(parser: Parser) -> None:
    """What methods that need every value may leave out knowingly."""
    _district(parser)
    parser.add_argument("--without", nargs="+", action="extend", metavar="指标", help="不参与的指标：名称或代号")


def _read_level(text: str) -> Level:
    for level, title in LEVEL_TITLES.items():
        if text in {str(level), title, title.removesuffix("级")}:
            return level
    raise argparse.ArgumentTypeError(f"没有这个层级：{text}（可选 {'、'.join(LEVEL_TITLES.values())}）")


def _read_period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _read_pair(text: str) -> tuple[str, str]:
    written, mark, name = (part.strip() for part in text.replace("＝", "=").partition("="))
    if not (written and mark and name):
        raise argparse.ArgumentTypeError(f"应写作 表中名=区县或指标，写的是 {text}")
    return written, name


def _words(text: str) -> list[str]:
    return [word.strip().lower() for word in re.split("[,，]", text) if word.strip()]
