"""What each command of `ecoscore` does."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import asdict

from ecoscore.cli.events import events
from ecoscore.cli.files import DONE, REFUSED
from ecoscore.cli.files import open_file as _open
from ecoscore.cli.files import show_progress as _progress
from ecoscore.cli.imports import import_
from ecoscore.cli.methods import compare, compensate, weights
from ecoscore.cli.output import emit, say, shortened, table, tell_findings
from ecoscore.cli.papers import report, verify
from ecoscore.cli.schemes import scheme, schemes
from ecoscore.cli.templates import fields, fill
from ecoscore.cli.terms import term, terms


def new(options: Namespace) -> int:
    from ecoscore.assessment.new import create

    with create(options.file, options.scheme, options.districts) as made:
        say(f"已新建：{made.path}")
        say(f"方案：{made.scheme.title}（{made.scheme.edition}），{len(made.scheme.indicators)} 项指标")
        say(f"区县：{len(made.districts)} 个")
        tell_findings((*made.scheme.warnings, *made.notices))
    return DONE


def form(options: Namespace) -> int:
    with _open(options.file) as assessment:
        paths = assessment.write_forms(options.period, options.output, options.district, by=options.by)
    say(f"已生成 {len(paths)} 个填报表，在：{options.output}")
    for path in paths:
        say(f"　{path.name}")
    return DONE


def score(options: Namespace) -> int:
    from ecoscore.cli.results import score_document, score_tables

    with _open(options.file) as assessment:
        result = assessment.score(options.period, options.level)
    if options.json:
        emit(score_document(result))
        return DONE
    say(score_tables(result))
    tell_findings(result.findings)
    return DONE


def explain(options: Namespace) -> int:
    from ecoscore.cli.results import explain_document, explain_text

    with _open(options.file) as assessment:
        result = assessment.result_of(options.period, options.district, options.level)
    if options.json:
        emit(explain_document(result, options.district))
    else:
        say(explain_text(result, options.district))
    return DONE


def check(options: Namespace) -> int:
    with _open(options.file) as assessment:
        findings = assessment.check()
        lines = len(assessment.journal())
        seals = [(seal, assessment.look_at_seal(seal)) for seal in assessment.seals]
    if options.json:
        sealed = [{"period": str(s.period), "digest": s.digest, "time": s.time, "state": str(t)} for s, t in seals]
        emit({"sound": not findings, "journal": lines, "seals": sealed, "findings": [f.as_json() for f in findings]})
    elif findings:
        tell_findings(findings)
        say(f"检查未通过：{len(findings)} 处问题")
    else:
        told = f"；{'、'.join(s.period.title for s, _ in seals)}的封存完好" if seals else ""
        say(f"检查通过：文件完好，{lines} 条修改日志首尾相连，数值与日志相符{told}")
    return REFUSED if findings else DONE


def log(options: Namespace) -> int:
    with _open(options.file) as assessment:
        entries = assessment.journal(options.limit)
    if options.json:
        emit([{**asdict(e), "action_title": e.action_title} for e in entries])
        return DONE
    rows = [
        (
            str(e.id), e.time[:19].replace("T", " "), e.user, e.action_title, e.subject,
            shortened(e.old or ""), shortened(e.new or ""), e.why,
        )
        for e in entries
    ]  # fmt: skip
    say(table(("序号", "时间", "用户", "动作", "对象", "原值", "新值", "原因"), rows, right=[0]))
    return DONE


def demo(options: Namespace) -> int:
    from ecoscore.assessment.new import DEMO_PERIOD, make_demo
    from ecoscore.cli.results import score_tables

    made = make_demo(options.output, progress=_progress)
    say(f"1. 新建考核文件：{made.path}")
    say(
        f"2. 导入示例数据：{made.outcome.accepted} 个指标值，{made.outcome.targets} 个目标值；登记加减分事项 {made.events} 项"
    )
    with _open(made.path) as assessment:
        result = assessment.score(DEMO_PERIOD)
        say(f"3. {DEMO_PERIOD.title}评分：\n\n{score_tables(result)}\n")
        paths = assessment.report(DEMO_PERIOD, options.output, progress=_progress)
    say(f"4. 写出报表 {len(paths)} 个：")
    for folder in dict.fromkeys(path.parent for path in paths):
        inside = [path for path in paths if path.parent == folder]
        for path in inside[:2] if len(inside) > 4 else inside:
            say(f"　　{path}")
        if len(inside) > 4:
            say(f"　　…… 同一文件夹共 {len(inside)} 个")
    say(f"\n打开窗口查看：ecoscore {made.path}")
    return DONE


COMMANDS: Mapping[str, Callable[[Namespace], int]] = {
    "schemes": schemes, "new": new, "form": form, "import": import_, "score": score, "explain": explain,
    "report": report, "check": check, "log": log, "demo": demo, "scheme": scheme, "terms": terms, "term": term,
    "events": events, "compensate": compensate, "weights": weights, "compare": compare, "fill": fill,
    "fields": fields, "verify": verify,
}  # fmt: skip
