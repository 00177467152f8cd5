"""Where a formula means one thing in LibreOffice and another in Excel, which takes TRUE and FALSE for no numbers.

Excel puts every logical value above every number, so ``(A1="Có")>0`` always holds there, and SUMPRODUCT counts none of
them. Both must be added or multiplied first.
"""

from __future__ import annotations

from collections.abc import Iterator

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))
_LOGICAL = {"AND(", "OR(", "NOT(", "ISNUMBER(", "ISBLANK(", "ISTEXT(", "ISERROR(", "EXACT("}


def misread(formula: str) -> list[str]:
    """What is wrong in a formula, each as a phrase."""
    reader = _Reader(
        [token for token in Tokenizer(f"={formula.removeprefix('=')}").items if token.type != Token.WSPACE]
    )
    reader.expression(0)
    assert reader.place == len(reader.tokens), formula
    return reader.wrong


class _Reader:
    """Reads a formula from left to right; each method tells whether its part gives TRUE or FALSE."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.wrong: list[str] = []

    def expression(self, level: int) -> bool:
        if level == len(_LEVELS):
            return self.single()
        logical, first = self.expression(level + 1), self.place
        while self.here(Token.OP_IN) and self.tokens[self.place].value in _LEVELS[level]:
            sign = self.tokens[self.place].value
            self.place += 1
            other = self.expression(level + 1)
            if level == 0 and logical != other:
                self.wrong.append(f"{sign} at {first}: a logical value against another")
            logical = level == 0
        return logical

    def single(self) -> bool:
        token = self.tokens[self.place]
        self.place += 1
        if token.type == Token.OP_PRE:
            self.single()
            return False
        if token.type == Token.OPERAND:
            return token.subtype == Token.LOGICAL
        inside = list(self.arguments())
        if token.value == "SUMPRODUCT(" and inside == [True]:
            self.wrong.append("SUMPRODUCT of logical values")
        if token.value == "IF(":
            return any(inside[1:])
        return inside[0] if token.type == Token.PAREN else token.value in _LOGICAL

    def arguments(self) -> Iterator[bool]:
        while self.tokens[self.place].subtype != Token.CLOSE:
            if self.tokens[self.place].type == Token.SEP:
                self.place += 1
            yield self.expression(0)
        self.place += 1

    def here(self, kind: str) -> bool:
        return self.place < len(self.tokens) and self.tokens[self.place].type == kind
