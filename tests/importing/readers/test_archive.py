"""Zips of returned forms: names as Windows and others write them, and what is refused of them."""

from __future__ import annotations

import struct
import zipfile
import zlib

import pytest

from ecoscore.errors import InputRefused
from ecoscore.importing.readers.archive import name_of, unpack
from ecoscore.importing.readers.limits import Limits

CSV = "区县,考核期,指标,值\n甲区,2024,PM2.5年均浓度,35\n".encode()


def make(path, members, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def named_in(path, raw: bytes, flag=0, extra=b""):
    """A zip whose only member is called by these bytes, as zip programs that know no mark write them."""
    stand_in = b"x" * (len(raw) - 4) + b".csv"
    make(path, {stand_in.decode(): CSV}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(stand_in, raw))
    return path


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_a_mark_in_either_encoding(tmp_path, encoding):
    path = named_in(tmp_path / "报送.zip", "二批/甲区 上报.csv".encode(encoding))
    (member,) = unpack(path, tmp_path, "0")
    assert member.name == "二批/甲区 上报.csv"
    assert (tmp_path / member.stored).read_bytes() == CSV


def test_names_in_the_extra_field_of_info_zip():
    raw = "甲区.csv".encode("gbk")
    entry = zipfile.ZipInfo(raw.decode("cp437"))
    body = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + "甲𬭚区.csv".encode()
    entry.extra = struct.pack("<HH", 0x7075, len(body)) + body
    assert name_of(entry) == "甲𬭚区.csv"
    entry.extra = struct.pack("<HH", 0x7075, len(body)) + b"\x01\0\0\0\0" + body[5:]
    assert name_of(entry) == "甲区.csv", "an extra field of another name counts for nothing"


def test_what_lies_in_it_besides_tables(tmp_path):
    path = make(
        tmp_path / "a.zip",
        {
            "甲区.csv": CSV,
            "说明.docx": b"x",
            "__MACOSX/._甲区.csv": b"x",
            "~$甲区.csv": b"x",
            "内.zip": b"PK",
            "夹/.DS_Store": b"x",
        },
    )
    found = {m.name: (bool(m.stored), bool(m.refusal)) for m in unpack(path, tmp_path, "0")}
    assert found == {"甲区.csv": (True, False), "说明.docx": (False, False), "内.zip": (False, True)}


@pytest.mark.parametrize("name", ["../../逃出.csv", "/etc/逃出.csv", "C:\\windows\\逃出.csv", "..\\逃出.csv"])
def test_no_member_chooses_where_it_goes(tmp_path, name):
    into = tmp_path / "里"
    into.mkdir()
    unpack(make(tmp_path / "a.zip", {name: CSV}), into, "7")
    assert [p.name for p in into.iterdir()] == ["7-0.csv"]
    assert not list(tmp_path.glob("**/逃出.csv"))


def test_too_many_too_large_too_dense(tmp_path):
    many = make(tmp_path / "多.zip", {f"{n}.csv": b"x" for n in range(11)})
    with pytest.raises(InputRefused, match="11 个文件"):
        unpack(many, tmp_path, "0", Limits(archive_members=10))
    dense = make(tmp_path / "密.zip", {"a.csv": b"0" * (4 << 20)})
    with pytest.raises(InputRefused, match="压缩炸弹"):
        unpack(dense, tmp_path, "0")
    with pytest.raises(InputRefused, match="解开后有"):
        unpack(dense, tmp_path, "0", Limits(unpacked_bytes=1 << 20))
    with pytest.raises(InputRefused, match="上限"):
        unpack(dense, tmp_path, "0", Limits(archive_bytes=100))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip at all"])
def test_what_is_no_zip_is_damaged(tmp_path, content):
    path = tmp_path / "坏.zip"
    path.write_bytes(content)
    with pytest.raises(InputRefused, match="损坏"):
        unpack(path, tmp_path, "0")


def test_a_damaged_member_costs_only_itself(tmp_path):
    path = make(tmp_path / "a.zip", {"甲.csv": CSV * 50, "乙.csv": CSV}, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    content[200] ^= 0xFF
    path.write_bytes(content)
    found = {m.name: m.refusal for m in unpack(path, tmp_path, "0")}
    assert found["乙.csv"] == "" and "损坏" in found["甲.csv"]


def test_a_locked_member_says_so(tmp_path):
    path = make(tmp_path / "a.zip", {"甲.csv": CSV}, zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + at] |= 1
    path.write_bytes(content)
    (member,) = unpack(path, tmp_path, "0")
    assert "密码" in member.refusal
