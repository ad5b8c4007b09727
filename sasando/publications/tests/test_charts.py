"""The drawings: well formed, deterministic, and never out of their frame."""

import re
from xml.etree import ElementTree

import pytest

from sasando.publications.charts import WIDTH, Box, Series, Spot, bars, map_of, organisation, wrap

SVG = "{http://www.w3.org/2000/svg}"


def boxes(svg: bytes):
    root = ElementTree.fromstring(svg)
    height = float(root.get("viewBox").split()[3])
    return (
        root,
        height,
        [tuple(float(r.get(k)) for k in ("x", "y", "width", "height")) for r in root.iter(f"{SVG}rect")],
    )


def test_bars_are_as_long_as_their_values():
    svg = bars(["A", "B", "C"], [Series("n", [10, 5, None], ["10", "5", "–"])])
    _root, _height, found = boxes(svg)
    assert found[0][2] == pytest.approx(2 * found[1][2], abs=0.2)
    assert found[2][2] == 0
    assert svg == bars(["A", "B", "C"], [Series("n", [10, 5, None], ["10", "5", "–"])])


@pytest.mark.parametrize("values", [[], [None], [0], [0, 0]])
def test_bars_of_nothing(values):
    svg = bars(["x"] * len(values), [Series("n", values, ["–"] * len(values))])
    assert all(width == 0 for _x, _y, width, _h in boxes(svg)[2])


def test_words_of_the_records_are_only_ever_text():
    svg = bars(['<script>alert("x")</script> & "q"'], [Series("n", [1], ["1"])])
    root = ElementTree.fromstring(svg)
    assert {child.tag for child in root} <= {f"{SVG}text", f"{SVG}rect", f"{SVG}polyline"}


def office(divisions: int, sections: int):
    parts = tuple(
        Box(f"Seksi Penanganan Keluarga Nomor {n}", "Nama Pejabat, S.Sos.") for n in range(sections)
    )
    rows = [Box(f"Bidang Pelayanan Nomor {n}", "Nama Kepala Bidang", parts) for n in range(divisions)]
    staff = Box("Sekretariat", "Nama Sekretaris", parts[:3])
    return organisation(
        Box("Kepala Dinas", "Nama Kepala"), staff, rows, [Box("Kelompok Jabatan Fungsional", is_formed=False)]
    )


@pytest.mark.parametrize(("divisions", "sections"), [(0, 0), (1, 1), (4, 3), (6, 4)])
def test_organisation_chart_stays_in_its_frame_and_covers_nothing(divisions, sections):
    svg = office(divisions, sections)
    _root, height, found = boxes(svg)
    assert len(found) == 3 + min(sections, 3) + divisions * (1 + sections)
    for x, y, width, tall in found:
        assert x >= -0.1
        assert x + width <= WIDTH + 0.1
        assert y + tall <= height
    for index, (x, y, width, tall) in enumerate(found):
        for other_x, other_y, other_width, other_tall in found[index + 1 :]:
            apart = (
                x + width <= other_x
                or other_x + other_width <= x
                or y + tall <= other_y
                or other_y + other_tall <= y
            )
            assert apart
    assert b"stroke-dasharray" in svg


def test_names_on_a_map_stand_apart():
    spots = [Spot(f"Kecamatan {n}", str(n), 320, 200, radius=20) for n in range(5)]
    root = ElementTree.fromstring(map_of(spots, 640, 400))
    heights = {float(t.get("y")) for t in root.iter(f"{SVG}text") if "Kecamatan" in (t.text or "")}
    assert len(heights) == 5


def test_outlines_are_shaded_and_unknown_ones_are_told_apart():
    svg = map_of(
        [Spot("A", "–", 10, 10, path="M0,0 1,1 2,0Z"), Spot("B", "3", 50, 50, path="M3,3 4,4 5,3Z", shade=4)],
        640,
        400,
    )
    colours = re.findall(rb'<path d="[^"]*" fill="(#\w+)"', svg)
    assert len(set(colours)) == 2


def test_wrap_keeps_every_word():
    text = "Seksi Bantuan Korban Tindak Kekerasan dan Perdagangan Orang"
    assert " ".join(wrap(text, 90, 7)) == text
    assert max(len(line) for line in wrap(text, 90, 7)) < 30
