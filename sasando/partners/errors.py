from collections.abc import Sequence

from django.utils.translation import gettext as _


class PartnerError(ValueError):
    """An organisation or group that cannot be recorded as given. Its sentence says why, and that nothing was kept."""


class UnknownOrganisationKindError(PartnerError):
    """A kind of organisation that does not exist."""

    def __init__(self, kind: str, known: Sequence[str]):
        super().__init__(
            _("There is no kind of organisation %(kind)s. The kinds are: %(known)s. Nothing was recorded.")
            % {"kind": kind, "known": ", ".join(known)}
        )


class NotAVillageError(PartnerError):
    """A place that is not a village on the day, where a village is needed."""

    def __init__(self, name: str):
        super().__init__(
            _(
                "%(name)s needs a desa or kelurahan that existed on the day it began. Choose one from the list of "
                "places. Nothing was recorded."
            )
            % {"name": name}
        )


class OrganisationExistsError(PartnerError):
    """A second organisation where there may be one: the same name, or a second Karang Taruna in a village."""

    def __init__(self, name: str, existing: str):
        super().__init__(
            _(
                "%(name)s was not recorded: %(existing)s already stands in that village. Correct the existing one, or "
                "end it first."
            )
            % {"name": name, "existing": existing}
        )


class GroupError(PartnerError):
    """A KUBE that breaks a rule of Permensos 2/2019."""


class GroupSizeError(GroupError):
    """Too few or too many families."""

    def __init__(self, name: str, families: int, smallest: int, largest: int):
        super().__init__(
            _(
                "The group %(name)s has %(families)s families; a KUBE has %(smallest)s to %(largest)s heads of family "
                "(Permensos 2/2019). Nothing was recorded."
            )
            % {"name": name, "families": families, "smallest": smallest, "largest": largest}
        )


class FamilyGivenTwiceError(GroupError):
    """One family stands twice among the members."""

    def __init__(self, name: str, families: Sequence[int]):
        super().__init__(
            _("In the group %(name)s these families stand twice: %(families)s. Nothing was recorded.")
            % {"name": name, "families": _list(families)}
        )


class FamilyOfOtherVillageError(GroupError):
    """A member family does not live in the group's village."""

    def __init__(self, name: str, families: Sequence[int]):
        super().__init__(
            _(
                "The group %(name)s may have families of its own village only; these live elsewhere or have no "
                "address: %(families)s. Nothing was recorded."
            )
            % {"name": name, "families": _list(families)}
        )


class FamilyWithoutHeadError(GroupError):
    """A member family has no head, who is the one to join."""

    def __init__(self, name: str, families: Sequence[int]):
        super().__init__(
            _(
                "The members of the group %(name)s are heads of family; these families have none: %(families)s. "
                "Complete the family first. Nothing was recorded."
            )
            % {"name": name, "families": _list(families)}
        )


class FamilyNotListedError(GroupError):
    """A member family does not stand in the list of poor families."""

    def __init__(self, name: str, families: Sequence[int]):
        super().__init__(
            _(
                "The group %(name)s may have families of the list of poor families (DTKS) only; these do not stand in "
                "it: %(families)s. Nothing was recorded."
            )
            % {"name": name, "families": _list(families)}
        )


class FamilyInOtherGroupError(GroupError):
    """A member family already belongs to a KUBE."""

    def __init__(self, name: str, families: Sequence[int]):
        super().__init__(
            _(
                "These families already belong to a KUBE and cannot join %(name)s: %(families)s. End the other "
                "membership first. Nothing was recorded."
            )
            % {"name": name, "families": _list(families)}
        )


class GroupEndError(GroupError):
    """A group that would end before it was formed."""

    def __init__(self, name: str):
        super().__init__(
            _("The group %(name)s cannot end before the day it was formed. Nothing was changed.")
            % {"name": name}
        )


def _list(families: Sequence[int], shown: int = 10) -> str:
    numbers = ", ".join(map(str, families[:shown]))
    return numbers if len(families) <= shown else f"{numbers} (+{len(families) - shown})"
