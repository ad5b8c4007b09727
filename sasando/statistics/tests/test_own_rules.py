"""An office's own file of rules that is broken: a sentence in the page, never a page that is broken."""

from pathlib import Path

import pytest
from django.urls import reverse

from sasando.base.reader import NamedActor
from sasando.statistics.checks.findings import find
from sasando.statistics.checks.rulebook import RulesError, rules
from sasando.statistics.importers import IMPORTERS
from sasando.statistics.queries import year_view
from sasando.statistics.tests.regency import sealed_2020

BROKEN = {
    "no yaml": "percents: [",
    "no mapping": "- 1",
    "a list for a mapping": "tables: [1]",
    "a number": "percents: 7",
    "rules of another shape": "percents: [{}]",
    "no rules at all": "percents: [7]",
    "a plan without its table": "plan: {agreement: {}}",
    "not UTF-8": b"percents: \xff",
}


@pytest.fixture(params=BROKEN.values(), ids=BROKEN)
def broken(request, settings, tmp_path, db):
    settings.DATA = tmp_path
    sealed_2020()
    text = request.param
    folder = Path(tmp_path) / "checks"
    folder.mkdir()
    (folder / "own.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    load = next(each.load for each in IMPORTERS if each.kind == "reported-budget")
    rows = [{"item": "Program", "pagu": "10", "realisasi": "9", "published_pct": "91%"}]
    return load(rows, apply=True, by=NamedActor("test"), options={"name": "x-2020.csv"})


def test_checks_say_which_rules_they_could_not_use(broken, tmp_path):
    with pytest.raises(RulesError, match=str(tmp_path / "checks")):
        find(year_view(2020))


def test_every_page_still_opens(broken, people, log_in):
    client = log_in(people.secretary)
    for name, args in (("year", [2020]), ("findings", [2020])):
        page = client.get(reverse(f"statistics:{name}", args=args))
        assert page.status_code == 200
        assert str(Path("checks")) in page.text and "notice-warning" in page.text
    assert client.get(reverse("statistics:table", args=[2020, "t03_pkh"])).status_code == 200
    assert client.get(reverse("statistics:findings", args=[2020]), {"format": "csv"}).status_code == 200


def test_what_is_reported_is_stored_and_says_that_it_was_not_checked(broken):
    assert (broken.extra["stored"], broken.extra["findings"]) == (1, [])
    assert "checks" in broken.extra["not_checked"][0]


def test_own_rules_are_added_to_the_shipped_ones(settings, tmp_path):
    settings.DATA = tmp_path
    (tmp_path / "checks").mkdir()
    (tmp_path / "checks/own.yaml").write_text("small_cells: {fewer_than: 9}\npercents: []\n")
    assert rules()["small_cells"]["fewer_than"] == 9
    assert rules()["tables"]["t03_pkh"]
