import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sasando.lib.names import Ambiguous, Match, edit_distance_at_most_one, letters_only, match_name

PRINTED_AND_OFFICIAL = [
    ("Nggodimedda", "Nggodimeda", False),
    ("Inguinak", "Ingguinak", False),
    ("Tunganamo", "Tungganamo", False),
    ("Tesabela", "Tesa Bela", True),
    ("Mbalilendeiki", "Mbali Lendeiki", True),
    ("Boa", "Bo'a", True),
    ('Bo"a', "Bo'a", True),
    ("keoen", "Keoen", True),
    ("Desa Suebela", "Suebela", True),
    ("Kel. Metina", "Metina", True),
    ("KELURAHAN METINA", "Metina", True),
    ("Kec.Lobalain", "Lobalain", True),
    ("Kecamatan: Lobalain", "Lobalain", True),
    ("Desa", "Desa", True),
    ("Kelapa", "Kelapa", True),
]
VILLAGES = dict(enumerate({official for _, official, _ in PRINTED_AND_OFFICIAL}))


@pytest.mark.parametrize(("printed", "official", "exact"), PRINTED_AND_OFFICIAL)
def test_spellings_of_the_profile(printed, official, exact):
    found = match_name(printed, VILLAGES)
    assert isinstance(found, Match) and (found.name, found.exact) == (official, exact)


def test_a_name_cut_short_needs_an_alias():
    assert match_name("Barat Laut", {"53.14.02": "Rote Barat Laut"}) is None
    found = match_name(
        "Barat Laut", {"53.14.02": ["Rote Barat Laut", "Barat Laut"], "53.14.01": ["Rote Barat Daya"]}
    )
    assert found == Match("53.14.02", "Barat Laut", True)


def test_one_letter_is_too_few_across_districts():
    assert match_name("Oebeu", {1: "Oebou", 2: "Oebau"}) == Ambiguous((1, 2))
    assert match_name("Oebau", {1: "Oebou", 2: "Oebau"}) == Match(2, "Oebau", True)
    assert match_name("Nusa", {1: "Nusa", 2: ["Nu'sa"]}) == Ambiguous((1, 2))
    assert match_name("Oebau", {}) is None
    assert match_name("--", {1: "", 2: "A"}) is None


def one_edit(word: str) -> set[str]:
    letters = "abc"
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    return (
        {word}
        | {a + b[1:] for a, b in cuts if b}
        | {a + c + b[1:] for a, b in cuts if b for c in letters}
        | {a + c + b for a, b in cuts for c in letters}
    )


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_distance_is_that_of_trying_every_edit(a, b):
    assert edit_distance_at_most_one(a, b) == (b in one_edit(a)) == edit_distance_at_most_one(b, a)


@given(st.text())
def test_letters_only_is_stable(name):
    letters = letters_only(name)
    assert all(map(str.isalpha, letters)) and letters_only(letters) == letters


@pytest.mark.shared
def test_every_printed_name_of_the_reference_files():
    folder = Path(__file__).parents[4] / "shared/data"
    if not folder.exists():
        pytest.skip("the reference files are not on this machine")
    with (folder / "places/regions_rote_ndao_2020.csv").open(encoding="utf-8") as file:
        places = list(csv.DictReader(file))
    districts = {
        p["code"]: [p["name"], p["name"].removeprefix("Rote ")] for p in places if p["level"] == "kecamatan"
    }
    with (folder / "rote-ndao-2020/place_names_printed.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            district = match_name(row["district_printed"] or row["printed"], districts)
            assert isinstance(district, Match), row
            if row["level"] == "village":
                villages = {p["code"]: p["name"] for p in places if p["parent"] == district.key}
                assert isinstance(match_name(row["printed"], villages), Match), row
