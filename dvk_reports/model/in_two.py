"""Which of very many keys come from two sources: what two may have in common is kept, never what one has."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

_OF_A_KEY, _PLACES = 64, 1 << 24
"""Places for a key; and for those of all."""


class InTwo:
    """Which keys stand in the returns of two units, or in two lists of any kind: of very many in little room.

    A key of one alone may rarely be held for one of two, never the other way round.
    """

    def __init__(self, many: int, of_each: Iterable[Iterable[Hashable]]) -> None:
        """``of_each``: the keys of each list; about so ``many`` in all."""
        self._places = places = min(8 << (_OF_A_KEY // 8 * many).bit_length(), _PLACES)
        once, self._twice = bytearray(places // 8), bytearray(places // 8)
        self.empty = True
        """Whether no key at all does."""
        for keys in of_each:
            for place in {hash(key) % places for key in keys}:
                byte, bit = place >> 3, 1 << (place & 7)
                if once[byte] & bit:
                    self._twice[byte] |= bit
                    self.empty = False
                once[byte] |= bit

    def __contains__(self, key: object) -> bool:
        place = hash(key) % self._places
        return bool(self._twice[place >> 3] & 1 << (place & 7))
