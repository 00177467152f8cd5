"""A sentence that ends in a list: whole where there is room, on a narrow screen as much as fits."""

from __future__ import annotations

from collections.abc import Sequence

_LINES = 2
"""Lines of the screen that one list may take."""
_LOST = 10
"""Letters that remain free where a line goes on with a whole word."""


class Listed(str):
    """The whole sentence, as in “Chưa nộp (3): A; B; C”, that knows its parts and so where it may be cut."""

    head: str
    names: tuple[str, ...]
    what: str
    end: str

    def __new__(cls, head: str, names: Sequence[str], what: str = "đơn vị", end: str = "") -> Listed:
        """``head``: all before the names; ``what``: what the names are of, where some are left out."""
        made = super().__new__(cls, f"{head} {'; '.join(names)}{end}")
        made.head, made.names, made.what, made.end = head, tuple(names), what, end
        return made

    def indented(self, by: str) -> Listed:
        """The same, further to the right."""
        return Listed(by + self.head, self.names, self.what, self.end)

    def fitted(self, width: int) -> str:
        """As many names as go on two lines of the screen, and how many more there are; at least the first name."""
        room = _LINES * width - _LOST
        if len(self) <= room:
            return str(self)
        for shown in range(len(self.names) - 1, 0, -1):
            rest = len(self.names) - shown
            text = f"{self.head} {'; '.join(self.names[:shown])} … và {rest} {self.what} khác{self.end}"
            if len(text) <= room or shown == 1:
                return text
        return str(self)


def cut(text: str, width: int) -> str:
    """A text of one line, cut at the right between two words."""
    if len(text) <= width:
        return text
    words = text[: width - 1].rpartition(" ")[0] or text[: width - 2]
    return f"{words.rstrip(' ,;:-')} …"
