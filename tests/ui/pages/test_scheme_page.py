"""The scheme page: the tree and the form of what is selected, every edit undone, problems led to, editions adopted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from ecoscore.assessment import Assessment
from ecoscore.assessment.kept_draft import kept_draft
from ecoscore.model.district import District
from ecoscore.model.period import Period
from ecoscore.schemes import bundled, load_scheme
from tests.ui.builders import Y2023, Y2024
from tests.ui.waiting import opened, settle
from ui.models.scheme_tree import WEIGHT


@pytest.fixture
def page(window, small_file):
    return opened(window, small_file, "scheme")


def adopt(page, qtbot, edition):
    page.adopt_button.click()
    page.adopt.edition.setText(edition)
    qtbot.mouseClick(page.adopt.button, Qt.MouseButton.LeftButton)
    settle(page.session)


def key_of(page, indicator):
    return page.desk.draft.indicator(indicator).key


def type_into(qtbot, editor, text):
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClicks(editor, text)


def commit(page):
    """What the pause after typing does."""
    page.desk.read()
    settle(page.session)


def test_the_first_indicator_is_in_the_form(page):
    assert page.form.heading.text() == "PM2.5年均浓度"
    assert page.form.editors["weight"].editor.text() == "40"
    assert page.form.editors["rule.bounds.best"].editor.text() == "20"
    assert {d.district: d.score for d in page.form.curve.curve.dots}["丙县"] == 92
    assert page.card.title.text() == "PM2.5年均浓度"
    assert page.card.weight.text() == "40 分"
    assert "√ 合计正好" in page.editor.sum_bar.label.text()
    assert not page.review.isVisible()
    assert not page.effect.isVisible()
    assert not page.adopt_button.isEnabled()


def test_a_weight_typed_in_the_tree_changes_totals_at_once(page, qtbot):
    index = page.tree.index_of(key_of(page, "forest"), WEIGHT)
    page.view.setCurrentIndex(index)
    page.view.edit(index)
    field = page.view.findChild(QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "90")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.desk.is_changed)  # the view takes it from its editor a moment later
    commit(page)
    assert page.effect.isVisible()
    rows = {r.district: r for r in page.desk.effect}
    assert rows["丙县"].change.raw < 0
    assert "多 60" in page.editor.sum_bar.label.text()
    assert page.session.assessment.scheme.by_id["forest"].weight == 30  # the file is as it was
    page.session.undo_stack.undo()
    commit(page)
    assert not page.desk.is_changed
    assert not page.effect.isVisible()


def test_the_sum_is_made_right_around_a_locked_weight(page, qtbot):
    pm25 = key_of(page, "pm25")
    page.desk.edit(pm25, "weight", 50.0)
    page.tree.setData(page.tree.index_of(pm25, 2), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    qtbot.mouseClick(page.editor.sum_bar.button, Qt.MouseButton.LeftButton)
    weights = [page.desk.draft.indicator(i).weight for i in ("pm25", "days", "forest")]
    assert weights == [50, 25, 25]
    assert not page.editor.sum_bar.button.isEnabled()


def test_linked_weights_keep_the_sum_of_their_group(page):
    page.editor.linked.setChecked(True)
    page.tree.setData(page.tree.index_of(key_of(page, "pm25"), WEIGHT), "45")
    assert [page.desk.draft.indicator(i).weight for i in ("pm25", "days", "forest")] == [45, 25, 30]
    page.session.undo_stack.undo()
    assert not page.desk.is_changed


def test_letters_typed_into_one_field_are_one_step(page, qtbot):
    editor = page.form.editors["department"].editor
    type_into(qtbot, editor, "water")
    assert page.session.undo_stack.count() == 1
    page.form.editors["weight"].editor.setFocus()
    type_into(qtbot, editor, "forest")
    assert page.session.undo_stack.count() == 2
    page.session.undo_stack.undo()
    assert editor.text() == "water"


def test_the_rule_is_edited_with_its_curve(page, qtbot):
    before = page.form.curve.curve.points
    type_into(qtbot, page.form.editors["rule.floor"].editor, "40")
    commit(page)
    assert page.form.curve.curve.points != before
    kind = page.form.editors["rule.kind"].editor
    kind.setCurrentIndex(kind.findData("level_and_progress"))
    commit(page)
    assert page.desk.indicator(key_of(page, "pm25")).rule.kind == "level_and_progress"
    assert page.form.editors["rule.level.bounds.best"].editor.text() == "20"
    mode = page.form.editors["rule.progress.bounds"].editor
    assert mode.currentData() == "sample"
    mode.setCurrentIndex(mode.findData("fixed"))
    commit(page)
    assert page.desk.checked.errors  # the bounds are not filled in yet
    type_into(qtbot, page.form.editors["rule.progress.bounds.worst"].editor, "5")
    type_into(qtbot, page.form.editors["rule.progress.bounds.best"].editor, "-5")
    commit(page)
    assert not page.desk.checked.errors
    while page.session.undo_stack.canUndo():
        page.session.undo_stack.undo()
    assert page.desk.draft.root == page.desk.base_draft.root
    while page.session.undo_stack.canRedo():
        page.session.undo_stack.redo()
    commit(page)
    assert page.desk.scheme.by_id["pm25"].rule.change.rule.bounds.worst == 5


def test_every_edit_of_a_kind_is_undone_and_done_again(page):
    stack, desk, editor = page.session.undo_stack, page.desk, page.editor
    states = [desk.draft]
    for do in (
        lambda: editor.add("indicator"),
        lambda: editor.add("group"),
        lambda: editor.select(key_of(page, "days")) and editor.duplicate(),
        lambda: editor.move(-1),
        editor.remove,
        lambda: desk.edit(0, "binding", {"zero_item": True, "deduct_from": 2}),
        lambda: desk.edit(0, "limits.bonus", 5.0),
        lambda: page._go_to_tab("adjustment") or editor.add("adjustment"),
        lambda: page._go_to_tab("grade") or editor.add("grade"),
        lambda: page._go_to_tab("input") or editor.add("input"),
        lambda: page._go_to_tab("payment") or editor.add("payment"),
        page.discard,
    ):
        do()
        assert desk.draft != states[-1]
        states.append(desk.draft)
    for state in reversed(states[:-1]):
        stack.undo()
        assert desk.draft == state
    for state in states[1:]:
        stack.redo()
        assert desk.draft == state
    page.desk.read()
    assert not page.desk.checked.errors


def test_a_problem_leads_to_its_field(page, qtbot):
    page.desk.edit(key_of(page, "forest"), "rule.bounds.worst", "很差")
    page.desk.edit(key_of(page, "days"), "valid.0", 200.0)
    page.editor.select(page.desk.draft.of("group")[0].key)
    commit(page)
    assert page.problem_view.isVisible()
    assert page.problems.rowCount() == 2
    assert not page.adopt_button.isEnabled()
    index = page.problems.index(1, 0)
    rect = page.problem_view.visualRect(index)
    page.problem_view.setCurrentIndex(index)
    page.problem_view.activated.emit(index)
    assert rect.isValid()
    assert page.form.heading.text() == "林木覆盖率"
    assert page.form.editors["rule.bounds.worst"].editor.hasFocus()
    assert page.form.editors["rule.bounds.worst"].editor.text() == "很差"
    assert page.form.editors["rule.bounds.worst"].problem.isVisible()
    type_into(qtbot, page.form.editors["rule.bounds.worst"].editor, "10")
    commit(page)
    assert page.problems.rowCount() == 1


def test_problems_of_the_whole_open_the_right_tab(page):
    grade = page.desk.draft.of("grade")[0]
    page.desk.edit(grade.key, "min", 1.0)
    page.desk.edit(0, "decimals", 1.5)
    commit(page)
    by_path = {p.path: p for p in page.desk.checked.errors}
    page.go_to_problem(by_path["grades"])
    assert page.tab == "grade"
    page.go_to_problem(by_path["decimals"])
    assert page.tab == "settings"
    assert page.settings_form.editors["decimals"].editor.hasFocus()


def test_an_adopted_draft_is_what_the_year_is_scored_by(page, session, window, qtbot):
    before = session.assessment.score(Y2023).layers.total.tolist()
    page.desk.edit(key_of(page, "forest"), "weight", 90.0)
    commit(page)
    expected = {r.district: r.total.raw for r in page.desk.effect}
    qtbot.mouseClick(page.adopt_button, Qt.MouseButton.LeftButton)
    assert page.adopt.table.rowCount() == 1
    assert page.adopt.edition.text() == "2024修1"
    page.adopt.edition.setText("")
    qtbot.mouseClick(page.adopt.button, Qt.MouseButton.LeftButton)
    assert "版本名称" in page.adopt.problem.text()
    page.adopt.edition.setText("2024调整")
    page.adopt.why.setText("按某办〔2025〕3号")
    qtbot.mouseClick(page.adopt.button, Qt.MouseButton.LeftButton)
    settle(session)
    file = session.assessment
    assert file.scheme_of(Y2024).edition == "2024调整"
    assert file.scheme_of(Y2024).by_id["forest"].weight == 90
    result = file.score(Y2024)
    assert {d.name: t for d, t in zip(result.districts, result.layers.total, strict=True)} == expected
    assert file.score(Y2023).layers.total.tolist() == before
    assert file.journal()[-1].why == "按某办〔2025〕3号"
    assert not page.desk.is_changed
    page._go_to_tab("compare")
    assert page.compare.table.rowCount() == 2  # edition and weight
    session.set_period(Y2023)
    assert page.desk.base.edition == "2024"
    session.set_period(Y2024)
    assert page.desk.base.edition == "2024调整"


def test_an_adoption_is_undone_and_done_again(page, session, qtbot):
    file = session.assessment
    old = file.score(Y2024).layers.total.tolist()
    page.desk.edit(key_of(page, "forest"), "weight", 90.0)
    commit(page)
    adopt(page, qtbot, "2024调整")
    new = file.score(Y2024).layers.total.tolist()
    assert new != old
    assert session.undo_stack.undoText() == "采用方案（2024调整）"
    session.undo_stack.undo()
    settle(session)
    assert file.score(Y2024).layers.total.tolist() == old
    assert file.journal()[-1].why == "撤销采用“2024调整”"
    assert page.desk.is_changed, "a draft again, that one may go on with"
    assert page.adopt_button.isEnabled()
    assert page.desk.draft.indicator("forest").weight == 90
    session.undo_stack.redo()
    settle(session)
    assert file.score(Y2024).layers.total.tolist() == new
    assert not page.desk.is_changed
    for _ in range(3):  # adoption, its name, the weight
        session.undo_stack.undo()
    settle(session)
    assert page.desk.draft.indicator("forest").weight == 30
    assert not page.desk.is_changed
    assert not file.check(), "the journal and the file agree"


def test_a_sealed_year_keeps_its_edition_from_being_undone(page, session, qtbot, window):
    page.desk.edit(key_of(page, "forest"), "weight", 90.0)
    commit(page)
    adopt(page, qtbot, "2024调整")
    session.assessment.seal(Y2024)
    session.undo_stack.undo()
    settle(session)
    assert session.assessment.scheme_of(Y2024).edition == "2024调整"
    assert "已经封存" in window.message_bar.text.text()


def test_a_period_that_is_no_period_is_not_adopted_from(page, qtbot):
    page.desk.edit(key_of(page, "forest"), "weight", 31.0)
    commit(page)
    page.adopt_button.click()
    page.adopt.since.setCurrentText("明年")
    page.adopt.button.click()
    assert "不是考核期" in page.adopt.problem.text()
    assert len(page.session.assessment.editions) == 1
    page.adopt.since.setCurrentText("2025")
    page.adopt.button.click()
    assert page.session.assessment.scheme_of(Period(2025)).by_id["forest"].weight == 31
    assert page.session.assessment.scheme_of(Y2024).by_id["forest"].weight == 30


def test_a_draft_goes_out_and_comes_back_as_excel_and_yaml(page, session, said, tmp_path):
    page.desk.edit(key_of(page, "forest"), "weight", 33.0)
    for name in ("方案 草稿.xlsx", "方案 草稿.yaml"):
        said.answers["save_file"] = said.answers["open_file"] = tmp_path / name
        page.export_button.click()
        settle(session)
        assert (tmp_path / name).exists()
        page.desk.edit(key_of(page, "forest"), "weight", 34.0)
        page.open_button.click()
        settle(session)
        commit(page)
        assert page.desk.scheme.by_id["forest"].weight == 33, said.last
        session.undo_stack.undo()
        assert page.desk.draft.indicator("forest").weight == 34
        session.undo_stack.undo()
    (tmp_path / "坏.yaml").write_text("id: [", encoding="utf-8")
    said.answers["open_file"] = tmp_path / "坏.yaml"
    page.open_button.click()
    settle(session)
    assert "坏.yaml" in said.last


def test_another_scheme_is_compared_with(page, session, said, tmp_path):
    from ecoscore.assessment.schemes import write_scheme

    path = tmp_path / "别的.yaml"
    write_scheme(path, load_scheme("jiangsu-green"))
    said.answers["open_file"] = path
    page._go_to_tab("compare")
    page.compare.other.click()
    settle(session)
    assert page.compare.new.currentText() == "别的.yaml"
    count = page.compare.table.rowCount()
    assert count > 30
    page.compare.swap.click()
    assert page.compare.table.rowCount() == count
    assert page.compare.old.currentText() == "别的.yaml"


def test_targets_are_set_and_undone(page, session, qtbot):
    page.desk.edit(key_of(page, "pm25"), "binding", True)
    commit(page)
    page.adopt_button.click()
    page.adopt.button.click()
    page._go_to_tab("targets")
    table = page.targets.table
    assert [table.headerData(c, Qt.Orientation.Horizontal) for c in range(table.columnCount())] == [
        "PM2.5年均浓度（μg/m³）"
    ]
    table.setData(table.place_of("甲区", "pm25"), "35")
    assert session.assessment.targets(Y2024)[0].value == 35
    assert table.place_of("甲区", "pm25").data() == "35"
    session.undo_stack.undo()
    assert session.assessment.targets(Y2024) == ()
    session.undo_stack.redo()
    page.targets.view.setCurrentIndex(table.place_of("甲区", "pm25"))
    page.targets.clear()
    assert session.assessment.targets(Y2024) == ()


def test_targets_are_pasted_as_a_block(page, session, said):
    from PySide6.QtGui import QGuiApplication

    page.desk.edit(key_of(page, "pm25"), "target", 35.0)
    commit(page)
    page.adopt_button.click()
    page.adopt.button.click()
    page._go_to_tab("targets")
    targets = page.targets
    targets.view.setCurrentIndex(targets.table.place_of("甲区", "pm25"))
    QGuiApplication.clipboard().setText("33\n34\n")
    targets.paste()
    assert {(t.district, t.value) for t in session.assessment.targets(Y2024)} == {("甲区", 33), ("乙区", 34)}
    QGuiApplication.clipboard().setText("约33")
    targets.paste()
    assert "约33" in said.last
    targets.view.selectAll()
    targets.copy()
    assert QGuiApplication.clipboard().text() == "35\n33\n34\n35"


def test_a_read_only_file_says_why_nothing_can_be_edited(page, session):
    session.assessment.read_only = True
    page.entered()
    assert "只读" in page.off.text()
    assert page.off.isVisible()
    assert not page.form.editors["weight"].isEnabled()
    assert not page.open_button.isEnabled()
    before = page.desk.draft
    page.desk.edit(key_of(page, "forest"), "weight", 1.0)
    assert page.desk.draft is before


def test_a_sealed_year_says_why_nothing_can_be_edited(page, session):
    session.assessment.seal(Y2024, why="定稿")
    page.entered()
    assert "已经封存" in page.off.text()
    assert not page.editor.buttons["indicator"].isEnabled()
    session.set_period(Y2023)
    assert not page.off.isVisible() or "2023" in page.off.text()


def test_the_dots_follow_the_period(page, session):
    page.select_indicator("forest")
    assert len(page.form.curve.curve.dots) == 2  # 丙县 has not reported
    session.set_period(Y2023)
    page.select_indicator("forest")
    assert len(page.form.curve.curve.dots) == 3


def test_another_page_can_point_at_an_indicator(page, window):
    window.show_page("scheme", "forest")
    assert page.form.heading.text() == "林木覆盖率"


def test_leaving_with_changes_says_so(page, window, said):
    page.desk.edit(key_of(page, "forest"), "weight", 31.0)
    window.show_page("data")
    assert "还没有采用" in said.last
    window.show_page("scheme")
    assert page.desk.draft.indicator("forest").weight == 31


@pytest.mark.parametrize("scheme", [s.id for s in bundled()])
def test_every_node_of_every_bundled_scheme_can_be_shown(window, session, tmp_path, scheme):
    loaded = load_scheme(scheme)
    with Assessment.create(tmp_path / "方 案.ecos", loaded, [District("甲区")]):
        pass
    session.open(tmp_path / "方 案.ecos")
    settle(session)
    window.show_page("scheme")
    page = window.page
    for node in page.desk.draft.walk():
        page._go_to(node.key)
        form = page.settings_form if node.kind == "settings" else page.form
        assert form.node is node
        for path, editor in form.editors.items():
            held = form._held(path)
            if held is not None and editor.kind != "switch" and not isinstance(held, bool):
                assert editor.value() == held, (node.label, path)
    assert not page.desk.is_changed
    assert page.review.isVisible() == loaded.review


# The draft outlives the sitting. ------------------------------------------------------------------------------------


def reopened(window, session, file):
    assert session.close()
    return opened(window, file, "scheme")


def test_changes_not_adopted_are_back_after_closing_wrong_ones_too(page, window, session, small_file, said):
    key = key_of(page, "pm25")
    page.desk.edit(key, "weight", 35)
    page.desk.edit(key, "title", "")
    commit(page)
    page = reopened(window, session, small_file)
    commit(page)
    node = page.desk.draft.find(key)
    assert (node.values["weight"], node.get("title")) == (35, "")
    assert page.desk.is_changed and page.desk.checked.errors
    assert any("放回草稿" in m.text for m in said.messages)
    session.undo_stack.undo()
    assert not page.desk.is_changed  # what was brought back can be put away like any other step


def test_what_is_discarded_or_adopted_does_not_come_back(page, window, session, small_file):
    page.desk.edit(key_of(page, "pm25"), "weight", 35)
    commit(page)
    page.discard()
    page = reopened(window, session, small_file)
    assert not page.desk.is_changed
    page.desk.edit(key_of(page, "pm25"), "weight", 35)
    commit(page)
    assert page.files.adopt("2024修1", "2024", "测试") == ""
    page = reopened(window, session, small_file)
    assert not page.desk.is_changed
    assert page.desk.base.by_id["pm25"].weight == 35


def test_a_draft_is_on_disk_a_moment_after_the_last_change(page, session, small_file, qtbot):
    page.desk.edit(key_of(page, "pm25"), "weight", 35)
    qtbot.waitUntil(lambda: kept_draft(small_file) is not None, timeout=5000)
    assert kept_draft(small_file).draft == page.desk.draft
    page.discard()
    page.desk.keeper.write()
    assert kept_draft(small_file) is None


def test_undoing_the_draft_from_another_page_is_said(page, window, session):
    page.desk.edit(key_of(page, "pm25"), "weight", 35)
    commit(page)
    window.show_page("data")
    window.actions_by_id["undo"].trigger()
    assert "方案的草稿撤销" in window.message_bar.text.text()
    assert not page.desk.is_changed
    settle(session)
