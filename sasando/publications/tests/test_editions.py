"""The steps of an edition, its seal, what breaks it, its errata, and the book from the command line."""

import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from sasando.programmes.actions import correct_delivery, deliver
from sasando.programmes.tests.build import programme
from sasando.publications import actions, build, queries
from sasando.publications.actions import initial_edition, prepare_edition, publish_edition, withdraw_edition
from sasando.publications.errors import (
    BookSettingsError,
    BookTextError,
    DraftChangedError,
    InitialledBeforeError,
    MayNotInitialError,
    NoOfficeError,
    NoSpaceError,
    PreparedYourselfError,
    ReasonMissingError,
    WrongStepError,
    WrongYearError,
)
from sasando.publications.machine import canonical
from sasando.publications.models import Edition, EditionFile, EditionState
from sasando.publications.queries import broken_seals, errata, folder_of_edition, state_of
from sasando.publications.states import TRANSITIONS, may_follow
from sasando.registry.models import Family
from sasando.registry.tests.build import families
from sasando.statistics.models import ReportedCell, ReportedTable
from tests.people import BUILDER


def tree(folder):
    """Every file below a folder, with its content."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }


def rice(desk, count=3):
    """Rice handed to families of the first district."""
    aid = programme()
    return [
        deliver(
            aid,
            recipient=Family.objects.get(pk=one.family_id),
            village=desk.people.village,
            delivered_on=date(2020, 5, 4),
            item="beras",
            amount_idr=80_000,
            by=BUILDER,
        )
        for one in families(desk.people.village, count)
    ]


# the steps


def test_every_state_has_its_transitions():
    assert set(TRANSITIONS) == set(EditionState)
    assert not may_follow(EditionState.DRAFT, EditionState.PUBLISHED)
    assert not any(TRANSITIONS[EditionState.WITHDRAWN])


def test_an_edition_is_prepared_initialled_twice_published_and_sealed(desk):
    edition = prepare_edition(2020, audience="internal", by=desk.planner)
    assert state_of(edition) == EditionState.DRAFT
    assert folder_of_edition(edition) == queries.editions_folder() / "2020-profile-internal-1" / "draft"
    draft = json.loads((folder_of_edition(edition) / "figures.json").read_text())
    assert (draft["sealed"], draft["edition"], draft["office"]) == (None, "internal", "53.14")

    initial_edition(edition, by=desk.division_head, note="Diperiksa")
    initial_edition(edition, by=desk.secretary)
    publish_edition(edition, by=desk.head, paper=("persetujuan.pdf", b"%PDF-1.4 scan"))

    edition.refresh_from_db()
    folder = folder_of_edition(edition)
    assert folder == queries.editions_folder() / "2020-profile-internal-1" / "published"
    published = json.loads((folder / "figures.json").read_text())
    assert published["sealed"] == edition.seal
    assert {k: v for k, v in published.items() if k != "sealed"} == {
        k: v for k, v in draft.items() if k != "sealed"
    }
    assert edition.seal in (folder / "profil-2020.html").read_text()
    steps = [(s.state, s.set_by_name) for s in queries.statuses_of(edition)]
    assert steps == [
        ("draft", "Okta Perencana"),
        ("checked", "Maria Kabid"),
        ("initialled", "Bernad Sekretaris"),
        ("published", "Yohana Kadis"),
    ]
    assert edition.statuses.last().paper == hashlib.sha256(b"%PDF-1.4 scan").hexdigest()
    assert list(broken_seals()) == []
    for file in edition.files.all():
        assert hashlib.sha256((folder / file.name).read_bytes()).hexdigest() == file.digest
    assert {f.name for f in queries.files_of(edition)} >= {
        "profil-2020.pdf",
        "profil-2020.docx",
        "ringkasan-2020.png",
    }


def test_the_seal_is_the_documented_hash(desk, quick):
    edition = desk.published()
    folder = folder_of_edition(edition)
    said = json.loads((folder / "figures.json").read_text())
    del said["sealed"]
    facts = json.loads((folder / "manifest.json").read_text())["facts"]
    frozen = json.loads((folder / "edition.json").read_text())["document"]
    text = hashlib.sha256(canonical(frozen)).hexdigest()
    plain = json.dumps(
        {"facts": facts, "figures": said, "text": text},
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )
    assert edition.seal == "sha256:" + hashlib.sha256(plain.encode()).hexdigest()
    assert edition.text_digest == text
    assert set(facts) >= {"places", "families", "deliveries"}


def test_who_prepared_cannot_publish(desk, quick):
    edition = prepare_edition(2020, audience="public", by=desk.head)
    initial_edition(edition, by=desk.division_head)
    initial_edition(edition, by=desk.secretary)
    before = tree(queries.editions_folder())
    with pytest.raises(PreparedYourselfError, match="Yohana Kadis"):
        publish_edition(edition, by=desk.head)
    assert state_of(edition) == EditionState.INITIALLED
    assert tree(queries.editions_folder()) == before


def test_initials_come_in_their_order_from_two_people(desk, quick):
    edition = prepare_edition(2020, audience="public", by=desk.planner)
    with pytest.raises(MayNotInitialError):
        initial_edition(edition, by=desk.secretary)
    initial_edition(edition, by=desk.division_head)
    with pytest.raises(MayNotInitialError):
        initial_edition(edition, by=desk.division_head)
    with pytest.raises(WrongStepError):
        publish_edition(edition, by=desk.head)
    initial_edition(edition, by=desk.secretary)
    with pytest.raises(WrongStepError):
        initial_edition(edition, by=desk.secretary)
    assert state_of(edition) == EditionState.INITIALLED


def test_nobody_initials_for_two(desk, quick, people):
    edition = prepare_edition(2020, audience="public", by=desk.planner)
    both = BUILDER
    initial_edition(edition, by=both, role="division_head")
    with pytest.raises(InitialledBeforeError):
        initial_edition(edition, by=both, role="secretary")


def test_an_edition_is_withdrawn_with_a_reason_and_keeps_its_files(desk, quick):
    edition = desk.published()
    with pytest.raises(ReasonMissingError):
        withdraw_edition(edition, by=desk.head, note="  ")
    before = tree(folder_of_edition(edition))
    withdraw_edition(edition, by=desk.head, note="Tabel 4 keliru")
    assert state_of(edition) == EditionState.WITHDRAWN
    assert tree(folder_of_edition(edition)) == before
    assert queries.published_edition(2020, "profile", "internal") is None
    assert list(broken_seals()) == []


def test_numbers_count_up_for_each_audience(desk, quick):
    made = [prepare_edition(2020, audience=a, by=desk.planner) for a in ("public", "internal", "public")]
    assert [(e.audience, e.number) for e in made] == [("public", 1), ("internal", 1), ("public", 2)]


def test_what_was_initialled_is_published_whatever_the_records_say_by_then(desk, quick):
    edition = prepare_edition(2020, audience="internal", by=desk.planner)
    initial_edition(edition, by=desk.division_head)
    initial_edition(edition, by=desk.secretary)
    desk.people.office_unit.name = "Dinas Berganti Nama"
    desk.people.office_unit.save()
    families(desk.people.village, 2)
    publish_edition(edition, by=desk.head)
    page = (folder_of_edition(edition) / "profil-2020.html").read_text()
    assert "Berganti" not in page
    assert list(broken_seals()) == []


def test_a_draft_whose_files_were_touched_is_not_published(desk, quick):
    edition = prepare_edition(2020, audience="internal", by=desk.planner)
    initial_edition(edition, by=desk.division_head)
    initial_edition(edition, by=desk.secretary)
    path = folder_of_edition(edition) / "edition.json"
    path.write_text(path.read_text().replace("Segala puji", "Segala duka"))
    with pytest.raises(DraftChangedError):
        publish_edition(edition, by=desk.head)
    path.write_text("{")
    with pytest.raises(DraftChangedError):
        publish_edition(edition, by=desk.head)
    assert state_of(edition) == EditionState.INITIALLED


# the seal


@pytest.mark.parametrize("name", ["figures.json", "edition.json", "manifest.json", "profil-2020.html"])
def test_a_touched_file_is_found(desk, quick, name):
    edition = desk.published()
    path = folder_of_edition(edition) / name
    content = path.read_text()
    changed = (
        content.replace("2020", "2019", 1) if name != "manifest.json" else content.replace('":"', '":"0', 1)
    )
    assert changed != content
    path.write_text(changed)
    found = list(broken_seals())
    assert any(name in sentence for sentence in found)
    if name != "profil-2020.html":
        assert len(found) == 2


def test_a_file_changed_with_its_hash_is_found_by_the_seal(desk, quick):
    edition = desk.published()
    path = folder_of_edition(edition) / "figures.json"
    path.write_text(path.read_text().replace('"year":2020', '"year":2021'))
    EditionFile.objects.filter(edition=edition, name="figures.json").update(
        digest=hashlib.sha256(path.read_bytes()).hexdigest()
    )
    found = list(broken_seals())
    assert len(found) == 1
    assert edition.seal[:10] not in found[0]


def test_a_lost_folder_is_found(desk, quick):
    edition = desk.published()
    shutil.rmtree(folder_of_edition(edition))
    assert len(list(broken_seals())) == edition.files.count() + 1


# nothing half


def test_a_broken_text_names_its_line_and_leaves_the_last_edition(desk, data, quick):
    prepare_edition(2020, audience="public", by=desk.planner)
    before = tree(queries.editions_folder())
    (data / "book").mkdir(parents=True)
    (data / "book/profile.md").write_text('# Judul\n\nPenerima {{ figure("pkh.familie") }} keluarga.\n')
    with pytest.raises(BookTextError, match=r"profile\.md.*3.*pkh\.families"):
        prepare_edition(2020, audience="public", by=desk.planner)
    assert tree(queries.editions_folder()) == before
    assert Edition.objects.count() == 1


def test_an_office_s_own_text_is_used(desk, data, quick):
    (data / "book").mkdir(parents=True)
    (data / "book/profile.md").write_text("# Judul Sendiri\n\nTeks {{ office }} sendiri.\n")
    edition = prepare_edition(2020, audience="public", by=desk.planner)
    assert "Teks Dinas Sosial sendiri." in (folder_of_edition(edition) / "profil-2020.html").read_text()


@pytest.mark.parametrize(
    ("name", "content"), [("book.yaml", "paper: a5"), ("book.yaml", "paper: ["), ("emblem.svg", "x")]
)
def test_broken_settings_are_named(desk, data, quick, name, content):
    (data / "book").mkdir(parents=True)
    (data / "book" / name).write_text(content)
    with pytest.raises(BookSettingsError, match=name):
        prepare_edition(2020, audience="public", by=desk.planner)
    assert not queries.editions_folder().exists() or tree(queries.editions_folder()) == {}


def test_a_full_disk_while_sealing_leaves_the_draft(desk, quick, monkeypatch):
    edition = prepare_edition(2020, audience="internal", by=desk.planner)
    initial_edition(edition, by=desk.division_head)
    initial_edition(edition, by=desk.secretary)
    before = tree(queries.editions_folder())

    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(actions, "write_bytes", full)
    with pytest.raises(NoSpaceError, match=r"penuh|full"):
        publish_edition(edition, by=desk.head)
    assert tree(queries.editions_folder()) == before
    edition.refresh_from_db()
    assert (edition.seal, state_of(edition)) == ("", EditionState.INITIALLED)


def test_an_error_before_commit_leaves_neither_row_nor_folder(desk, quick, monkeypatch):
    def broken(*args):
        raise RuntimeError("in the middle")

    monkeypatch.setattr(actions.os, "replace", broken)
    with pytest.raises(RuntimeError):
        prepare_edition(2020, audience="public", by=desk.planner)
    assert Edition.objects.count() == 0
    assert tree(queries.editions_folder()) == {}


def test_a_number_taken_in_the_same_moment_is_taken_anew(desk, quick, monkeypatch):
    store, calls = actions._store_files, []

    def taken_once(edition, files):
        calls.append(edition.number)
        if len(calls) == 1:
            raise IntegrityError("publications_edition_once")
        store(edition, files)

    monkeypatch.setattr(actions, "_store_files", taken_once)
    edition = prepare_edition(2020, audience="public", by=desk.planner)
    assert calls == [1, 1]
    assert (folder_of_edition(edition) / "figures.json").exists()
    assert Edition.objects.count() == 1


def test_a_folder_left_by_a_build_killed_before_its_commit_is_taken_over(desk, quick):
    left = queries.editions_folder() / "2020-profile-public-1" / "draft"
    left.mkdir(parents=True)
    (left / "half.txt").write_text("half")
    edition = prepare_edition(2020, audience="public", by=desk.planner)
    assert edition.number == 1
    assert not (folder_of_edition(edition) / "half.txt").exists()


SLOW_BUILD = """
import sys, time
from pathlib import Path
from sasando.publications import build
def slow(path, content):
    path.write_bytes(content[:10])
    print("begun", flush=True)
    time.sleep(60)
build.write_bytes = slow
target = Path(sys.argv[1])
with build.part_beside(target) as part:
    build.write_bytes(part / "figures.json", b"x" * 100)
    build.move_into(part, target)
"""


def test_a_killed_build_leaves_no_half_edition_and_the_next_sweeps(tmp_path):
    target = tmp_path / "2020"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "sasando.config.settings"}
    code = f"import django; django.setup()\n{SLOW_BUILD}"
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(target)], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "begun\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert not target.exists()
    left = list(tmp_path.iterdir())
    assert len(left) == 1
    old = time.time() - build.STALE - 10
    os.utime(left[0], (old, old))
    with build.part_beside(target) as part:
        (part / "figures.json").write_text("{}")
        build.move_into(part, target)
    assert [p.name for p in tmp_path.iterdir()] == ["2020"]


# errata


def test_a_corrected_delivery_and_its_reason_stand_on_the_edition(desk, quick):
    handed = rice(desk)
    edition = desk.published()
    assert errata(edition).cells == errata(edition).corrections == ()

    correct_delivery(handed[0], amount_idr=88_000, reason="Salah harga", by=BUILDER)
    found = errata(edition)
    assert [(c.old, c.new, c.reason, c.district) for c in found.corrections] == [
        ("80000", "88000", "Salah harga", "Lobalain")
    ]
    assert not found.is_current

    aid = handed[0].programme
    deliver(
        aid,
        recipient=Family.objects.get(pk=families(desk.people.village, 1, first=50)[0].family_id),
        village=desk.people.village,
        delivered_on=date(2020, 6, 1),
        item="beras",
        amount_idr=80_000,
        by=BUILDER,
    )
    actions.count_errata(edition, by=desk.planner)
    found = errata(edition)
    assert found.is_current
    rows = {(c.table_id, c.row, c.old, c.new) for c in found.cells}
    assert {("t02_relief", "Lobalain", 3, 4), ("t02_relief", "Jumlah", 3, 4)} <= rows
    assert ("", "Keluarga miskin dalam DTKS", 3, 4) in rows
    assert all(c.reasons == ("Salah harga",) for c in found.cells)


def test_counting_again_without_a_change_gives_no_errata(desk, quick):
    rice(desk)
    edition = desk.published()
    assert actions.count_errata(edition, by=desk.planner) == edition.snapshot
    assert errata(edition).cells == ()


# reported tables


def test_an_office_without_any_record_has_an_edition(desk, quick):
    edition = prepare_edition(2021, audience="public", by=desk.planner)
    page = (folder_of_edition(edition) / "profil-2021.html").read_text()
    assert "belum ada satu pun catatan" in page


def test_a_figure_follows_its_reported_table(desk, quick):
    now = timezone.now()
    reported = ReportedTable.objects.create(
        year=2020,
        table_id="t03_pkh",
        kind="table",
        document="Rekap PKH",
        columns=["district", "families", "amount_idr"],
        recorded_at=now,
        recorded_by_name="x",
    )
    for row, cells in enumerate((("Lobalain", "10", "1000000"), ("Rote Timur", "5", "500000"))):
        for column, printed in zip(("district", "families", "amount_idr"), cells, strict=True):
            label = column == "district"
            ReportedCell.objects.create(
                table=reported,
                row=row,
                column=column,
                printed=printed,
                state="label" if label else "number",
                value=None if label else int(printed),
            )
    edition = prepare_edition(2020, audience="public", by=desk.planner)
    said = json.loads((folder_of_edition(edition) / "figures.json").read_text())
    assert {"id": "pkh.families", "value": 15, "unit": "family", "basis": "reported"} in said["figures"]
    table = next(t for t in said["tables"] if t["id"] == "t03_pkh")
    assert (table["basis"], table["totals"]["amount_idr"]) == ("reported", 1_500_000)


# the command


def test_book_writes_a_draft_of_the_public_edition_in_all_formats(desk, tmp_path, capsys):
    folder = tmp_path / "out"
    call_command("book", 2020, to=folder)
    names = {p.name for p in folder.iterdir()}
    assert names == {
        "profil-2020.html",
        "profil-2020.pdf",
        "profil-2020.docx",
        "tables.xlsx",
        "figures.json",
        "datapackage.json",
        "data",
        "ringkasan-2020.pdf",
        "ringkasan-2020.png",
    }
    said = json.loads((folder / "figures.json").read_text())
    assert (said["edition"], said["sealed"]) == ("public", None)
    assert str(folder / "profil-2020.pdf") in capsys.readouterr().out


def test_book_gives_the_same_bytes_again(desk, tmp_path):
    rice(desk)
    for name in ("one", "two"):
        call_command("book", 2020, to=tmp_path / name, edition="internal", verbosity=0)
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_book_gives_the_published_edition_where_there_is_one(desk, tmp_path):
    edition = desk.published()
    families(desk.people.village, 2)
    folder = tmp_path / "out"
    call_command("book", 2020, to=folder, edition="internal", verbosity=0)
    published = tree(folder_of_edition(edition))
    assert tree(folder) == {k: v for k, v in published.items() if k not in ("edition.json", "manifest.json")}
    call_command("book", 2020, to=tmp_path / "few", edition="internal", format="json, pdf", verbosity=0)
    assert sorted(tree(tmp_path / "few")) == ["figures.json", "profil-2020.pdf"]


@pytest.mark.parametrize("year", [1600, 2999, -5])
def test_book_of_a_wrong_year_says_so_and_exits_with_2(desk, tmp_path, year):
    with pytest.raises(CommandError, match=str(year)) as caught:
        call_command("book", "--to", str(tmp_path / "out"), "--", str(year))
    assert caught.value.returncode == 2
    assert not (tmp_path / "out").exists()


def test_book_of_unknown_formats_or_without_an_office_exits_with_2(db, data, tmp_path):
    for options in ({"format": "odt"}, {}):
        with pytest.raises(CommandError) as caught:
            call_command("book", 2020, to=tmp_path / "out", **options)
        assert caught.value.returncode == 2
    with pytest.raises(NoOfficeError):
        prepare_edition(2020, audience="public", by=BUILDER)
    with pytest.raises(WrongYearError):
        prepare_edition(1800, audience="public", by=BUILDER)


def test_verify_proves_the_seals(desk, quick, capsys):
    edition = desk.published()
    call_command("verify")
    (folder_of_edition(edition) / "profil-2020.html").write_text("x")
    with pytest.raises(CommandError):
        call_command("verify")
    assert "profil-2020.html" in capsys.readouterr().err
