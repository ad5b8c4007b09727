"""The house's own rules. Each failure says what to write."""

import ast
import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from sasando.base.privacy import Privacy, privacy_of
from sasando.trail.models import TrailEntry, TrailHead
from tests.rooms import HEIGHT, PACKAGE, ROOT, may_name, room_of

OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("sasando.")]
OPEN_FRAMEWORK_VIEWS = {"set_language"}
"""Views of Django itself that anybody may call: they change a cookie, nothing else."""


def name(model):
    return model._meta.label


def test_rooms_stand_in_one_order():
    command = [str(ROOT / ".venv/bin/lint-imports"), "--no-cache"]
    if not (ROOT / ".venv/bin/lint-imports").exists():
        command = [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as c; c()",
            "--no-cache",
        ]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout[-2000:]


@pytest.mark.parametrize("model", OUR_MODELS, ids=name)
def test_no_key_points_upward(model):
    for field in model._meta.get_fields():
        target = getattr(field, "related_model", None)
        if field.concrete and target and target.__module__.startswith("sasando."):
            own, other = model.__module__.split(".")[1], target.__module__.split(".")[1]
            below = own == other or HEIGHT[other] < HEIGHT[own]
            assert below, f"{name(model)}.{field.name} points up to {other}: keep an id and a name instead."


@pytest.mark.parametrize("model", OUR_MODELS, ids=name)
def test_every_field_has_a_privacy_class(model):
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        declared = privacy_of(field)
        assert isinstance(declared, Privacy), (
            f"{name(model)}.{field.name} has no privacy class: wrap it in public(), internal(), personal() or secret()."
        )


@pytest.mark.parametrize("model", OUR_MODELS, ids=name)
def test_every_model_says_what_a_row_means(model):
    text = model.__doc__ or ""
    assert text.strip() and not text.startswith(f"{model.__name__}("), f"{name(model)} needs a docstring."


@pytest.mark.parametrize("model", OUR_MODELS, ids=name)
def test_who_stands_beside_when(model):
    names = {field.name for field in model._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateTimeField) and field.name.endswith("_at"):
            stem = field.name.removesuffix("_at")
            assert {f"{stem}_by_id", f"{stem}_by_name"} <= names, (
                f"{name(model)}.{field.name} needs {stem}_by_id and {stem}_by_name beside it."
            )


def views(resolver=None, prefix=""):
    """Every page of the application as (address pattern, view)."""
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLResolver):
            yield from views(item, prefix + str(item.pattern))
        elif isinstance(item, URLPattern):
            yield prefix + str(item.pattern), item.callback


def test_every_page_declares_who_may_open_it():
    without = [
        address
        for address, view in views()
        if not hasattr(view, "access_rule") and view.__name__ not in OPEN_FRAMEWORK_VIEWS
    ]
    assert not without, f"Put @requires(...), @signed_in or @open_to_all on the views of: {without}"


def sources(*patterns):
    for pattern in patterns:
        for path in sorted(PACKAGE.rglob(pattern)):
            if "migrations" not in path.parts and "tests" not in path.parts:
                yield path


def test_views_ask_queries_never_models():
    for path in sources("views.py", "views/*.py", "presenters.py", "presenters/*.py"):
        found = re.findall(r"\b[A-Z]\w+\.objects\b", path.read_text(encoding="utf-8"))
        assert not found, (
            f"{path}: {found[0]} in a view has no scope. Ask queries.{{...}}(request.reader, ...)."
        )


def test_views_write_through_actions():
    for path in sources("views.py", "views/*.py"):
        found = re.findall(r"\.(?:save|delete|bulk_create)\(", path.read_text(encoding="utf-8"))
        assert not found, f"{path} writes by itself; an action must do it, so that the trail knows."


def test_no_imports_inside_functions():
    for path in sources("*.py"):
        if path.name == "server.py" and room_of(path) == "config":
            continue  # the web process must load Django after it was spawned
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                assert not inner, f"{path}:{inner[0].lineno} imports inside {node.name}()."


def test_no_signals():
    for path in sources("*.py"):
        assert "django.dispatch" not in path.read_text(encoding="utf-8"), (
            f"{path}: call the function instead."
        )


URL_NAME = re.compile(r"""{%\s*url\s+["'](\w+):|(?:reverse|redirect|reverse_lazy)\(\s*["'](\w+):""")
TEMPLATE_NAME = re.compile(r"""{%\s*(?:include|extends)\s+["'](\w+)/|render\(\s*request,\s*["'](\w+)/""")


@pytest.mark.parametrize("pattern", [URL_NAME, TEMPLATE_NAME], ids=["urls", "templates"])
def test_pages_name_their_own_room_or_a_lower_one(pattern):
    for path in sources("*.py", "*.html"):
        room = room_of(path)
        for match in pattern.finditer(path.read_text(encoding="utf-8")):
            other = match.group(1) or match.group(2)
            assert may_name(room, other), f"{path} names {other}, which stands above {room}."


def test_every_room_has_its_card():
    for room in HEIGHT:
        assert (PACKAGE / room / "README.md").exists(), (
            f"sasando/{room} needs a README.md: nouns, life cycle, nevers."
        )


ROOM_FILES = {
    "__init__", "apps", "models", "states", "rules", "actions", "queries", "facts", "checks", "importers", "worklist",
    "nav", "permissions", "forms", "middleware", "views", "presenters", "errors", "urls", "jobs",
}  # fmt: skip
OWN_FILES = {"base", "lib", "config", "demo", "accounts", "desk", "statistics", "publications"}
"""Rooms whose work is more than records and pages; their READMEs list their further files."""


def test_rooms_have_the_same_shape():
    for room in HEIGHT.keys() - OWN_FILES:
        own = {path.stem for path in (PACKAGE / room).glob("*.py")}
        assert own <= ROOM_FILES, f"sasando/{room}: {sorted(own - ROOM_FILES)} is no file of a room's shape."


def test_own_files_are_listed_in_the_card():
    for room in OWN_FILES - {"lib", "base"}:
        card = (PACKAGE / room / "README.md").read_text(encoding="utf-8")
        for path in (PACKAGE / room).glob("*.py"):
            known = path.stem in ROOM_FILES or path.name in card
            assert known, f"sasando/{room}/README.md does not say what {path.name} is for."


def test_trail_stays_for_investigation():
    for path in sources("*.py"):
        if room_of(path) in ("trail", "config", "statistics", "desk"):
            continue
        text = path.read_text(encoding="utf-8")
        assert not any(model.__name__ in text for model in (TrailEntry, TrailHead)), (
            f"{path} reads the trail. A status people work with is a dated row of its own."
        )
