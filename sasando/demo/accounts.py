"""Step: the demo's log-ins, one for each kind of work. Names are invented; passwords are printed at the start."""

from dataclasses import dataclass

from sasando.accounts.actions import grant_role, open_account
from sasando.demo.context import Demo
from sasando.office.models import Unit
from sasando.places.models import Place

PASSWORD = "sasando-contoh-2020"
"""Every demo account has this password; the banner says that the office is invented."""


@dataclass(frozen=True)
class Login:
    """A demo account: who it is and what it holds where."""

    username: str
    full_name: str
    role: str
    unit: str = ""
    place: str = ""


LOGINS = (
    Login("kepala", "Yohana Ledoh", "office_head"),
    Login("sekretaris", "Bernadus Nalle", "secretary"),
    Login("kabid.jamsos", "Maria Henuk", "division_head", unit="JAM"),
    Login("kasie.miskin", "Melkianus Adu", "section_head", unit="FM-DK"),
    Login("kasie.anak", "Ruth Foeh", "section_head", unit="REH-AL"),
    Login("perencana", "Oktaviana Bessie", "planner", unit="SEK-PEP"),
    Login("bendahara", "Dina Manafe", "treasurer", unit="SEK-KA"),
    Login("sari.peksos", "Sari Toulasik", "social_worker", unit="REH-AL"),
    Login("tksk.lobalain", "Fernando Pah", "district_officer", place="53.14.03"),
    Login("operator.oelunggu", "Yuliana Mooy", "village_operator", place="53.14.03.2010"),
    Login("admin", "Administrator Contoh", "administrator"),
)


def build(demo: Demo) -> None:
    """Open the accounts and grant their roles."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    places = {place.code: place for place in Place.objects.filter(valid_to__isnull=True)}
    for login in LOGINS:
        user = open_account(login.username, login.full_name, PASSWORD, by=demo.by, is_demo=True)
        unit, place = units.get(login.unit), places.get(login.place)
        grant_role(user, login.role, by=demo.by, unit=unit, place=place)
