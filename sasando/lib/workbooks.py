"""Reads a workbook in a process of its own, with little memory and time.

A file of one kilobyte can name a cell in the farthest corner, repeat a long text a million times or unpack to
gigabytes, and the reader then ends the process it runs in. Here that is a small one that nobody waits in: bytes in at
its standard input, the sheets' cells out at its standard output, or an exit code.
"""

import io
import marshal
import os
import subprocess
import sys

import python_calamine as calamine

try:
    import resource
except ImportError:  # Windows, where asking for too much memory fails without a limit, too
    resource = None

MOST_CELLS = 5_000_000
"""Cells between A1 and the last filled cell of all sheets."""
MOST_MEMORY, MOST_ANSWER = 1 << 30, 200_000_000
"""Bytes the process may use, and bytes of all cells it may give back."""
MOST_SECONDS = 60

Sheets = list[tuple[str, list[list[object]]]]
"""Name and cells of each sheet, visible ones first. Cells are text, numbers and truth; dates are ISO text."""


class WorkbookError(ValueError):
    """A workbook that cannot be read."""


class DamagedError(WorkbookError):
    """No workbook, or a broken one."""


class ProtectedError(WorkbookError):
    """Closed by a password."""


class TooLargeError(WorkbookError):
    """More cells than an office has, or a file made to exhaust the machine."""


REFUSALS: tuple[type[WorkbookError], ...] = (DamagedError, ProtectedError, TooLargeError)


def read_sheets(data: bytes) -> Sheets:
    """The sheets of an XLSX, XLS or ODS file. Raises a WorkbookError, and nothing else."""
    path = os.pathsep.join(filter(None, sys.path))
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MOST_SECONDS,
            env=os.environ | {"PYTHONPATH": path},
        )
    except subprocess.TimeoutExpired as error:
        raise TooLargeError from error
    if done.returncode:
        raise TooLargeError
    answer = marshal.loads(done.stdout)
    if isinstance(answer, int):
        raise REFUSALS[answer]
    return answer


def _sheets(data: bytes) -> Sheets:
    book = calamine.load_workbook(io.BytesIO(data))
    sheets, cells = [], 0
    worksheets = [
        (about.visible != calamine.SheetVisibleEnum.Visible, position)
        for position, about in enumerate(book.sheets_metadata)
        if about.typ == calamine.SheetTypeEnum.WorkSheet
    ]
    for _is_hidden, position in sorted(worksheets):
        sheet = book.get_sheet_by_index(position)
        cells += (sheet.total_height + 1) * (sheet.total_width + 1)  # the last position, from 0
        if cells > MOST_CELLS:
            raise TooLargeError
        rows = sheet.to_python(skip_empty_area=False)
        sheets.append((sheet.name, [[_plain(value) for value in row] for row in rows]))
    return sheets


def _plain(value: object) -> object:
    """A value as text, number or truth: dates without a time of day lose it."""
    if isinstance(value, str | bool | int | float):
        return value
    text = str(value)
    return text.removesuffix(" 00:00:00")


def main() -> None:
    """Read standard input, answer on standard output."""
    if resource:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    answer: Sheets | int
    try:
        answer = _sheets(sys.stdin.buffer.read())
    except (MemoryError, TooLargeError):
        answer = REFUSALS.index(TooLargeError)
    except calamine.PasswordError:
        answer = REFUSALS.index(ProtectedError)
    except BaseException:  # a panic of calamine's Rust code is no Exception
        answer = REFUSALS.index(DamagedError)
    told = marshal.dumps(answer)
    sys.stdout.buffer.write(
        told if len(told) <= MOST_ANSWER else marshal.dumps(REFUSALS.index(TooLargeError))
    )


if __name__ == "__main__":
    main()
