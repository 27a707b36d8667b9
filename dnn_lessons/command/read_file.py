"""A file as a table of pandas: text of any layout, or what pandas reads by its ending."""

import bz2
import gzip
import io
import lzma
import re
import warnings
import zipfile
from collections import deque
from contextlib import suppress
from functools import partial
from itertools import compress
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from dnn_lessons.command.cells import tidy
from dnn_lessons.command.layout import find_layout, records, starts_with_numbers
from dnn_lessons.command.text import counted


def read_parquet(stream):
    """Return the frame of a Parquet file; text that repeats itself stays where it is once.

    Parameters
    ----------
    stream : file object
        The bytes.

    Returns
    -------
    pandas.DataFrame
        A column for each of the file's.
    """
    from pyarrow import parquet  # noqa: PLC0415 - of those alone who have such files

    return pd.read_parquet(stream, read_dictionary=parquet.read_schema(stream).names)


def only_member(stream):
    """Return the one file of a zip archive.

    Parameters
    ----------
    stream : file object
        The bytes.

    Returns
    -------
    file object
        What the archive holds.
    """
    archive = zipfile.ZipFile(stream)
    [name] = archive.namelist()
    return archive.open(name)


# All sheets, cells as they are.
read_excel = partial(pd.read_excel, sheet_name=None, header=None, dtype=object)
# {ending: the function of pandas that reads it, and the package that this needs}
PACKED = dict.fromkeys((".xlsx", ".xlsm"), (read_excel, "openpyxl"))
PACKED |= {".xls": (read_excel, "xlrd"), ".ods": (read_excel, "odfpy")}
PACKED[".parquet"] = (read_parquet, "pyarrow")
PACKED[".feather"] = (pd.read_feather, "pyarrow")
MOST_COLUMNS = 20_000
# How large a file or its content may be; and a content of many times the size of its file.
MOST_BYTES, MOST_PACKED, MOST_GROWTH = 2**31, 2**27, 200
BOMB = "{} would take {} bytes when unpacked"
MOST_MEMORY = 2**40  # bytes; what looks like a larger size is none
DECIMALS = r"\.(?:\d{0,2}|\d{4,})\s*$"  # no mark between thousands
# A mark that may be one, a zero that makes a code, or the word TRUE.
MISLEADING = r"\.|^\s*(?:0\d|[TtFf])"
GUESSED = "read as Windows-1252, for want of UTF-8"
ENCODINGS = {"utf-8-sig": [], "utf-16": [], "cp1252": [GUESSED]}  # {encoding: notes}
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")  # what such a file starts with
NO_HEADER = (
    "{}: columns found: {}{}; expected a feature and a target at least, separated by "
    "comma, semicolon or tab, and 20,000 at most"
)
NO_NAME = "{} starts with numbers; expected a header line that names the columns: x1,x2,y"
ONE_SHEET = "read {!r}, one of {} sheets"
TOTALS = {*"total totals sum summe gesamt".split(), "grand total"}
TOTAL = "left out the last row, for it holds the totals of the others"
TWO_NAMES = "{}: column {} has the name {!r} of another; expected different names"
REMARKS = "left out {} before the header"
# {what a file starts with: what it is}
KINDS = {
    b"PK\3\4": "is a zip archive of several files, or Excel's without the ending .xlsx",
    b"\xd0\xcf\x11\xe0": "is an Excel file without the ending .xls",
    b"PAR1": "is a Parquet file without the ending .parquet",
    b"%PDF": "is a PDF document",
}
# {what a packed file starts with: what opens it}
OPENERS = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ": lzma.open}
OPENERS[b"PK\3\4"] = only_member
KINDS = dict.fromkeys(OPENERS, "is packed, and no whole file") | KINDS
# What each packed part of a Feather file starts with, after its size in eight bytes.
PACKED_PARTS = re.compile(rb'\x04"M\x18|\x28\xb5\x2f\xfd')
OPEN_QUOTE = ", where a quote is opened, and not closed up to line {}"
NEW_LINE = "\n"
LISTED = 10  # faults of a file
READ = {"header": None, "index_col": False, "skipinitialspace": True}
READ |= {"keep_default_na": False, "na_values": [""]}
if tuple(map(int, pd.__version__.split(".")[:2])) < (3, 1):  # later ones keep every digit
    READ["float_precision"] = "round_trip"


class FaultsError(ValueError):
    """Hold all that is wrong with a file; its text lists the first faults and their number.

    Parameters
    ----------
    path : str
        The file.
    faults : list of str
        What is wrong, each with its place.
    """

    def __init__(self, path, faults):
        more = [f"and {len(faults) - LISTED:,} more"] if len(faults) > LISTED else []
        lines = [f"{path} has {len(faults):,} faults:", *faults[:LISTED], *more]
        super().__init__(f"{path}, {faults[0]}" if not faults[1:] else "\n  ".join(lines))


class Sheet(NamedTuple):
    """Hold what a file holds.

    Parameters
    ----------
    path : str
        The file.
    frame : pandas.DataFrame
        A column for each name; cells are numbers or text, and NaN where empty.
    notes : list of str
        What was left out or assumed.
    separator : str
        What stands between two cells; empty where the file is not a text.
    data : bytes
        What stands in the file, in UTF-8.
    start, line : int
        The number of bytes, and of lines, up to the end of the header.
    """

    path: str
    frame: pd.DataFrame
    notes: list
    separator: str = ""
    data: bytes = b""
    start: int = 0
    line: int = 1

    def line_numbers(self):
        """Return the number in the file of the last line of each example.

        Returns
        -------
        sequence of int
            In the order of the rows as they were read.
        """
        if not self.separator:
            return range(2, len(self.frame) + 2)
        return [self.line + record.line for record in self.records()]

    def records(self):
        """Yield the examples as they stand in the file.

        Yields
        ------
        Record
            Its line counts from the header.

        Raises
        ------
        ValueError
            Where a cell is too long.
        """
        try:
            yield from records(self.data[self.start :].decode(), self.separator)
        except ValueError as error:
            raise ValueError(f"{self.path}, below the header, {error}") from None


def read_file(path, as_text=False):
    """Return the Sheet of a file.

    Parameters
    ----------
    path : str or pathlib.Path
        A text with separators, or an Excel, Parquet or Feather file.
    as_text : bool
        Whether the cells of a text with separators stay as they are written.

    Returns
    -------
    Sheet
        Its columns, each with a name of its own, and its rows that are not empty.

    Raises
    ------
    OSError
        Where the file cannot be read.
    ValueError
        Where it is no such table, naming the lines at fault.
    """
    path = Path(path)
    data = _bytes(path)
    is_packed = path.suffix.casefold() in PACKED
    sheet = _read_packed(path, data) if is_packed else _read_text(path, data, as_text)
    if sheet.frame.empty:
        raise ValueError(f"{path} has a header line and no examples below it")
    if as_text:
        return sheet
    check_different(sheet, sheet.frame)
    return _without_totals(sheet)


def _bytes(path):
    """Return the bytes of a file; raise ValueError for a device, a pipe or too large a file."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise ValueError(f"{path} is a device or a pipe; expected a file")
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path} has more than {MOST_BYTES:,} bytes; take a part of it")
    return path.read_bytes()


def _read_packed(path, data):
    """Return the Sheet of an Excel, Parquet or Feather file."""
    _check_packed(path, data)
    frame, notes = _unpack(path, data, *PACKED[path.suffix.casefold()])
    names = [*map(str, frame.columns)]
    frame = frame.set_axis(range(len(names)), axis=1)
    return Sheet(str(path), _with_names(path, frame, names), notes)


def _check_packed(path, data):
    """Raise ValueError where a file is text, or its content takes far more memory than itself."""
    if not data.startswith((*KINDS,)) and b"\0" not in data:
        raise ValueError(f"{path} is no whole {path.suffix} file, but text: name it .csv")
    for size in _sizes_when_read(data):
        if size > _size_limit(data):
            raise ValueError(BOMB.format(path, f"{size:,}"))


def _first_table(sheets):
    """Return the first frame that holds a table, its first row as its names, and a note."""
    tables = {name: _without_title(frame) for name, frame in sheets.items()}
    name = max(tables, key=lambda name: min(tables[name].shape) > 1)
    note = ONE_SHEET.format(name, len(sheets))
    return _with_header(tables[name]), [note] * (len(sheets) > 1)


def _with_header(frame):
    """Return a frame whose first row has become its names."""
    names = frame[:1].fillna("").astype(str).to_numpy().ravel()
    return frame[1:].infer_objects().set_axis(names, axis=1)


def _without_title(frame):
    """Return a frame without empty rows, and without rows of one cell before the others."""
    frame = frame.dropna(how="all")
    is_full = (frame.notna().sum(axis=1) > 1).cummax()
    return frame[is_full] if is_full.any() else frame


def _unpack(path, data, reader, package):
    """Return the frame that a reader makes of the bytes of a file, and what was left out."""
    try:
        return _table(reader(io.BytesIO(data)))
    except ImportError:
        advice = f"needs a package: pip install {package}; or save the table as CSV"
        raise ValueError(f"{path} {advice}") from None
    except Exception as error:
        fault = f"is no whole {path.suffix} file: {_message(error)}"
        raise ValueError(f"{path} {fault}") from None


def _table(content):
    """Return the frame of what pandas read, its index as a column, and what was left out."""
    if isinstance(content, dict):
        return _first_table(content)
    has_numbers = isinstance(content.index, pd.RangeIndex)
    return content if has_numbers else content.reset_index(), []


def _message(error):
    """Return the message of an error in one line."""
    return " ".join(str(error).split())


def _size_limit(data):
    """Return how many bytes a packed file may take when it is unpacked."""
    return min(MOST_BYTES, max(MOST_PACKED, MOST_GROWTH * len(data)))


def _unpacked(path, data):
    """Return the bytes of a text, unpacked where it is packed alone and whole."""
    content, most = data, _size_limit(data)
    with suppress(Exception):  # `_in_utf_8` refuses what is no text
        [opened] = (OPENERS[start] for start in OPENERS if data.startswith(start))
        content = opened(io.BytesIO(data)).read(most + 1)
    if content is not data and len(content) > most:
        raise ValueError(BOMB.format(path, f"more than {most:,}"))
    return content


def _sizes_when_read(data):
    """Yield how many bytes a file holds by its own account; of an archive, then of its sheets."""
    with suppress(Exception):  # of a broken file, `_unpack` shows the error of pandas
        if data.startswith(b"PAR1"):
            yield _size_of_parquet(io.BytesIO(data))
        if data.startswith(b"ARROW1"):
            yield _size_of_feather(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield sum(member.file_size for member in archive.infolist())
        yield _size_of_sheets(io.BytesIO(data))  # opened where the archive is no bomb


def _size_of_sheets(stream):
    """Return the bytes of the cells of an Excel file."""
    from openpyxl import load_workbook  # noqa: PLC0415 - of those alone who have such files

    sheets = load_workbook(stream, read_only=True).worksheets
    return sum(8 * (sheet.max_row or 0) * (sheet.max_column or 0) for sheet in sheets)


def _size_of_parquet(stream):
    """Return the bytes of the columns of a Parquet file, which may store equal numbers once."""
    from pyarrow import parquet  # noqa: PLC0415 - of those alone who have such files

    file = parquet.read_metadata(stream)
    groups = (file.row_group(k).total_byte_size for k in range(file.num_row_groups))
    return max(sum(groups), 8 * file.num_rows * file.num_columns)


def _size_of_feather(data):
    """Return the bytes of the columns of a Feather file: of packed parts, or of empty cells."""
    from pyarrow import dataset  # noqa: PLC0415 - of those alone who have such files

    starts = [part.start() for part in PACKED_PARTS.finditer(data)]
    sizes = [int.from_bytes(data[k - 8 : k], "little") for k in starts]
    file = dataset.IpcFileFormat().make_fragment(io.BytesIO(data))
    cells = file.count_rows() * len(file.physical_schema)
    return max(sum(size for size in sizes if size < MOST_MEMORY), 8 * cells)


def _read_text(path, data, as_text):
    """Return the Sheet of a text file."""
    data, notes = _in_utf_8(path, _unpacked(path, data))
    separator, names, start, line, remarks = find_layout(data)
    _check_header(path, names)
    notes = notes + _note_on(remarks)
    sheet = Sheet(str(path), None, notes, separator, data, start, line)
    frame = _parse(sheet, len(names), as_text)
    return sheet._replace(frame=_with_names(path, frame, names))


def _note_on(remarks):
    """Return in words how many remarks there were; nothing for none."""
    return [REMARKS.format(counted(remarks, "remark"))] if remarks else []


def _without_totals(sheet):
    """Return a Sheet without a last row that is called a total, or holds sums; note its loss."""
    frame = sheet.frame
    is_called = str(frame.iloc[-1, 0]).strip(" :").casefold() in TOTALS
    numbers = frame.select_dtypes("number", "timedelta")
    if len(frame) > 3 and (is_called or _ends_with_sums(numbers)):
        return sheet._replace(frame=frame[:-1], notes=[*sheet.notes, TOTAL])
    return sheet


def _in_utf_8(path, data):
    """Return the bytes of a text in UTF-8, and a note where the encoding was guessed."""
    likely = "utf-16" if data.startswith(UTF_16_MARKS) else "utf-8-sig"
    for encoding in (likely, "cp1252"):
        with suppress(UnicodeDecodeError):
            text = data if data.isascii() else data.decode(encoding).encode()
            if b"\0" not in text:
                return text, ENCODINGS[encoding]
    raise ValueError(f"{path} {_kind(data)}")


def _kind(data):
    """Return in words what the bytes of a file are that are no text."""
    kinds = (kind for start, kind in KINDS.items() if data.startswith(start))
    place = data.find(b"\0")
    nul = f"is not text: its byte {place + 1:,} is zero"
    kind = next(kinds, nul if place >= 0 else "is not text in UTF-8")
    return f"{kind}; unpack it, or save the table as 'CSV UTF-8'"


def _check_header(path, names):
    """Raise ValueError unless a header names a feature and a target at least."""
    many = len(names) > MOST_COLUMNS
    if many or len(names) < 2:
        raise ValueError(NO_HEADER.format(path, len(names), " or more" * many))


def _parse(sheet, n, as_text):
    """Return the rows of a text as a frame with n numbered columns."""
    separator = r"\s+" if sheet.separator == " " else sheet.separator
    options = {"sep": separator, "names": range(n), **READ}
    frame = _read(sheet, options | {"dtype": str} if as_text else options)
    if frame[n - 1].isna().any():
        _check_lengths(sheet, n)
    if not as_text:
        _keep_texts(sheet, options, frame)
    return frame


def _keep_texts(sheet, options, frame):
    """Put text into those columns of a frame whose numbers may not be what is written."""
    first = _read(sheet, options | {"dtype": str, "nrows": 1000})
    columns = [c for c in frame if _may_mislead(frame[c], first[c])]
    if columns:
        texts = _read(sheet, options | {"usecols": columns, "dtype": str})
        for column in texts:
            if texts[column].str.contains(MISLEADING).any():
                frame[column] = texts[column]


def _may_mislead(numbers, texts):
    """Return whether numbers may have been thousands, codes or TRUE, by the first texts too.

    Thousands are such as 1.020 for 1020, where no text proves that the point is a decimal mark.
    """
    if numbers.dtype.kind == "f":
        is_open = not texts.str.contains(DECIMALS).any()
        return is_open and _are_thousands(numbers.to_numpy())
    are_logical = numbers.dtype in (bool, object)  # of pandas: object where some are gaps
    is_whole = numbers.dtype.kind in "iu" or are_logical
    return is_whole and texts.str.contains(MISLEADING).any()


def _read(sheet, options):
    """Return what pandas reads; raise ValueError, with the lines at fault, if it cannot."""
    try:
        return _read_strictly(sheet, options)
    except OverflowError:  # pandas 3.0, of a whole number beyond all floats
        return _read(sheet, options | {"dtype": str})
    except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
        _check_lengths(sheet, len(options["names"]))
        raise ValueError(_fault_of_end(sheet, error)) from None


def _fault_of_end(sheet, error):
    """Return an error with the place of the last record, in which a quote was left open."""
    [last] = deque(sheet.records(), maxlen=1)
    return f"{sheet.path}, {_place(sheet, last)}: {_message(error)}"


def _read_strictly(sheet, options):
    """Return what pandas reads; a warning about the lines is an error."""
    stream = io.BytesIO(sheet.data)
    stream.seek(sheet.start)
    with warnings.catch_warnings(action="ignore", category=pd.errors.DtypeWarning):
        warnings.simplefilter("error", pd.errors.ParserWarning)
        return pd.read_csv(stream, **options)


def _check_lengths(sheet, n):
    """Raise FaultsError if a line has more or fewer than n cells."""
    records = (record for record in sheet.records() if len(record.cells) != n)
    faults = [
        f"{_place(sheet, record)}: {counted(len(record.cells), 'value')}, "
        f"but the header names {n} columns"
        for record in records
    ]
    if faults:
        raise FaultsError(sheet.path, faults)


def _place(sheet, record):
    """Return in words where a record stands."""
    return place(sheet.line + record.line, "".join(record.cells))


def place(last, text):
    """Return in words where a text stands, and whether a quote goes beyond its line.

    Parameters
    ----------
    last : int
        The number of its last line.
    text : str
        The text, with its line breaks.

    Returns
    -------
    str
        The number of its first line, and what may be wrong with it.
    """
    opened = OPEN_QUOTE.format(last) if NEW_LINE in text else ""
    return f"line {last - text.rstrip().count(NEW_LINE)}{opened}"


def _are_thousands(values):
    """Return whether all fractions may be thousands."""
    sizes = np.abs(values[np.isfinite(values) & (values != np.round(values))])
    whole = np.abs(sizes * 1000 - np.round(sizes * 1000)) < 1e-9
    return bool(np.all(whole & (sizes >= 1) & (sizes < 1000)))


def _with_names(path, frame, names):
    """Return a frame with names, without empty rows and without nameless empty columns."""
    nameless = [k for k, name in enumerate(names) if not name and frame[k].isna().all()]
    frame = frame.drop(columns=nameless).dropna(how="all")
    names = [tidy(names[k]) or f"column {k + 1}" for k in frame]
    _check_names(path, frame, names)
    return frame.set_axis(names, axis=1)


@np.errstate(over="ignore", invalid="ignore")
def _ends_with_sums(numbers):
    """Return whether the last row of numbers holds the sums of the others, or gaps."""
    sums, last = numbers[:-1].sum(), numbers.iloc[-1]
    are_sums = np.isclose(sums, last, rtol=1e-9) & (sums != 0) | last.isna()
    return len(sums) > 1 and are_sums.all() and last.notna().any()


def _check_names(path, frame, names):
    """Raise ValueError where the names are numbers, so that the file lacks a header."""
    kinds = [dtype.kind in "iuf" for dtype in frame.dtypes]
    if starts_with_numbers([*compress(names, kinds)] or names):
        raise ValueError(NO_NAME.format(path))


def check_different(sheet, names):
    """Raise ValueError where two columns of a Sheet have one of some names.

    Parameters
    ----------
    sheet : Sheet
        The table.
    names : iterable of str
        The names that matter.

    Raises
    ------
    ValueError
        Naming the second of two such columns.
    """
    columns = sheet.frame.columns
    is_second = columns.duplicated() & columns.isin([*names])
    if is_second.any():
        place = is_second.argmax()
        raise ValueError(TWO_NAMES.format(sheet.path, place + 1, columns[place]))
