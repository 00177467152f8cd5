"""One candidate before the gates, and what a gate answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dvk_reports.awards.candidates import Entrant, Identities
from dvk_reports.awards.records import Records
from dvk_reports.awards.years import Continuity
from dvk_reports.model.proposals import Award, GateState, Proof

PASSED: Final = GateState.PASSED
FAILED: Final = GateState.FAILED
LACKING: Final = GateState.LACKING


@dataclass(frozen=True)
class Case:
    """One candidate before the gates."""

    records: Records
    people: Identities
    entrant: Entrant
    continuity: Continuity
    earlier: Sequence[Award] = ()
    """Who was granted or chosen in earlier rounds."""

    @property
    def unit(self) -> str:
        return self.entrant.line.unit


@dataclass(frozen=True)
class Answer:
    """What one condition finds: its state, why, and the cells it rests on."""

    state: GateState
    reason: str
    proofs: tuple[Proof, ...] = ()
    told: str = ""
    """The reason as it is told to the unit, where that is in other words: no code, no affair of discipline."""
