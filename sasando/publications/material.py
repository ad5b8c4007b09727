"""What a book tells beside its figures: the office, its units and holders, its plan, its programmes, its settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from django.conf import settings

from sasando.publications.charts import Box
from sasando.publications.errors import BookSettingsError
from sasando.publications.writers import PAPERS, WriterError, image_kind

PACKAGE_BOOK = Path(__file__).parent / "book"
KINDS = ("profile",)


@dataclass(frozen=True)
class FunctionText:
    """A function of a unit, with its article where the regulation's wording is loaded."""

    text: str
    article: str = ""


@dataclass(frozen=True)
class UnitText:
    """A unit's duties. `summary` says that the duty is ours and not the regulation's; so does `functions_summary`."""

    name: str
    depth: int
    kind: str = ""
    duty: str = ""
    article: str = ""
    summary: bool = True
    functions_title: str = ""
    functions: tuple[FunctionText, ...] = ()
    functions_summary: bool = True
    is_formed: bool = True


@dataclass(frozen=True)
class Head:
    """Who signs: post as on paper (`Plt.` before it where acting), name, rank in words, NIP."""

    post: str
    name: str
    rank: str = ""
    nip: str = ""


@dataclass(frozen=True)
class ObjectiveText:
    number: int
    text: str
    policy: str = ""


@dataclass(frozen=True)
class GoalText:
    text: str
    objectives: tuple[ObjectiveText, ...] = ()


@dataclass(frozen=True)
class MissionText:
    number: int
    text: str
    goals: tuple[GoalText, ...] = ()


@dataclass(frozen=True)
class AgreementText:
    """A version of the year's performance agreement: the day in words, and why it was changed."""

    signed_on: str
    reason: str = ""


@dataclass(frozen=True)
class ProgrammeText:
    """A programme of the budget with its activities."""

    name: str
    activities: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnText:
    """What a unit wrote to its table or section when it handed it in."""

    unit: str
    explanation: str = ""
    obstacles: str = ""
    efforts: str = ""


@dataclass(frozen=True)
class Chart:
    """The parts of the organisation chart."""

    top: Box
    staff: Box | None = None
    divisions: tuple[Box, ...] = ()
    others: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Look:
    """How an office wants its book: paper and emblem, from `book/book.yaml` and `book/emblem.*` of the data folder."""

    paper: str = "a4"
    emblem: bytes | None = None


MapDrawer = Callable[[Mapping[str, int | float | None], Callable[[object], str]], tuple[bytes, str] | None]
"""From values by district name and a way to print them: the drawing and what it shows in words."""


def no_map(values: Mapping[str, int | float | None], text: Callable[[object], str]) -> None:
    """No map: neither outlines nor coordinates are known."""


@dataclass(frozen=True)
class Material:
    """Everything an edition takes from the records that is not a figure."""

    office: str
    regency: str
    code: str
    seat: str = ""
    is_demo: bool = False
    head: Head | None = None
    units: tuple[UnitText, ...] = ()
    legal_bases: tuple[str, ...] = ()
    chart: Chart | None = None
    missions: tuple[MissionText, ...] = ()
    agreements: tuple[AgreementText, ...] = ()
    programmes: tuple[ProgrammeText, ...] = ()
    own_texts: Mapping[str, OwnText] = field(default_factory=dict)
    figure_tables: Mapping[str, str] = field(default_factory=dict)
    """The table a named figure is taken from, where it is taken from one."""
    look: Look = Look()
    draw_map: MapDrawer = no_map

    @property
    def short_regency(self) -> str:
        """`Kab. Rote Ndao`, as it stands under tables."""
        return self.regency.replace("Kabupaten ", "Kab. ")


def book_folder() -> Path:
    """Where an office puts its own text, emblem, photographs and settings of the book."""
    return Path(settings.DATA) / "book"


def book_text(kind: str) -> tuple[str, str]:
    """(name, text) of a kind of book: the office's own in its data folder, else the package's."""
    own = book_folder() / f"{kind}.md"
    path = own if own.exists() else PACKAGE_BOOK / f"{kind}.md"
    try:
        return path.name, path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BookSettingsError(str(path), f"{error.reason} (UTF-8)") from error


def look() -> Look:
    """The office's settings. Raises BookSettingsError naming the file."""
    paper, emblem = "a4", None
    path = book_folder() / "book.yaml"
    if path.exists():
        try:
            said = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise BookSettingsError(path.name, str(error)) from error
        if not isinstance(said, dict) or set(said) - {"paper"}:
            raise BookSettingsError(path.name, "paper: a4 | f4 | b5")
        paper = str(said.get("paper", "a4")).lower()
        if paper not in PAPERS:
            raise BookSettingsError(path.name, f"paper: {paper} ({' | '.join(PAPERS)})")
    for name in ("emblem.svg", "emblem.png", "emblem.jpg", "emblem.jpeg"):
        if (book_folder() / name).exists():
            emblem = (book_folder() / name).read_bytes()
            try:
                image_kind(emblem)
            except WriterError as error:
                raise BookSettingsError(name, str(error)) from error
            break
    return Look(paper, emblem)
