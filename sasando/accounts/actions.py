"""Opening accounts and granting roles."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from sasando.accounts.errors import IncompatibleRoleError, UnknownRoleError, UsernameTakenError
from sasando.accounts.models import HoldingKind, RoleHolding, User
from sasando.accounts.roles import ROLES
from sasando.base.reader import Actor
from sasando.office.models import Unit
from sasando.places.models import Place
from sasando.trail.actions import recorded


def open_account(
    username: str, full_name: str, password: str | None, *, by: Actor, is_demo: bool = False
) -> User:
    """Create a log-in. Without a password nobody can log in until one is set. Raises UsernameTakenError."""
    with recorded("accounts.open_account", by=by) as note:
        if User.objects.filter(username__iexact=username).exists():
            raise UsernameTakenError(username)
        user = User.objects.create(
            username=username, full_name=full_name, password=make_password(password), is_demo=is_demo
        )
        note.about(user)
        note.says(username=username)
    return user


def grant_role(
    user: User,
    role: str,
    *,
    by: Actor,
    place: Place | None = None,
    unit: Unit | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    kind: str = HoldingKind.DEFINITIVE,
) -> RoleHolding:
    """Give a user a role at a place, in a unit, or everywhere. Raises UnknownRoleError, IncompatibleRoleError."""
    if role not in ROLES:
        raise UnknownRoleError(role, list(ROLES))
    with recorded("accounts.grant_role", by=by, subject=user, role=role) as note:
        for holding in user.holdings.all():
            overlap = _overlap(holding, valid_from, valid_to)
            if overlap and (
                holding.role in ROLES[role].incompatible or role in ROLES[holding.role].incompatible
            ):
                raise IncompatibleRoleError(str(user), role, holding.role)
        holding = RoleHolding.objects.create(
            user=user,
            role=role,
            place=place,
            unit=unit,
            valid_from=valid_from,
            valid_to=valid_to,
            kind=kind,
            granted_at=timezone.now(),
            granted_by_id=by.actor_id,
            granted_by_name=by.actor_name,
        )
        note.says(
            place=place and place.code, unit=unit and unit.code, valid_from=valid_from, valid_to=valid_to
        )
    return holding


def _overlap(holding: RoleHolding, valid_from: date | None, valid_to: date | None) -> bool:
    begins_late = holding.valid_from and valid_to and holding.valid_from >= valid_to
    ended_before = holding.valid_to and valid_from and holding.valid_to <= valid_from
    return not (begins_late or ended_before)


def note_log_in(user: User) -> None:
    """Leave a log-in in the trail."""
    with recorded("accounts.log_in", by=user, subject=user):
        pass
