"""What a file is, where it is no table in UTF-8; and names, remarks and quotes in one."""

import bz2
import gzip
import io
import lzma
import os
import re
import sys
from zipfile import ZipFile

import pytest

from dnn_lessons.command.read_file import read_file
from dnn_lessons.command.recipe import prepare

TABLE = "a,b,y\n" + "1,2,3\n" * 8


def archive(*names):
    """Return the bytes of a zip archive of tables with these names."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as file:
        for name in names:
            file.writestr(name, TABLE)
    return stream.getvalue()


PACKED = {
    "table.csv.gz": gzip.compress(TABLE.encode()),
    "table.csv.bz2": bz2.compress(TABLE.encode()),
    "table.csv.xz": lzma.compress(TABLE.encode()),
    "table.zip": archive("table.csv"),
}


@pytest.mark.parametrize("name", PACKED)
def test_a_packed_text_is_unpacked(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(PACKED[name])
    sheet = read_file(path)
    assert [*sheet.frame] == ["a", "b", "y"]
    assert sheet.frame.shape == (8, 3)


UTF_8 = "; unpack it, or save the table as 'CSV UTF-8'"
REFUSED = {
    "half.csv.gz": (PACKED["table.csv.gz"][:20], f"is packed, and no whole file{UTF_8}"),
    "zip.csv": (
        archive("a.csv", "b.csv"),
        "is a zip archive of several files, or Excel's without the ending .xlsx",
    ),
    "parquet.csv": (b"PAR1\0\0", "is a Parquet file without the ending .parquet"),
    "utf_16.csv": (TABLE.encode("utf-16-le"), f"is not text: its byte 2 is zero{UTF_8}"),
    "jis.csv": ("東、京,y\n1,2\n".encode("shift-jis"), f"is not text in UTF-8{UTF_8}"),
    "text.xlsx": (TABLE, "is no whole .xlsx file, but text: name it .csv"),
    "text.parquet": (TABLE, "is no whole .parquet file, but text: name it .csv"),
    "open_last.csv": (
        f'{TABLE}4,5,"6\n',
        "line 10, where a quote is opened, and not closed up to line 10: ",
    ),
    "open_first.csv": (
        TABLE.replace("2,", '"2,', 1),
        "line 2, where a quote is opened, and not closed up to line 9: 2 values, but",
    ),
}


PACKAGES = {  # {file: (what it holds, the package that reads it)}
    "table.xlsx": (archive("xl/workbook.xml"), "openpyxl"),
    "table.ods": (archive("content.xml"), "odf"),
    "table.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "xlrd"),
    "table.parquet": (b"PAR1" + bytes(99) + b"PAR1", "pyarrow"),
    "table.feather": (b"ARROW1" + bytes(99) + b"ARROW1", "pyarrow"),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_that_is_missing_is_named(tmp_path, monkeypatch, name):
    content, package = PACKAGES[name]
    for module in (package, f"{package}.parquet", f"{package}.dataset"):
        monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / name).write_bytes(content)
    package = "odfpy" if package == "odf" else package
    told = f"{name} needs a package: pip install {package}; or save the table as CSV"
    with pytest.raises(ValueError, match=re.escape(told)):
        read_file(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="has no pipes with names")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(ValueError, match=r"pipe\.csv is a device or a pipe; expected a"):
        read_file(tmp_path / "pipe.csv")


def test_a_file_may_have_2_gib_and_no_more(tmp_path, monkeypatch):
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    monkeypatch.setattr("dnn_lessons.command.read_file.MOST_BYTES", len(TABLE))
    assert read_file(path).frame.shape == (8, 3)
    path.write_text(f"{TABLE}\n")
    with pytest.raises(ValueError, match=r"table\.csv has more than 54 bytes; take a p"):
        read_file(path)


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_of_another_kind_is_named(tmp_path, name):
    content, fault = REFUSED[name]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match=name) as caught:
        read_file(path)
    assert fault in str(caught.value)


@pytest.mark.parametrize("count", [1, 99, 100, 300])
def test_any_number_of_remarks_may_come_first(tmp_path, count):
    path = tmp_path / "table.csv"
    path.write_text("# of an instrument\n" * count + TABLE)
    sheet = read_file(path)
    assert [*sheet.frame] == ["a", "b", "y"]
    assert sheet.frame.shape == (8, 3)
    assert sheet.notes == [f"left out {count} remark{'s'[: count - 1]} before the header"]


@pytest.mark.parametrize(
    "name", ["Gro\u0308ße", "\ufeffGröße", "Grö\u200bße", " Größe\u00a0"]
)
def test_a_name_may_be_spelt_in_several_ways(tmp_path, name):
    path = tmp_path / "table.csv"
    path.write_text(TABLE.replace("b", name))
    assert [*read_file(path).frame] == ["a", "Größe", "y"]


LENGTHS = {
    "a\tb\tnote\n1\t2\tx\n3\t4\n5\t6\n7\t8\n": "line 3: 2 values, but the header names 3",
    "town,kind,size,note\nNo,x\nEa,y\nNo,y\n": "line 2: 2 values, but the header names 4",
}


@pytest.mark.parametrize("text", LENGTHS)
def test_names_above_shorter_rows_are_a_header(tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_text(text)
    with pytest.raises(ValueError, match=LENGTHS[text]):
        read_file(path)


def test_prose_with_commas_is_a_remark(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(f"Measured in Bonn, in Rome, in Oslo, and in Bern\n{TABLE}")
    assert [*read_file(path).frame] == ["a", "b", "y"]


def test_a_column_may_be_called_column_1(tmp_path):
    path = tmp_path / "table.csv"
    for names, features in {
        "column 1,column 2": ["column 1", "column 2"],
        ",b": ["b"],
    }.items():
        path.write_text(
            TABLE.replace("a,b", names).replace("1,2,3", "5,2,3", 1) + "5,4,7\n"
        )
        made = prepare(read_file(path))
        assert made.recipe["features"] == features
