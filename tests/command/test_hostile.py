"""Files that are broken or meant to harm: each ends in a sentence, in little memory."""

import gzip
import io
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

from dnn_lessons.command import read_file as reading
from dnn_lessons.command.read_file import read_file

CHILD = Path(__file__).with_name("hostile_child.py")
# With the libraries, which take 150. Where pandas has Arrow, it holds a text once more.
MOST_MEGABYTES = 1500 if find_spec("pyarrow") else 1100


def table(cell, target=str, header="a,y"):
    """A table of thirty rows, each cell a function of the row's number."""
    return header + "\n" + "".join(f"{cell(k)},{target(k)}\n" for k in range(30))


def numbered(header):
    """A table of numbers under any header of two names."""
    return table(lambda k: k * k % 7, header=header)


def packed_zeros():
    """The bytes of a zip archive, 500 MB when unpacked."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member,
    ):
        for _ in range(500):
            member.write(bytes(10**6))
    return file.getvalue()


NO_TABLE = "expected a feature and a target at least"
NO_TEXT = "; unpack it, or save the table as 'CSV UTF-8'"
# {file: (what it holds, what is told of it)}; nothing told stands for a run to the end.
FILES = {
    "empty.csv": ("", NO_TABLE),
    "mark_alone.csv": (b"\xef\xbb\xbf", NO_TABLE),
    "utf_16_mark_alone.csv": (b"\xff\xfe", NO_TABLE),
    "half_utf_16.csv": (b"\xff\xfea\0,", NO_TEXT),
    "utf_32.csv": ("a,y\n1,2\n".encode("utf-32"), NO_TEXT),
    "nul.csv": (b"a,y\n1,\x002\n", NO_TEXT),
    "nul_alone.csv": (bytes(10**6), NO_TEXT),
    "random.csv": (random.Random(0).randbytes(10**5), NO_TEXT),
    "mixed_encodings.csv": (
        "größe,y\n".encode() + "öl,1\nwein,2\n".encode("latin-1") * 15,
        "",
    ),
    "separators_alone.csv": (";;;\n" * 1000, NO_TABLE),
    "line_ends_alone.csv": ("\n" * 10**6, NO_TABLE),
    "quotes_alone.csv": ('"' * 1001, NO_TABLE),
    "header_alone.csv": ("a,b,y\n", "a header line and no examples"),
    "nested_quotes.csv": ('a,y\n"""""""",1\n""",2\n', "1 value, but the header names 2"),
    "open_quote.csv": ('a,y\n1,2\n"3,4\n' + "5,6\n" * 1000, "but the header names 2"),
    "quoted_line_ends.csv": ('a,y\n"' + "\n" * 10**6 + '",1\n2,3\n', "no column is left"),
    "ten_million_columns.csv": ("c," * 10**7, "columns found: 500001 or more"),
    "endless_line.csv": (b"x" * 10**8, NO_TABLE),
    "endless_commas.csv": ("," * 10**7, NO_TABLE),
    "cell_of_100_MB.csv": ("a,y\n" + "x" * 10**8 + ",2\n3,4\n", "a cell has more than"),
    "number_of_1_MB.csv": ("a,y\n1," + "2" * 10**6 + "\n", "in all rows"),
    "spaces_of_1_MB.csv": (
        table(lambda k: f"1{' ' * 10**5}x", lambda k: k),
        "one value only",
    ),
    "dashes_of_100_kB.csv": (table(lambda k: "1-" * 10**5), "one value only"),
    "huge_whole_numbers.csv": (table(lambda k: k * 10**60), ""),
    "numbers_of_1000_digits.csv": (table(lambda k: f"{k}{'9' * 1000}"), "as names: a"),
    "beyond_floats.csv": (
        table(lambda k: f"{k}e308"),
        "a: infinite numbers count as gaps",
    ),
    "sums_beyond_floats.csv": (
        table(lambda k: f"1.{k:02}e308"),
        "choose a unit that keeps them below",
    ),
    "below_floats.csv": (table(lambda k: f"{k}e-320"), ""),
    "squares_beyond_floats.csv": (table(lambda k: k, lambda k: f"{k}e140"), ""),
    "years_1500_to_9999.csv": (table(lambda k: f"{1500 + 290 * k}-01-01"), ""),
    "year_0.csv": (table(lambda k: f"{k:04}-01-01"), ""),
    "one_word.csv": ("a,y\n1,yes\n", "'y' holds 'yes' in all rows"),
    "one_row.csv": ("a,y\n1,2\n", "'y' holds 2 in all rows"),
    "foreign_digits.csv": (table(lambda k: chr(0x660 + k % 10)), "as names: a"),
    "formula.csv": (table(lambda k: f"=cmd|'/c calc'!A{k}"), "left out as names: a"),
    "formula_in_header.csv": (numbered('a,"=HYPERLINK(""http://x"")"'), ""),
    "path_as_name.csv": (numbered("../../etc/passwd,/dev/null"), ""),
    "template_as_name.csv": (numbered("%s{0},{x!r}"), ""),
    "controls_in_names.csv": (numbered("\x1b[2Ja,\x1b]0;title\x07y"), r"\x1b[2Ja"),
    "controls_in_cells.csv": (table(lambda k: k or "\x1b[2J"), r"\x1b[2J"),
    "right_to_left.csv": (numbered("a\u202eb,y"), r"a\u202eb"),
    "separator_of_a_digit.csv": ("sep=1\na1y\n213\n", NO_TABLE),
    "separator_of_a_letter.csv": ("sep=ü\naüy\n2ü3\n", NO_TABLE),
    "a_page.csv": ("<!DOCTYPE html>\n<p>Sign in, please</p>\n", "no examples"),
    "bomb.csv.gz": (
        lambda: gzip.compress(b"a,y\n" + b"1,2\n" * 5 * 10**7),
        "would take more than 134,217,728 bytes when unpacked",
    ),
    "bomb.xlsx": (packed_zeros, "would take 500,000,000 bytes when unpacked"),
    "text.xlsx": ("a,y\n1,2\n", "text.xlsx is no whole .xlsx file"),
    "text.parquet": (b"PAR1" + bytes(100) + b"PAR1", "text.parquet"),
}
OTHERS = {
    "folder.csv": "directory",
    "pipe.csv": "is a device or a pipe",
    "device.csv": "is a device or a pipe",
    "large.csv": "has more than 2,147,483,648 bytes",
    "circle.csv": "symbolic links",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """{file: (exit code, standard output, standard error, megabytes)}."""
    folder, out = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("out")
    for name, (content, _) in FILES.items():
        data = content() if callable(content) else content
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    (folder / "folder.csv").mkdir()
    os.mkfifo(folder / "pipe.csv")
    (folder / "device.csv").symlink_to("/dev/zero")
    (folder / "circle.csv").symlink_to("circle.csv")
    with open(folder / "large.csv", "wb") as file:
        file.truncate(10**12)
    arguments = [sys.executable, "-W", "error", str(CHILD), str(folder), str(out)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.long
@pytest.mark.parametrize("name", [*FILES, *OTHERS])
def test_a_hostile_file_ends_in_a_sentence_and_in_little_memory(told, name):
    code, out, err, megabytes = told[name]
    sentence = FILES[name][1] if name in FILES else OTHERS[name]
    assert code == (0 if name in ACCEPTED else 2), err[-2000:]
    assert sentence in " ".join((out + err).split())
    assert "Traceback" not in err
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202e]", out + err)
    assert megabytes < MOST_MEGABYTES


def test_a_parquet_file_of_equal_numbers_is_refused_by_its_metadata(tmp_path):
    parquet, pyarrow = map(pytest.importorskip, ("pyarrow.parquet", "pyarrow"))
    table = pyarrow.table({"a": [0.5] * 10**6, "y": [1.0] * 10**6})
    small, bomb = tmp_path / "small.parquet", tmp_path / "bomb.parquet"
    parquet.write_table(table, small)
    with parquet.ParquetWriter(bomb, table.schema) as file:
        for _ in range(150):
            file.write_table(table)
    assert read_file(small).frame.shape == (10**6, 2)
    with pytest.raises(ValueError, match="would take 2,400,000,000 bytes when unpacked"):
        read_file(bomb)


@pytest.mark.parametrize(("rows", "size"), [(10, 3 * 2**30), (10**9, 10)])
def test_the_size_of_a_parquet_file_is_that_of_its_groups_or_its_rows(
    tmp_path, monkeypatch, rows, size
):
    """A stand-in for pyarrow, which the tests do not install."""
    groups = [SimpleNamespace(total_byte_size=size / 3)] * 3
    said = SimpleNamespace(
        num_rows=rows, num_columns=2, num_row_groups=3, row_group=groups.__getitem__
    )
    parquet = SimpleNamespace(read_metadata=lambda _: said)
    monkeypatch.setitem(sys.modules, "pyarrow", SimpleNamespace(parquet=parquet))
    (tmp_path / "bomb.parquet").write_bytes(b"PAR1")
    with pytest.raises(ValueError, match="bytes when unpacked"):
        read_file(tmp_path / "bomb.parquet")


# {(rows, bytes that each of three packed parts says that it has): what is told}
SIZES_OF_FEATHER = {
    (10, 2**30): "would take 3,221,225,472 bytes when unpacked",
    (10**9, 10): "would take 16,000,000,000 bytes when unpacked",
    (10, 2**40): "bomb.feather is no whole .feather file",  # bytes that look like a part
}


@pytest.mark.parametrize(("rows", "size"), SIZES_OF_FEATHER)
def test_the_size_of_a_feather_file_is_that_of_its_packed_parts_or_its_rows(
    tmp_path, monkeypatch, rows, size
):
    """A stand-in for pyarrow, which the tests do not install."""
    said = SimpleNamespace(count_rows=lambda: rows, physical_schema=["a", "y"])
    arrow = SimpleNamespace(make_fragment=lambda _: said)
    dataset = SimpleNamespace(IpcFileFormat=lambda: arrow)
    monkeypatch.setitem(sys.modules, "pyarrow", SimpleNamespace(dataset=dataset))
    part = size.to_bytes(8, "little") + b'\x04"M\x18'
    (tmp_path / "bomb.feather").write_bytes(b"ARROW1" + 3 * part)
    with pytest.raises(ValueError, match=SIZES_OF_FEATHER[rows, size]):
        read_file(tmp_path / "bomb.feather")


READ = """
import re, sys
from pathlib import Path
from dnn_lessons.command.read_file import read_file
try:
    print(read_file(sys.argv[1]).frame.shape)
except ValueError as error:
    print(error)
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""
CELLS = {"zeros": [0.0], "nothing": [None], "long": ["x" * 10**6]}
BOMB = "would take 160,000,000 bytes when unpacked"
# {(ending, how it is packed, cells of a column, rows): what is told}
ARROW_FILES = {
    (".feather", "lz4", "zeros", 10**5): "(100000, 2)",
    (".feather", "lz4", "zeros", 10**7): BOMB,
    (".feather", "zstd", "zeros", 10**7): BOMB,
    (".feather", "lz4", "nothing", 10**7): BOMB,
    (".parquet", "snappy", "long", 200): "(2000, 2)",  # 2 GB, if each had its own text
}


@pytest.mark.long
@pytest.mark.parametrize("file", ARROW_FILES)
def test_a_file_of_arrow_takes_little_memory(tmp_path, file):
    pyarrow, parquet = map(pytest.importorskip, ("pyarrow", "pyarrow.parquet"))
    feather = pytest.importorskip("pyarrow.feather")
    ending, codec, cells, rows = file
    path = tmp_path / f"table{ending}"
    table = pyarrow.table({"a": pyarrow.array(CELLS[cells] * rows), "y": [1.0] * rows})
    if ending == ".feather":
        feather.write_feather(table, path, compression=codec)
    else:
        with parquet.ParquetWriter(path, table.schema, compression=codec) as parts:
            for _ in range(10):
                parts.write_table(table)
    done = subprocess.run(
        [sys.executable, "-c", READ, path], capture_output=True, check=True
    )
    told, kilobytes = done.stdout.decode().splitlines()
    assert ARROW_FILES[file] in told
    assert int(kilobytes) < 500_000


@pytest.mark.long
def test_a_workbook_is_opened_only_if_its_archive_may_be_unpacked(tmp_path, monkeypatch):
    """What opens it reads all words of the sheets, so a bomb would go off in the check itself."""
    opened = []
    stand_in = SimpleNamespace(load_workbook=lambda stream, **_: opened.append(stream))
    monkeypatch.setitem(sys.modules, "openpyxl", stand_in)
    (tmp_path / "bomb.xlsx").write_bytes(packed_zeros())
    with pytest.raises(ValueError, match="bytes when unpacked"):
        read_file(tmp_path / "bomb.xlsx")
    assert not opened


def write_workbook(path):
    """Write three rows of 200 cells, and one cell in row 300."""
    sheets = pytest.importorskip("openpyxl").Workbook()
    for row in ([f"c{k}" for k in range(200)], range(200), range(200)):
        sheets.active.append([*row])
    sheets.active.cell(300, 1).value = 1
    sheets.save(path)


def write_arrow(path):
    """Write 1,000 rows of a number, and of a number, a text of 100 letters or a gap."""
    pyarrow, parquet = map(pytest.importorskip, ("pyarrow", "pyarrow.parquet"))
    cell = {"numbers": 0.0, "texts": "x" * 100, "gaps": None}[path.stem]
    table = pyarrow.table({"a": [cell] * 1000, "y": [1.0] * 1000})
    if path.suffix == ".parquet":
        parquet.write_table(table, path)
    else:
        from pyarrow import feather  # noqa: PLC0415 - it may be absent

        feather.write_feather(table, path, compression="lz4")


WRITERS = {  # {file: what writes it, and how many bytes its cells take}
    "sheet.xlsx": (write_workbook, 8 * 300 * 200),
    "numbers.parquet": (write_arrow, 8 * 1000 * 2),
    "numbers.feather": (write_arrow, 8 * 1000 * 2),
    "gaps.feather": (write_arrow, 8 * 1000 * 2),
    "texts.feather": (write_arrow, 1000 * 100 + 4 * 1001 + 8 * 1000),
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_may_take_as_many_bytes_as_are_allowed_and_no_more(
    tmp_path, monkeypatch, name
):
    write, size = WRITERS[name]
    write(tmp_path / name)
    monkeypatch.setattr(reading, "MOST_GROWTH", 1)
    monkeypatch.setattr(reading, "MOST_PACKED", size)
    assert len(read_file(tmp_path / name).frame) in (3, 1000)
    monkeypatch.setattr(reading, "MOST_PACKED", size - 1)
    with pytest.raises(ValueError, match=f"would take {size:,} bytes when unpacked"):
        read_file(tmp_path / name)


ACCEPTED = {name for name, (_, sentence) in FILES.items() if not sentence}
ACCEPTED |= {"controls_in_names.csv", "right_to_left.csv"}


@pytest.mark.long
@pytest.mark.parametrize("name", ["价格", "\x1b[31my", "y" * 100_000, "$a", "🏠"])
def test_any_name_can_be_drawn(run, name):
    """A letter that the font lacks is drawn as a box, and a long name is cut."""
    Path("named.csv").write_text(numbered(f"a,{name}"), encoding="utf-8")
    code, out, err = run("--data named.csv --num_epochs 1")
    assert code == 0, err
    assert "output/result.png" in out
