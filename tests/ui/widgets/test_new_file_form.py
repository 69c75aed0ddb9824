"""The form for a new file: what it hands over."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui.widgets.new_file_form import NewFileForm


@pytest.fixture
def form(session, said, qtbot, tmp_path):
    session.settings.folder = tmp_path
    form = NewFileForm(session)
    qtbot.addWidget(form)
    form.start()
    assert session.tasks.drain()
    return form


def test_it_hands_over_path_scheme_and_districts(form, said, tmp_path):
    wanted = []
    form.wanted.connect(lambda *parts: wanted.append(parts))
    form.path.setText(str(tmp_path / "2024 年度"))
    said.answers["open_file"] = tmp_path / "名单.xlsx"
    form._choose_districts()
    form.schemes.setCurrentRow(1)
    form.create_button.click()
    ((path, scheme, districts),) = wanted
    assert path == tmp_path / "2024 年度.ecos"
    assert isinstance(scheme, str)
    assert scheme != "jiangsu-green"
    assert districts == tmp_path / "名单.xlsx"


def test_a_dot_in_the_name_is_no_suffix(form, tmp_path):
    wanted = []
    form.wanted.connect(lambda *parts: wanted.append(parts))
    form.path.setText(str(tmp_path / "v1.2 试算"))
    form.create_button.click()
    assert wanted[0][0].name == "v1.2 试算.ecos"


def test_the_place_can_be_chosen(form, said, tmp_path):
    said.answers["save_file"] = tmp_path / "别处.ecos"
    form._choose_path()
    assert Path(form.path.text()) == tmp_path / "别处.ecos"
    said.answers["save_file"] = None
    form._choose_path()
    assert Path(form.path.text()) == tmp_path / "别处.ecos"


def test_schemes_are_read_once(form, session):
    count = form.schemes.count()
    form.start()
    assert session.tasks.running == ()
    assert form.schemes.count() == count
