import pytest

from sasando.statistics.counting.engine import Facts, run_tables
from sasando.statistics.counting.specs import load_specs
from sasando.statistics.tests.regency import book_2020, office_without_records, write


@pytest.fixture(scope="session")
def specs():
    return load_specs()


@pytest.fixture(scope="session")
def rows_2020():
    """The rows of the 2020 facts. Read only: it is shared."""
    return book_2020()


@pytest.fixture(scope="session")
def facts_2020(tmp_path_factory, rows_2020):
    folder = tmp_path_factory.mktemp("facts")
    write(folder, rows_2020)
    return Facts(folder)


@pytest.fixture(scope="session")
def book(facts_2020, specs):
    """The tables and figures of the 2020 facts."""
    return run_tables(facts_2020, specs)


@pytest.fixture
def empty_facts(tmp_path):
    write(tmp_path, office_without_records())
    return Facts(tmp_path)
