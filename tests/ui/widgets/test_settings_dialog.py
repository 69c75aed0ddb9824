"""Settings are applied on the spot, and only with 确定."""

from __future__ import annotations

from ui.papers import PaperLook
from ui.widgets.settings_dialog import SettingsDialog


def test_what_is_chosen_is_kept_and_applied(session, qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("ECOSCORE_BACKUPS", str(tmp_path / "备 份"))
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    assert dialog.backups.whole == str(tmp_path / "备 份")
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.organisation.setText(" 某某市 ")
    dialog.issuer.setText("市生态环境局")
    dialog.system_fonts.setChecked(True)
    dialog.ok.click()
    assert session.theme.is_dark
    assert session.settings.paper_look == PaperLook("某某市", "市生态环境局", "system")
    meta = session.settings.paper_look.meta("")
    assert (meta.organisation, meta.issuer, meta.watermark) == ("某某市", "市生态环境局", "")
    session.theme.choose("light")


def test_cancel_leaves_all_as_it_was(session, qtbot):
    dialog = SettingsDialog(session)
    qtbot.addWidget(dialog)
    dialog.organisation.setText("某某市")
    dialog.cancel.click()
    assert session.settings.paper_look == PaperLook()


def test_papers_carry_the_name_that_was_set(open_session, tmp_path):
    from pypdfium2 import PdfDocument

    from tests.ui.builders import Y2024
    from ui.papers import PaperFolder, PaperKey

    file, folder = open_session.assessment, PaperFolder()
    path = folder.pdf(file, PaperKey(file.version, Y2024, "scorecard", "甲区", "", PaperLook("云梦市")))
    document = PdfDocument(path)
    assert "云梦市" in document[0].get_textpage().get_text_range()
    document.close()
    folder.close()
