"""The command ``dvk``: takes the words of a command line, gives lines on the screen and an exit code.

0: clean; 1: done, and something needs the clerk; 2: it could not run, and nothing was written.
"""

from dvk_reports.cli.main import dvk, main

__all__ = ["dvk", "main"]
