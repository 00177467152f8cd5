"""A sentence that ends in a list: whole where there is room, on a narrow screen as much as fits."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate

_LINES = 2
"""Lines of the screen that one list may take."""
_LOST = 10
"""Letters that remain free where a line goes on with a whole word."""


class Listed(str):
    """The whole sentence, as in “Chưa nộp (3): A; B; C”, that knows its parts and so where it may be cut."""

    head: str
    what: str
    end: str
    _ends: array[int]
    """Where each name ends: thousands of them stand here once."""

    def __new__(cls, head: str, names: Sequence[str], what: str = "đơn vị", end: str = "") -> Listed:
        """``head``: all before the names; ``what``: what the names are of, where some are left out."""
        made = super().__new__(cls, f"{head} {'; '.join(names)}{end}")
        made.head, made.what, made.end = head, what, end
        ends = accumulate((len(name) + 2 for name in names), initial=len(head) - 1)
        made._ends = array("q", ends)[1:]
        return made

    @property
    def names(self) -> tuple[str, ...]:
        """What it lists."""
        starts = (len(self.head) + 1, *(end + 2 for end in self._ends))
        return tuple(self[start:end] for start, end in zip(starts, self._ends, strict=False))

    def indented(self, by: str) -> Listed:
        """The same, further to the right."""
        return Listed(by + self.head, self.names, self.what, self.end)

    def fitted(self, width: int) -> str:
        """As many names as go on two lines of the screen, and how many more there are; at least the first name."""
        room = _LINES * width - _LOST
        if len(self) <= room or len(self._ends) < 2:
            return str(self)
        found = self._first(1)
        for shown in range(2, len(self._ends)):
            more = self._first(shown)
            if len(more) > room:
                break
            found = more
        return found

    def _first(self, shown: int) -> str:
        """So many names, and how many more there are."""
        return f"{self[: self._ends[shown - 1]]} … và {len(self._ends) - shown} {self.what} khác{self.end}"


def cut(text: str, width: int) -> str:
    """A text of one line, cut at the right between two words."""
    if len(text) <= width:
        return text
    words = text[: width - 1].rpartition(" ")[0] or text[: width - 2]
    return f"{words.rstrip(' ,;:-')} …"
