"""What can be wrong with what is handed to a programme. Each sentence says what was kept and what to do."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class ProgrammeError(ValueError):
    """Something a programme does not take; nothing of it was stored."""

    def __init__(self, reason: str):
        super().__init__(f"{reason} {_('Nothing was stored.')}")


class ProgrammeExistsError(ProgrammeError):
    """A second programme under one code."""

    def __init__(self, code: str):
        super().__init__(_("There is already a programme %(code)s. Choose another code.") % {"code": code})


class TariffOverlapError(ProgrammeError):
    """A tariff that begins before the present one of its component began."""

    def __init__(self, component: str):
        super().__init__(
            _("The component %(component)s has a tariff that begins on or after that day.")
            % {"component": component}
        )


class CycleExistsError(ProgrammeError):
    """A second cycle of a programme under one name."""

    def __init__(self, name: str):
        super().__init__(_("There is already a cycle %(name)s. Choose another name.") % {"name": name})


class OwnProgrammeError(ProgrammeError):
    """A payer's list for a programme that the office pays itself."""

    def __init__(self, code: str):
        super().__init__(
            _("%(code)s is the office's own programme: record deliveries, not a payer's list.")
            % {"code": code}
        )


class ObservedProgrammeError(ProgrammeError):
    """A delivery of a programme that another body pays."""

    def __init__(self, code: str):
        super().__init__(
            _("%(code)s is paid by another body: load its list, the office delivers nothing.")
            % {"code": code}
        )


class ListRowError(ProgrammeError):
    """A row of a payer's list that cannot be taken."""

    def __init__(self, row: int, reason: str):
        self.row = row
        super().__init__(_("Row %(row)s:") % {"row": row} + f" {reason}")


class ListTwiceError(ProgrammeError):
    """A cycle whose list has been received already."""

    def __init__(self, name: str):
        super().__init__(_("The list of the cycle %(name)s was already received.") % {"name": name})


class UnknownFamiliesError(ProgrammeError):
    """Families that are not in the register."""

    def __init__(self, ids: Sequence[int]):
        self.ids = list(ids)
        super().__init__(
            _("%(count)s families are not in the register (%(shown)s).")
            % {"count": len(ids), "shown": ", ".join(str(id) for id in ids[:5])}
        )


class RecipientError(ProgrammeError):
    """A recipient of another kind than the programme is for, or one that is not recorded."""

    def __init__(self, kind: str, row: int = 1):
        self.row = row
        super().__init__(
            _("Row %(row)s: the recipient is not a recorded %(kind)s, whom the programme is for.")
            % {"kind": kind, "row": row}
        )


class NegativeAmountError(ProgrammeError):
    """Money or a quantity below zero."""

    def __init__(self):
        super().__init__(_("An amount cannot be below zero."))


class CorrectedMeanwhileError(ProgrammeError):
    """A correction of values that somebody else has corrected since they were read."""

    def __init__(self):
        super().__init__(
            _("Somebody corrected this delivery since you opened it. Nothing was changed; look at it again.")
        )


class NothingToCorrectError(ProgrammeError):
    """A correction that changes nothing, or has no reason."""

    def __init__(self):
        super().__init__(_("Give a new value and the reason of the correction."))
