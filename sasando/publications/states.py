"""Where an edition stands, and the one table of what may follow.

The initials follow the order of the paper in the office (paraf hierarki): the head of a division, then the secretary,
then the head of office signs.
"""

from sasando.publications.models import EditionState

TRANSITIONS: dict[EditionState, tuple[EditionState, ...]] = {
    EditionState.DRAFT: (EditionState.CHECKED, EditionState.WITHDRAWN),
    EditionState.CHECKED: (EditionState.INITIALLED, EditionState.WITHDRAWN),
    EditionState.INITIALLED: (EditionState.PUBLISHED, EditionState.WITHDRAWN),
    EditionState.PUBLISHED: (EditionState.WITHDRAWN,),
    EditionState.WITHDRAWN: (),
}

INITIALS = {EditionState.DRAFT: "division_head", EditionState.CHECKED: "secretary"}
"""Whose initial an edition in this state waits for (a role of `accounts.roles`)."""


def may_follow(state: EditionState, step: EditionState) -> bool:
    """Whether the step is open from this state."""
    return step in TRANSITIONS[state]
