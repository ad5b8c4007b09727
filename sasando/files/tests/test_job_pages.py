"""The pages of long jobs: only for who asked, with and without JavaScript."""

import pytest
from django.urls import reverse
from django.utils import timezone

from sasando.files.models import Job
from sasando.files.states import JobState
from sasando.trail.actions import digest_of_rows


@pytest.fixture
def job_of(people):
    def make(user, label="Kunci data 2020", **said):
        return Job.objects.create(
            kind="count",
            label=label,
            key=digest_of_rows([user.pk, label]),
            language="id",
            recorded_at=timezone.now(),
            recorded_by_id=user.pk,
            recorded_by_name=str(user),
            **said,
        )

    return make


def pages(job):
    return [reverse("files:job", args=[job.pk]), reverse("files:progress", args=[job.pk])]


def test_only_who_asked_sees_a_job(people, job_of, log_in):
    job = job_of(people.secretary)
    for page in pages(job):
        assert log_in(people.secretary).get(page).status_code == 200
        assert log_in(people.operator).get(page).status_code == 404
    assert "Kunci data 2020" in log_in(people.secretary).get(reverse("files:jobs")).text
    assert "Kunci data 2020" not in log_in(people.operator).get(reverse("files:jobs")).text


def test_a_stranger_is_asked_to_log_in(client, people, job_of):
    for page in [*pages(job_of(people.secretary)), reverse("files:jobs")]:
        assert client.get(page).status_code == 302


def test_an_open_job_asks_again_by_itself_and_by_hand(people, job_of, log_in):
    job = job_of(people.secretary, state=JobState.RUNNING, done=3, total=10, text="Membaca catatan")
    page, fragment = pages(job)
    text = log_in(people.secretary).get(page).text
    assert f'hx-get="{fragment}"' in text
    assert f'<a href="{page}">' in text
    assert "Membaca catatan" in text
    part = log_in(people.secretary).get(fragment, headers={"HX-Request": "true"}).text
    assert f'hx-get="{fragment}"' in part
    assert "<html" not in part


def test_a_finished_job_leads_to_its_result_and_asks_no_more(people, job_of, log_in):
    job = job_of(people.secretary, state=JobState.DONE, result_url="/statistik/2020/", text="Membaca")
    for page in pages(job):
        text = log_in(people.secretary).get(page).text
        assert 'href="/statistik/2020/"' in text
        assert "hx-get" not in text and "Membaca" not in text


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.ABANDONED])
def test_a_job_that_was_not_done_says_why(people, job_of, log_in, state):
    job = job_of(people.secretary, state=state, error="Tahun 2020 tertutup.", text="Membaca")
    text = log_in(people.secretary).get(pages(job)[0]).text
    assert "Tahun 2020 tertutup." in text
    assert "hx-get" not in text and "Membaca" not in text


def test_opening_the_page_is_seeing_the_end(people, job_of, log_in):
    job = job_of(people.secretary, state=JobState.RUNNING)
    client = log_in(people.secretary)
    home = reverse("desk:home")
    assert pages(job)[0] in client.get(home).text
    client.get(pages(job)[0])
    Job.objects.update(state=JobState.DONE)
    assert pages(job)[0] in client.get(home).text
    log_in(people.operator).get(pages(job)[0])
    assert pages(job)[0] in client.get(home).text
    client.get(pages(job)[1])
    assert pages(job)[0] not in client.get(home).text


def test_the_list_costs_the_same_with_many_jobs(people, job_of, log_in, django_assert_max_num_queries):
    client, page = log_in(people.secretary), reverse("files:jobs")
    assert client.get(page).status_code == 200
    costs = []
    for count in (3, 27):
        for _ in range(count):
            job_of(people.secretary, label=f"Kunci {Job.objects.count()}", state=JobState.DONE)
        with django_assert_max_num_queries(30) as captured:
            client.get(page)
        costs.append(len(captured))
    assert costs[0] == costs[1]
