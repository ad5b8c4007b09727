"""A sealed year stays open between two pages: read once, shared by threads, let go of in the end."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from sasando.statistics.counting import snapshot
from sasando.statistics.counting.snapshot import MOST_OPEN, open_sealed, write_results


@pytest.fixture
def sealed(tmp_path, facts_2020, specs):
    folder = tmp_path / "2020"
    shutil.copytree(facts_2020.folder, folder)
    write_results(folder, specs)
    return folder


def count(facts):
    return facts.rows("SELECT count(*) AS families FROM families")[0]["families"]


def test_a_year_is_opened_once_until_its_results_change(sealed):
    first = open_sealed(sealed)
    assert open_sealed(sealed) is first
    os.utime(sealed / "tables.json", ns=(1, 1))
    assert open_sealed(sealed) is not first


def test_many_threads_ask_at_the_same_time(sealed):
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _n: count(open_sealed(sealed).facts), range(40)))
    assert len(set(counts)) == 1


def test_only_a_few_stay_open_and_the_oldest_is_closed(sealed, tmp_path):
    first = open_sealed(sealed)
    before = count(first.facts)
    for number in range(MOST_OPEN):
        open_sealed(shutil.copytree(sealed, tmp_path / str(number)))
    assert len(snapshot._open) == MOST_OPEN
    assert first.facts._connection is None
    assert count(first.facts) == before  # who still holds it opens it again
