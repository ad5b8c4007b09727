"""Pages are closed until they say for whom they are open, and reading never writes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpResponse

from sasando.accounts.actions import grant_role
from sasando.accounts.reader import AccountReader
from sasando.base.access import requires, signed_in
from sasando.base.permissions import LABELS, Permission
from sasando.base.readonly import ReadOnlyGetMiddleware, WriteOnReadError, refuse_writes
from tests.people import BUILDER


@requires(Permission.SEE_BUDGET)
def page(request):
    return HttpResponse("ok")


@signed_in
def own_page(request):
    return HttpResponse("ok")


def request_of(rf, user):
    request = rf.get("/x/?y=1")
    request.user, request.reader = user, AccountReader(user) if user.is_authenticated else None
    return request


def test_a_stranger_is_sent_to_log_in(rf):
    response = page(request_of(rf, AnonymousUser()))
    assert response.status_code == 302 and response.url.endswith("next=/x/%3Fy%3D1")


def test_only_who_holds_the_permission_gets_in(rf, people):
    assert page(request_of(rf, people.treasurer)).status_code == 200
    with pytest.raises(PermissionDenied):
        page(request_of(rf, people.operator))


def test_everyone_with_an_account_gets_to_their_own_page(rf, people):
    assert own_page(request_of(rf, people.operator)).status_code == 200


def test_every_permission_has_its_words():
    assert LABELS.keys() == set(Permission)


def test_reading_pages_cannot_write(people):
    with connection.execute_wrapper(refuse_writes), pytest.raises(WriteOnReadError):
        people.operator.save()


def test_reading_pages_can_read(people):
    with connection.execute_wrapper(refuse_writes):
        people.operator.refresh_from_db()


@pytest.mark.parametrize("method", ["get", "head", "options", "trace"])
def test_what_needs_no_token_cannot_write(people, rf, method):
    request = getattr(rf, method)("/x/")
    request.user, request.reader = people.operator, AccountReader(people.operator)

    @signed_in
    def writing(request):
        people.operator.save()
        return HttpResponse("ok")

    with pytest.raises(WriteOnReadError):
        ReadOnlyGetMiddleware(lambda request: None).process_view(request, writing, (), {})


@pytest.mark.parametrize(
    "address", ["/tempat/%00/", "/bantuan/program/x%00/", "/kinerja/2020/angka/isi/?figure=%00"]
)
def test_a_nul_in_an_address_leads_nowhere(people, log_in, address):
    grant_role(people.secretary, "planner", by=BUILDER)
    assert log_in(people.secretary).get(address).status_code == 404
