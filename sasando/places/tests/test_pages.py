"""The pages of places."""

from sasando.places.models import Place


def test_it_lists_districts(people, log_in):
    response = log_in(people.operator).get("/tempat/")
    assert response.status_code == 200 and "Rote Timur" in response.text


def test_it_takes_any_day_and_forgives_nonsense(people, log_in):
    client = log_in(people.operator)
    assert client.get("/tempat/?on=2020-01-01").status_code == 200
    assert client.get("/tempat/?on=kemarin").status_code == 200


def test_a_place_and_no_place(people, log_in):
    client = log_in(people.operator)
    assert "Oelunggu" in client.get("/tempat/53.14.03.2001/").text
    assert client.get("/tempat/53.14.99/").status_code == 404


def test_the_list_costs_the_same_with_more_villages(people, log_in, django_assert_num_queries):
    client = log_in(people.operator)
    client.get("/tempat/")

    def cost():
        with django_assert_num_queries(7):
            client.get("/tempat/")

    cost()
    Place.objects.bulk_create(
        Place(code=f"53.14.03.{2100 + n}", level="village", parent=people.district, kind="desa")
        for n in range(27)
    )
    cost()
