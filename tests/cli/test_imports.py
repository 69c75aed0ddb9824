"""The answers to an import's questions on the command line."""

from __future__ import annotations


def write(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return name


def test_conversions_are_offered_with_figures_and_made_when_accepted(run, file, folder):
    name = write(folder, "2024年 单位.csv", "区县,PM2.5年均浓度（mg/m³）\n甲区,0.035\n")
    refused = run("import", file, name, "--json")
    assert refused.code == 1
    (question,) = refused.json["questions"]
    assert (question["kind"], question["given"], question["accepted"]) == ("conversion", "mg/m³", False)
    assert question["examples"] == [["0.035 mg/m³", "35 μg/m³"]]
    assert "--accept-conversions" in run("import", file, name).out
    done = run("import", file, name, "--accept-conversions", "--json")
    assert (done.code, done.json["accepted"]) == (0, 1)
    entries = run("log", file, "--json").json
    assert any(e["action"] == "set_value" and e["new"] == "35（附注：由 0.035 mg/m³ 换算）" for e in entries)


def test_blank_names_are_offered_and_filled_when_told(run, file, folder):
    name = write(folder, "2024年 空.csv", "区县,指标,值\n甲区,PM2.5年均浓度,35\n,优良天数比例,80\n")
    refused = run("import", file, name)
    assert refused.code == 1
    assert "可以沿用上面的名称（--fill-blank-names）：2024年 空.csv 有 1 行没有写区县名，如 A3 → 甲区" in refused.out
    done = run("import", file, name, "--fill-blank-names", "--json")
    assert (done.code, done.json["accepted"]) == (0, 2)
    assert done.json["questions"][0]["kind"] == "blank_names" and done.json["questions"][0]["accepted"]


def test_names_are_mapped_and_remembered(run, file, folder):
    name = write(folder, "2024年 旧名.csv", "区县,PM2.5年均浓度\n丰山县,30\n")
    assert run("import", file, name).code == 1
    assert run("import", file, name, "--map", "丰山县=乙县").code == 0
    again = write(folder, "2024年 再报.csv", "区县,PM2.5年均浓度\n丰山县,31\n")
    done = run("import", file, again, "--json")
    assert (done.code, done.json["changed"][0]["district"]) == (0, "乙县")


def test_a_mapping_that_means_nothing_is_refused_with_a_sentence(run, file, folder):
    name = write(folder, "2024年.csv", "区县,PM2.5年均浓度\n丰山县,30\n")
    done = run("import", file, name, "--map", "丰山县=天堂县")
    assert done.code == 1 and "天堂县" in done.err
    assert run("import", file, name, "--map", "丰山县").code == 2


def test_a_zip_is_a_source(run, file, folder):
    import zipfile

    write(folder, "甲.csv", "区县,PM2.5年均浓度\n甲区,30\n")
    with zipfile.ZipFile(folder / "2024年 报送.zip", "w") as archive:
        archive.write(folder / "甲.csv", "甲.csv")
    done = run("import", file, "2024年 报送.zip", "--json")
    assert (done.code, done.json["accepted"]) == (0, 1)
    assert done.json["files"][0]["file"] == "2024年 报送.zip › 甲.csv"


def test_forms_by_department_come_back(run, filled, folder):
    assert run("form", filled, "--period", "2024", "-o", "部门", "--by", "department").code == 0
    back = run("import", filled, "部门", "--json")
    assert (back.code, back.json["accepted"], back.json["unchanged"]) == (0, 0, 5)
