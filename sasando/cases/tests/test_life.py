"""A case from its report to its end, through actions and through forms; what is counted of it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sasando.accounts.actions import grant_role, open_account
from sasando.base.facts import AsOf
from sasando.base.reader import NamedActor
from sasando.cases import errors, queries
from sasando.cases.actions import assign_worker, close_case, load_standard_kinds, open_case, record_visit
from sasando.cases.facts import FACTS
from sasando.cases.models import Case, CaseAssignment, CaseKind, HomeVisit
from sasando.cases.rules import initials
from sasando.cases.tests.conftest import BY, REPORTED, make_case, make_child
from sasando.places.queries import Atlas

TOMORROW = timezone.localdate() + timedelta(days=1)


def test_kinds_are_loaded_once(kinds):
    assert load_standard_kinds(by=BY) == 0
    assert list(CaseKind.objects.values_list("code", flat=True)) == [
        "persetubuhan",
        "pencabulan",
        "penelantaran",
        "penganiayaan",
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Melati Rahasia", "M. R."),
        ("melati", "M."),
        ("A B C D", "A. B. C."),
        ("", ""),
        ("  (alm) Yusuf ", "Y."),
    ],
)
def test_initials(name, shown):
    assert initials(name) == shown


def test_cases_get_numbers_of_their_year(people, kinds):
    first, second = make_case(people, None), make_case(people, None, reported_on=date(2021, 1, 5))
    assert first.number == f"2020-{first.pk:04d}"
    assert second.number == f"2021-{second.pk:04d}"
    assert [kind.name for kind in first.kinds.all()] == ["Pencabulan", "Penelantaran"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"kinds": []}, errors.UnknownCaseKindError),
        ({"kinds": ["pencurian"]}, errors.UnknownCaseKindError),
        ({"reported_on": TOMORROW}, errors.CaseDateError),
        ({"village_id": 1}, errors.NotAVillageError),
    ],
)
def test_a_case_that_cannot_be_is_refused(people, kinds, changes, error):
    child = make_child(people.village)
    values = {
        "person_id": child.pk,
        "village_id": people.village.pk,
        "kinds": ["penelantaran"],
        "reported_on": REPORTED,
        "unit_id": None,
        "by": BY,
    }
    if "village_id" in changes:
        changes = {"village_id": people.district.pk}
    with pytest.raises(error):
        open_case(**values | changes)
    assert not Case.objects.exists()


def test_an_assignment_counts_from_its_day_until_it_is_handed_over(room):
    worker, colleague = room.people.social_worker, room.colleague
    handed_over = timezone.localdate()
    assign_worker(case=room.case, worker=colleague, from_day=handed_over, by=BY, hand_over=True)
    assert not queries.assigned_cases(room.people.reader(worker)).exists()
    assert room.case in queries.assigned_cases(room.people.reader(colleague))
    old = room.case.assignments.get(worker_id=worker.pk)
    assert (old.from_day, old.to_day) == (REPORTED, handed_over)


def test_an_assignment_of_tomorrow_opens_nothing_today(room):
    assign_worker(case=room.other, worker=room.people.social_worker, from_day=TOMORROW, by=BY)
    assert room.other not in queries.cases(room.people.reader(room.people.social_worker))


def test_two_workers_may_share_a_case_but_nobody_has_it_twice(room):
    assign_worker(case=room.case, worker=room.colleague, from_day=REPORTED, by=BY)
    assert room.case in queries.cases(room.people.reader(room.people.social_worker))
    assert room.case in queries.cases(room.people.reader(room.colleague))
    with pytest.raises(errors.AlreadyAssignedError):
        assign_worker(case=room.case, worker=room.colleague, from_day=date(2020, 5, 1), by=BY)
    with pytest.raises(errors.CaseDateError):
        assign_worker(
            case=room.case, worker=NamedActor("x", 99), from_day=REPORTED - timedelta(days=1), by=BY
        )


def test_a_worker_who_lost_the_role_sees_nothing(room):
    room.people.social_worker.holdings.update(valid_to=timezone.localdate())
    assert not queries.cases(room.people.reader(room.people.social_worker)).exists()


def test_a_head_of_the_whole_office_supervises_cases_without_unit_too(room):
    loose = make_case(room.people, None, unit_id=None)
    user = open_account("kepala.semua", "Kepala Semua", None, by=BY)
    grant_role(user, "section_head", by=BY)
    assert set(queries.cases(room.people.reader(user))) == {room.case, room.other, loose}


def test_a_head_of_a_place_supervises_nothing(room):
    user = open_account("kepala.tempat", "Kepala Tempat", None, by=BY)
    grant_role(user, "section_head", by=BY, place=room.people.regency)
    assert not queries.cases(room.people.reader(user)).exists()


@pytest.mark.parametrize("day", [REPORTED - timedelta(days=1), TOMORROW])
def test_a_visit_lies_between_the_report_and_today(room, day):
    with pytest.raises(errors.CaseDateError):
        record_visit(case=room.case, visited_on=day, by=BY)


def test_who_works_on_a_case_cannot_close_it(room):
    with pytest.raises(errors.OwnCaseError):
        close_case(case=room.case, closed_on=date(2020, 6, 1), by=room.people.social_worker)
    room.case.refresh_from_db()
    assert room.case.closed_on is None


def test_a_closed_case_takes_nothing_more_and_leaves_its_worker(room):
    case = room.case
    with pytest.raises(errors.CaseDateError):
        close_case(case=case, closed_on=REPORTED - timedelta(days=1), by=room.people.section_head)
    close_case(case=case, closed_on=date(2020, 6, 1), by=room.people.section_head)
    assert case.assignments.get().to_day == date(2020, 6, 2)
    assert case not in queries.cases(room.people.reader(room.people.social_worker))
    assert case in queries.cases(room.people.reader(room.people.section_head))
    for act in (
        lambda: record_visit(case=case, visited_on=date(2020, 5, 1), by=BY),
        lambda: assign_worker(case=case, worker=room.colleague, from_day=date(2020, 5, 1), by=BY),
        lambda: close_case(case=case, closed_on=date(2020, 7, 1), by=room.people.section_head),
    ):
        with pytest.raises(errors.CaseClosedError):
            act()


def test_a_case_is_not_closed_before_its_last_visit(room):
    record_visit(case=room.case, visited_on=date(2020, 9, 9), by=BY)
    with pytest.raises(errors.CaseDateError):
        close_case(case=room.case, closed_on=date(2020, 9, 8), by=room.people.section_head)


def test_a_visit_is_recorded_in_the_browser(room, log_in):
    client = log_in(room.people.social_worker)
    address = reverse("cases:add_visit", args=[room.case.pk])
    answer = client.post(address, {"visited_on": "2020-03-04", "note": "Anak sudah kembali sekolah"})
    assert answer.headers["Location"] == reverse("cases:case", args=[room.case.pk])
    visit = HomeVisit.objects.get(visited_on=date(2020, 3, 4))
    assert (visit.note, visit.recorded_by_id) == ("Anak sudah kembali sekolah", room.people.social_worker.pk)
    assert "Anak sudah kembali sekolah" in client.get(answer.headers["Location"]).content.decode()


def test_a_wrong_day_keeps_what_was_filled_in(room, log_in):
    address = reverse("cases:add_visit", args=[room.case.pk])
    answer = log_in(room.people.social_worker).post(
        address, {"visited_on": "2019-03-04", "note": "Tetap di sini"}
    )
    assert answer.status_code == 422
    assert "Tetap di sini" in answer.content.decode()
    assert HomeVisit.objects.filter(case=room.case).count() == 1


def test_the_superior_assigns_and_closes_in_the_browser(room, log_in):
    client = log_in(room.people.section_head)
    assign = reverse("cases:assign", args=[room.case.pk])
    assert list(client.get(assign).context["form"].fields["worker"].queryset) == [
        room.colleague,
        room.people.social_worker,
    ]
    wrong = client.post(assign, {"worker": room.people.secretary.pk, "from_day": "2020-04-01"})
    assert wrong.status_code == 422
    client.post(assign, {"worker": room.colleague.pk, "from_day": "2020-04-01", "hand_over": "on"})
    assert CaseAssignment.objects.get(case=room.case, to_day=None).worker_id == room.colleague.pk
    client.post(reverse("cases:close", args=[room.case.pk]), {"closed_on": "2020-06-01"})
    room.case.refresh_from_db()
    assert room.case.closed_on == date(2020, 6, 1)


def rows(start=date(2020, 1, 1), end=date(2020, 12, 31)):
    (fact,) = FACTS
    found = list(fact.rows(AsOf(start, end, date(2020, 1, 1), Atlas(date(2020, 1, 1)))))
    assert all(len(row) == len(fact.columns) for row in found)
    return found


def test_a_case_is_a_fact_with_kinds_in_order_and_age_on_the_day_of_the_report(room):
    record_visit(case=room.case, visited_on=date(2020, 12, 31), by=BY)
    places = room.people
    assert rows() == [
        (
            room.case.pk,
            places.village.code,
            places.district.code,
            "Pencabulan dan Penelantaran",
            "female",
            9,
            REPORTED,
            2,
        ),
        (
            room.other.pk,
            places.other_village.code,
            places.other_district.code,
            "Pencabulan dan Penelantaran",
            "female",
            9,
            REPORTED,
            1,
        ),
    ]


def test_a_case_counts_in_a_period_of_its_report_or_of_a_visit(room):
    record_visit(case=room.case, visited_on=date(2021, 1, 4), by=BY)
    assert [(row[0], row[7]) for row in rows(date(2021, 1, 1), date(2021, 12, 31))] == [(room.case.pk, 1)]
    assert rows(date(2022, 1, 1), date(2022, 12, 31)) == []


def test_a_visit_sent_twice_is_recorded_once(room):
    visit = {"visited_on": timezone.localdate(), "note": "Sehat", "by": room.people.social_worker}
    record_visit(case=room.case, **visit)
    with pytest.raises(errors.VisitRecordedError):
        record_visit(case=room.case, **visit)
    record_visit(case=room.case, **visit | {"note": "Sehat, sore hari"})
    assert room.case.visits.filter(visited_on=timezone.localdate()).count() == 2


def test_a_case_closed_by_another_meanwhile_takes_no_visit(room):
    close_case(case=Case.objects.get(pk=room.case.pk), closed_on=timezone.localdate(), by=BY)
    with pytest.raises(errors.CaseClosedError):
        record_visit(case=room.case, visited_on=timezone.localdate(), by=room.people.social_worker)
    with pytest.raises(errors.CaseClosedError):
        close_case(case=room.case, closed_on=timezone.localdate(), by=BY)
