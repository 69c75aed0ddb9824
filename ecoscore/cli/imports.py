"""The command `import`: what it would do, what it asks, and what it did."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from ecoscore.cli.files import DONE, REFUSED, open_file, show_progress
from ecoscore.cli.output import emit, say, table, tell, tell_findings

if TYPE_CHECKING:
    from ecoscore.importing.plan import ImportPlan
    from ecoscore.importing.questions import Question


def import_(options: Namespace) -> int:
    from ecoscore.importing.choices import Choices
    from ecoscore.scratch import sweep

    sweep()
    choices = Choices(
        all_conversions=options.accept_conversions, names=tuple(options.map or ()), all_blanks=options.fill_blank_names
    )
    with open_file(options.file, read_only=options.dry_run) as assessment:
        plan = assessment.plan_import(
            options.sources, period=options.period, add_districts=options.add_districts, choices=choices,
            progress=show_progress,
        )  # fmt: skip
        writable = plan.is_writable(skip_errors=options.skip_errors)
        if writable and not options.dry_run:
            assessment.apply_import(plan, skip_errors=options.skip_errors, why=options.why)
    if options.json:
        emit({**plan.to_json(skip_errors=options.skip_errors), "dry_run": options.dry_run})
        return DONE if writable else REFUSED
    _say_plan(plan, writable=writable, options=options)
    return DONE if writable else REFUSED


def _say_plan(plan: ImportPlan, *, writable: bool, options: Namespace) -> None:
    from ecoscore.importing.plan import FILE_STATE_TITLES

    say(table(("文件", "结果"), [(f.name, FILE_STATE_TITLES[f.state]) for f in plan.files]))
    tell_findings(plan.findings)
    for question in plan.questions:
        _say_question(question)
    counts = plan.counts
    verb = "未写入" if not writable else "将写入" if options.dry_run else "已写入"
    say(f"{verb}：新增 {counts.new}，修改 {counts.changed}，不变 {counts.unchanged}，目标值 {counts.targets}，"
        f"新区县 {counts.new_districts}；出错的单元格 {counts.refused}，提醒 {len(plan.warnings)}")  # fmt: skip
    if not writable:
        tell(f"有 {len(plan.errors)} 处错误，什么也没有写入。请改正后重新导入，或用 --skip-errors 略去出错的单元格。")


def _say_question(question: Question) -> None:
    """What may be answered on the command line, with the words to answer it."""
    from ecoscore.importing.questions import BlankNamesQuestion, ConversionQuestion, NameQuestion

    if isinstance(question, ConversionQuestion) and not question.by_suspicion:
        shown = "，".join(f"{said} → {result}" for said, result in question.examples)
        verb = "已换算" if question.accepted else "可以换算（--accept-conversions）"
        say(f"{verb}：{question.title} {question.count} 个数值，{question.given} → {question.wanted}，如 {shown}")
    elif isinstance(question, BlankNamesQuestion):
        shown = "，".join(f"{cell} → {name}" for cell, name in question.examples)
        verb = "已沿用上面的名称" if question.accepted else "可以沿用上面的名称（--fill-blank-names）"
        where = " › ".join(part for part in (question.file, question.sheet) if part)
        say(f"{verb}：{where} 有 {question.count} 行没有写{question.title}，如 {shown}")
    elif isinstance(question, NameQuestion) and question.proposals:
        say(
            f"如果“{question.written}”即“{question.proposals[0][0]}”：--map {question.written}={question.proposals[0][0]}"
        )
