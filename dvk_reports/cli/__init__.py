"""The command ``dvk``: takes the words of a command line, gives lines on the screen and an exit code.

0: clean; 1: done, and something needs the clerk; 2: it could not run, and nothing was written.
"""

import sys

from dvk_reports.cli.words import speak_vietnamese

speak_vietnamese()

try:
    from dvk_reports.cli.main import dvk, main
except KeyboardInterrupt:  # Ctrl-C before the program is there to hear it
    sys.stderr.write("Đã dừng.\n")
    sys.exit(2)

__all__ = ["dvk", "main"]
