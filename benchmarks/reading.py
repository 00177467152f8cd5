"""What reading costs: each form of a folder read once with everything the checks need, and by calamine alone.

    python -m benchmarks.reading WORKSPACE

It is a process of its own, as in a run, where no form is met twice: the first few are read before the clock starts, so
that what is loaded once counts for none. Prints how many were read, and CPU and clock seconds of both.
"""

from __future__ import annotations

import gc
import io
import sys
from collections.abc import Callable, Sequence

from python_calamine import CalamineWorkbook

from benchmarks import made, parts
from dvk_reports import open_workspace
from dvk_reports.intake.files.boxes import unpack
from dvk_reports.intake.reading import read_file

BEFORE = 6
"""As many as ``made`` has patterns."""


def plainly(contents: Sequence[bytes]) -> None:
    """Every cell of every sheet."""
    for content in contents:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def main() -> None:
    """The command."""
    space = open_workspace(sys.argv[1])
    received = [item.carried() for item in unpack(space.received(made.QUARTER.key))]  # as a process gets it
    contents = [item.data or b"" for item in received]

    def carefully(files: slice) -> Callable[[], None]:
        def read() -> None:
            for item in received[files]:
                read_file(space.plan, item)

        return read

    carefully(slice(BEFORE))()
    plainly(contents[:BEFORE])
    gc.freeze()  # as in the process that reads a file in a run
    steps = carefully(slice(BEFORE, None)), lambda: plainly(contents[BEFORE:])
    print(len(received) - BEFORE, *(second for step in steps for second in parts.seconds_of(step)))


if __name__ == "__main__":
    main()
