from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sasando.lib.money import number, percent_text, rupiah
from sasando.lib.numbers import (
    NotKnown,
    Number,
    Ordinal,
    Refused,
    guess_decimal_separator,
    parse_printed_number,
    percent,
    percent_truncated,
    round_half_up,
)

amounts = st.integers(-(10**15), 10**15)
decimals = st.decimals(-(10**9), 10**9, places=5)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded", "cut"),
    [
        (11731, 22579, "51.96", "51.95"),
        (3497552382, 3772191098, "92.72", "92.71"),
        (1418623079, 1464405368, "96.87", "96.87"),
        (32302000, 51172000, "63.12", "63.12"),
        (1, 800, "0.13", "0.12"),
        (-1, 800, "-0.13", "-0.12"),
        (0, 5, "0.00", "0.00"),
    ],
)
def test_percent_of_the_profile(numerator, denominator, rounded, cut):
    assert str(percent(numerator, denominator)) == rounded
    assert str(percent_truncated(numerator, denominator)) == cut


@pytest.mark.parametrize("pair", [(1, 0), (0, 0), (1, None), (None, 5), (1, Decimal(0))])
def test_a_share_of_nothing_is_no_number(pair):
    assert percent(*pair) is None and percent_truncated(*pair) is None


@given(amounts, amounts.filter(bool))
def test_percent_is_within_half_a_hundredth(numerator, denominator):
    exact = Decimal(numerator) * 100 / Decimal(denominator)
    assert abs(percent(numerator, denominator) - exact) <= Decimal("0.005")
    assert 0 <= (abs(exact) - abs(percent_truncated(numerator, denominator))) < Decimal("0.01")


@given(decimals, st.integers(0, 4))
def test_half_up_is_that_of_decimal(value, places):
    assert round_half_up(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def test_half_up_of_floats_and_large_values():
    assert str(round_half_up(2.675, 2)) == "2.68"
    assert str(round_half_up(-0.001, 2)) == "0.00"
    assert round_half_up(Decimal("123456789012345678901234567890.5")) == 123456789012345678901234567891


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("51,95%", "51.95", "%"),
        ("1.33", "1.33", ""),
        ("3.89", "3.89", ""),
        ("12.157.475.000", "12157475000", ""),
        ("29,526,875,000", "29526875000", ""),
        ("Rp. 526.700.000.-", "526700000", "Rp"),
        ("Rp 526.700.000,-", "526700000", "Rp"),
        ("3.772.191.098.-", "3772191098", ""),
        ("Rp1.464.405.368,50", "1464405368.5", "Rp"),
        ("10 Orang", "10", "Orang"),
        ("10.600 KK.", "10600", "KK"),
        ("561\u00a0KPM", "561", "KPM"),
        ("63%", "63", "%"),
        ("50,42 persen", "50.42", "%"),
        ("1.234", "1234", ""),
        ("1,234", "1.234", ""),
        ("1234.567", "1234.567", ""),
        ("0.123", "0.123", ""),
        ("Rp 500,000", "500000", "Rp"),
        ("Rp 500.000", "500000", "Rp"),
        ("51.955%", "51.955", "%"),
        ("12 157 475 000", "12157475000", ""),
        ("1.277,26 km2", "1277.26", "km2"),
        ("Rp12,1 miliar", "12100000000", "Rp"),
        ("Rp1,234 miliar", "1234000000", "Rp"),
        ("51.955 persen", "51.955", "%"),
        ("2 juta orang", "2000000", "orang"),
        ("(1.500.000)", "-1500000", ""),
        ("-Rp5.000", "-5000", "Rp"),
        ("Rp -5.000", "-5000", "Rp"),
        ("Nihil", "0", ""),
        ("0", "0", ""),
        (17, "17", ""),
        (17.0, "17", ""),
        (0.5195, "0.5195", ""),
    ],
)
def test_numbers(printed, value, unit):
    found = parse_printed_number(printed)
    assert isinstance(found, Number), found
    assert (found.value, found.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        None,
        " ",
        "-",
        "–",
        "--",
        "...",
        "?",
        "n/a",
        "N/A",
        "#REF!",
        "#DIV/0!",
        "(cut off)",
        "12.1 (cut off)",
        "Rp. -",
        "%",
        "tidak ada data",
        "(kosong)",
        "(belum dihitung)",
        float("nan"),
    ],
)
def test_not_known_is_never_zero(printed):
    assert isinstance(parse_printed_number(printed), NotKnown)


@pytest.mark.parametrize("printed", ["B", "AA", "WTP", "Baik", "Sangat Berhasil"])
def test_grades(printed):
    assert parse_printed_number(printed) == Ordinal(printed, printed)


@pytest.mark.parametrize(
    "printed",
    [
        "1,2,3.4.5",
        "12.34.5",
        "1.234,567.890",
        "20-30",
        "5.31402E+15",
        "85/100",
        "≥ 85",
        "III/4",
        "(5",
        "5)",
        "12 KK 3 jiwa",
        "10+",
        "1.234 567",
        "½",
        "٣",
    ],
)
def test_contradictions_are_refused_with_a_sentence(printed):
    found = parse_printed_number(printed)
    assert isinstance(found, Refused) and found.reason.endswith(".")


def test_the_hint_decides_only_the_ambiguous():
    values = {
        text: [parse_printed_number(text, decimal).value for decimal in (None, ",", ".")]
        for text in ("1.234", "1,234", "3.89", "51,95", "12.157.475")
    }
    thousand, small = Decimal(1234), Decimal("1.234")
    assert values["1.234"] == [thousand, thousand, small]
    assert values["1,234"] == [small, small, thousand]
    assert all(len(set(values[text])) == 1 for text in ("3.89", "51,95", "12.157.475"))


@pytest.mark.parametrize(
    ("cells", "separator"),
    [
        ([], ","),
        (["1.234", "-", "B", 5, None, "77"], ","),
        (["1.234", "3.89", "24.65"], "."),
        (["1,594", "29,526,875,000"], "."),
        (["1.594", "12.157.475.000"], ","),
        (["Rp 500,000", "1,234"], "."),
        (["51,95%", "1.33"], ","),
    ],
)
def test_the_column_decides_the_separator(cells, separator):
    assert guess_decimal_separator(cells) == separator


@given(st.text() | st.text("0123456789.,-–% ()RpEx", max_size=12), st.sampled_from([None, ",", "."]))
def test_any_text_is_read_without_an_error(text, decimal):
    found = parse_printed_number(text, decimal)
    assert found.printed == " ".join(text.split())
    if isinstance(found, Number) and found.printed.casefold() not in ("nihil", "nol"):
        assert any(c in "0123456789" for c in text)


@given(amounts, st.sampled_from(["id", "en"]))
def test_printed_rupiah_reads_back(amount, language):
    assert parse_printed_number(rupiah(amount, language)).value == amount


@given(decimals, st.sampled_from([("id", ","), ("en", ".")]))
def test_printed_percent_and_numbers_read_back(value, spelling):
    language, decimal = spelling
    assert parse_printed_number(percent_text(value, language), decimal).value == round_half_up(value, 2)
    assert parse_printed_number(number(value, language), decimal).value == value


def test_money_text():
    assert rupiah(12157475000) == "Rp12.157.475.000"
    assert rupiah(12157475000, language="en") == "Rp12,157,475,000"
    assert (rupiah(-5000), rupiah(0)) == ("-Rp5.000", "Rp0")
    assert (number(12157475), number(Decimal("1277.256"))) == ("12.157.475", "1.277,256")
    assert percent_text(Decimal("51.9554")) == "51,96%"
    assert percent_text(Decimal("51.96"), language="en-us") == "51.96%"
    assert percent_text(100) == "100,00%"
    for wrong in (1.5, Decimal(5), True, "5"):
        with pytest.raises(TypeError):
            rupiah(wrong)
