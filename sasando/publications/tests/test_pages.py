"""Who may open what, and take which step."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sasando.base.jobs import Progress
from sasando.files.models import Job
from sasando.publications import actions, pages, queries
from sasando.publications.actions import initial_edition, prepare_edition
from sasando.publications.jobs import PREPARE_EDITION
from sasando.publications.models import Edition, EditionState
from sasando.publications.queries import state_of
from sasando.publications.worklist import waiting
from sasando.trail.models import TrailEntry
from tests.strict import StrictClient

LIST = "/buku/"


def url(name, edition, *more):
    return pages.url(name, edition, *more)


@pytest.fixture
def draft(desk, quick) -> Edition:
    return prepare_edition(2020, audience="internal", by=desk.planner)


@pytest.fixture
def initialled(desk, draft) -> Edition:
    initial_edition(draft, by=desk.division_head)
    initial_edition(draft, by=desk.secretary)
    return draft


def test_anybody_may_open_a_published_public_edition(desk, quick):
    edition = desk.published("public")
    client = StrictClient()
    listed = client.get(LIST).content.decode()
    assert url("edition", edition) in listed and "Okta Perencana" not in listed
    page = client.get(url("edition", edition)).content.decode()
    assert edition.seal in page
    assert "Okta Perencana" not in page  # who prepared is the office's own affair
    assert client.get(url("chapter", edition, 1)).status_code == 200
    response = client.get(url("file", edition, "figures.json"))
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="figures-public-1.json"'
    assert b"".join(response.streaming_content).startswith(b'{"as_of"')


def test_an_internal_edition_or_a_draft_is_not_there_for_outsiders(desk, quick, log_in):
    internal = desk.published("internal")
    public_draft = prepare_edition(2020, audience="public", by=desk.planner)
    for client in (StrictClient(), log_in(desk.people.operator), log_in(desk.people.stranger)):
        assert url("edition", internal) not in client.get(LIST).content.decode()
        for edition in (internal, public_draft):
            for address in (
                url("edition", edition),
                url("chapter", edition, 1),
                url("file", edition, "figures.json"),
            ):
                assert client.get(address).status_code == 404


def test_who_makes_the_book_sees_all_editions(desk, draft, log_in):
    for user in (desk.planner, desk.secretary, desk.head):
        client = log_in(user)
        assert url("edition", draft) in client.get(LIST).content.decode()
        assert client.get(url("edition", draft)).status_code == 200


def test_other_officers_see_what_is_published(desk, quick, log_in):
    internal, public = desk.published("internal"), desk.published("public")
    for user in (desk.people.section_head, desk.people.treasurer, desk.people.social_worker):
        client = log_in(user)
        assert client.get(url("edition", public)).status_code == 200
        assert (
            client.get(url("edition", internal)).status_code == 404
        )  # it holds the sensitive tables in full


def test_a_withdrawn_public_edition_is_gone_for_outsiders(desk, quick):
    edition = desk.published("public")
    actions.withdraw_edition(edition, by=desk.head, note="Keliru")
    assert StrictClient().get(url("edition", edition)).status_code == 404


def test_each_download_of_an_internal_edition_is_recorded(desk, quick, log_in):
    internal, public = desk.published("internal"), desk.published("public")
    client = log_in(desk.secretary)
    before = TrailEntry.objects.count()
    client.get(url("file", public, "figures.json"))
    assert TrailEntry.objects.count() == before
    client.get(url("file", internal, "figures.json"))
    entry = TrailEntry.objects.order_by("sequence").last()
    assert (entry.action, entry.happened_by_name, entry.subject_id) == (
        "publications.download",
        str(desk.secretary),
        internal.pk,
    )


@pytest.mark.parametrize(
    "name",
    [
        "edition.json",
        "manifest.json",
        "../figures.json",
        "../../keys.json",
        "nothing.pdf",
        "data/../figures.json",
    ],
)
def test_only_the_files_of_the_list_are_sent(desk, draft, log_in, name):
    client = log_in(desk.head)
    assert client.get(f"{url('edition', draft)}berkas/{name}").status_code == 404


STEPS = {
    "prepare": {"planner"},
    "initial": {"division_head", "secretary"},
    "publish": {"head"},
    "withdraw": {"planner", "head"},
    "count_errata": {"planner", "head"},
}


EVERYBODY = (
    "operator",
    "social_worker",
    "section_head",
    "treasurer",
    "stranger",
    "planner",
    "division_head",
    "secretary",
    "head",
)


def test_steps_are_for_those_who_may_take_them(desk, draft, log_in):
    for step, allowed in STEPS.items():
        address = reverse("publications:prepare") if step == "prepare" else url(step, draft)
        for who in EVERYBODY:
            client = log_in(getattr(desk, who, None) or getattr(desk.people, who))
            if who in allowed:
                assert client.get(address).status_code == 405, (step, who)
                continue
            before = (Edition.objects.count(), state_of(draft))
            assert client.post(address, {"year": 2020, "audience": "public"}).status_code == 403, (step, who)
            assert client.get(address).status_code == 403, (step, who)
            assert (Edition.objects.count(), state_of(draft)) == before


def test_nobody_takes_a_step_without_logging_in(draft):
    for step in ("initial", "publish", "withdraw", "count_errata"):
        response = StrictClient().post(url(step, draft))
        assert response.status_code == 302
        assert "/masuk/" in response["Location"]


def test_an_edition_goes_through_the_pages(desk, quick, log_in):
    planner, head = log_in(desk.planner), log_in(desk.head)
    planner.post(reverse("publications:prepare"), {"year": 2020, "audience": "public"})
    job = Job.objects.get()
    address = PREPARE_EDITION.run(job.arguments, Progress(), desk.planner)
    edition = Edition.objects.get()
    assert address == url("edition", edition)
    log_in(desk.division_head).post(url("initial", edition), {"note": "Baik"})
    log_in(desk.secretary).post(url("initial", edition), {})
    assert 'name="paper"' in head.get(url("edition", edition)).content.decode()
    head.post(url("publish", edition), {"note": "Terbitkan"})
    assert state_of(Edition.objects.get()) == EditionState.PUBLISHED


def test_errors_are_said_on_the_page(desk, draft, log_in):
    response = log_in(desk.secretary).post(url("initial", draft), {}, follow=True)
    assert response.context["messages"]
    assert state_of(draft) == EditionState.DRAFT
    response = log_in(desk.planner).post(
        reverse("publications:prepare"), {"year": 2020, "audience": "nobody"}
    )
    assert response.status_code == 422


def test_a_scan_of_another_kind_is_refused(desk, initialled, log_in):
    log_in(desk.head).post(url("publish", initialled), {"paper": SimpleUploadedFile("x.exe", b"MZ")})
    assert state_of(initialled) == EditionState.INITIALLED


def test_the_book_online_holds_every_chapter(desk, draft, log_in):
    client = log_in(desk.head)
    listed = client.get(url("edition", draft)).context["chapters"]
    assert len(listed) == 9
    for part in range(1, 10):
        assert client.get(url("chapter", draft, part)).status_code == 200
    assert client.get(url("chapter", draft, 10)).status_code == 404
    assert client.get(url("chapter", draft, 0)).status_code == 404


def test_figures_online_lead_to_their_tables_or_to_the_annex(desk, quick, log_in):
    edition = desk.published("public")
    inside = log_in(desk.head).get(url("chapter", edition, 4)).content.decode()
    outside = StrictClient().get(url("chapter", edition, 4)).content.decode()
    assert "/statistik/" not in outside.split("<main", 1)[1]
    assert "\ue000" not in inside + outside


def test_files_that_are_gone_are_said(desk, draft, log_in):
    (queries.folder_of_edition(draft) / "edition.json").unlink()
    page = log_in(desk.head).get(url("edition", draft))
    assert page.status_code == 200
    assert page.context["chapters"] == []


def test_the_list_costs_the_same_with_more_editions(desk, quick, log_in, django_assert_max_num_queries):
    client = log_in(desk.head)
    prepare_edition(2020, audience="internal", by=desk.planner)
    client.get(LIST)
    with django_assert_max_num_queries(60) as few:
        client.get(LIST)
    for _ in range(4):
        prepare_edition(2020, audience="internal", by=desk.planner)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(LIST)


def test_what_waits_is_told_to_whom_it_waits_for(desk, draft):
    def waits(user):
        return [item.url for item in waiting(desk.people.reader(user))]

    assert waits(desk.division_head) == [url("edition", draft)]
    assert waits(desk.planner) == waits(desk.people.operator) == waits(desk.head) == []
    initial_edition(draft, by=desk.division_head)
    assert waits(desk.division_head) == []
    assert waits(desk.secretary) == [url("edition", draft)]
    initial_edition(draft, by=desk.secretary)
    assert waits(desk.head) == [url("edition", draft)]


def test_the_style_sheet_is_served(db):
    response = StrictClient().get(reverse("publications:style"))
    assert response["Content-Type"].startswith("text/css")
    assert ".book" in response.content.decode()


@pytest.mark.parametrize(("name", "content"), [("x.pdf", b"<script>"), ("x.png", b"MZ"), ("x.jpg", b"%PD")])
def test_a_scan_is_what_its_name_says(desk, initialled, log_in, name, content):
    log_in(desk.head).post(url("publish", initialled), {"paper": SimpleUploadedFile(name, content)})
    assert state_of(initialled) == EditionState.INITIALLED


def test_a_book_of_a_year_to_come_is_not_asked_for(desk, log_in):
    answer = log_in(desk.planner).post(
        reverse("publications:prepare"), {"year": "99999", "audience": "public"}
    )
    assert answer.status_code == 422 and not Job.objects.exists()
