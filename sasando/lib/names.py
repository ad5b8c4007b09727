"""Which official name a printed place name means.

Letters only, then one wrong letter at most: this resolves every spelling of the yearly profile. Offer the
candidates of one district only: in a whole regency one letter is too few to tell Oebou from Oebau, or
Tebole from Oebole.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
_KIND_OF_PLACE = re.compile(
    r"\s*(?:desa|kelurahan|kel\.?|kecamatan|kec\.?)(?=[\s.:])[\s.:]*(?=\w)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """The one candidate meant, `exact` when equal on its letters; else a person should see the difference."""

    key: Key
    name: str
    exact: bool


@dataclass(frozen=True, slots=True)
class Ambiguous(Generic[Key]):
    """Several candidates fit equally; a person must choose among `keys`."""

    keys: tuple[Key, ...]


def letters_only(name: str) -> str:
    """The letters in lower case, without spaces, apostrophes, quotes, digits, accents: `Bo'a` -> `boa`."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKD", name).lower()))


def edit_distance_at_most_one(a: str, b: str) -> bool:
    """Whether one letter changed, added or dropped, or none, turns `a` into `b`."""
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1:
        return False
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return a[same + (len(a) == len(b)) :] == b[same + 1 :]


def match_name(
    printed: str, candidates: Mapping[Key, str | Iterable[str]]
) -> Match[Key] | Ambiguous[Key] | None:
    """Find the printed name among candidates, each with its official name and aliases.

    A leading `Desa`, `Kel.`, `Kelurahan`, `Kec.` or `Kecamatan` is dropped. Equal letters win over one
    wrong letter; None when nothing fits. A name cut short (`Barat Laut`) needs an alias.
    """
    wanted = letters_only(
        _KIND_OF_PLACE.sub("", printed, count=1) if _KIND_OF_PLACE.match(printed) else printed
    )
    if not wanted:
        return None
    named = [
        (key, name, letters_only(name))
        for key, names in candidates.items()
        for name in ([names] if isinstance(names, str) else names)
    ]
    for exact, fits in ((True, str.__eq__), (False, edit_distance_at_most_one)):
        hits: dict[Key, str] = {}
        for key, name, letters in named:
            if letters and fits(wanted, letters):
                hits.setdefault(key, name)
        if len(hits) == 1:
            return Match(*next(iter(hits.items())), exact)
        if hits:
            return Ambiguous(tuple(hits))
    return None
