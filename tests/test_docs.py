"""What the documents say is true: links lead somewhere, commands and targets exist, settings are the real ones."""

import re

import pytest
from django.core.management import get_commands, load_command_class

from tests.rooms import PACKAGE, ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *PACKAGE.rglob("README.md")])


def label(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_links_lead_somewhere(path):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), f"{label(path)} links to {target}, which is not there."


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_commands_exist(path):
    text = path.read_text(encoding="utf-8")
    commands = get_commands()
    said = re.findall(r"^(?:\.venv/bin/)?sasando ([a-z-]+)", text, re.MULTILINE) + re.findall(
        r"`sasando ([a-z-]+)", text
    )
    for command in said:
        assert command in commands, f"{label(path)} speaks of `sasando {command}`."


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_options_exist(path):
    text = path.read_text(encoding="utf-8")
    for command, rest in re.findall(r"(?:^|`)(?:\.venv/bin/)?sasando ([a-z-]+)([^`\n]*)", text, re.MULTILINE):
        if command in get_commands():
            parser = load_command_class(get_commands()[command], command).create_parser("sasando", command)
            known = {option for action in parser._actions for option in action.option_strings}
            for option in re.findall(r"--[a-z-]+", rest):
                assert option in known, f"{label(path)}: `sasando {command}` has no {option}."


@pytest.mark.parametrize("path", DOCUMENTS, ids=label)
def test_make_targets_exist(path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"(?:^|`)make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{label(path)} speaks of `make {target}`."


def test_settings_are_all_listed():
    operations = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    settings = (PACKAGE / "config/settings.py").read_text(encoding="utf-8")
    used = set(re.findall(r"SASANDO_\w+", settings)) | {"DATABASE_URL"}
    assert used == set(re.findall(r"^\| `(\w+)`", operations, re.MULTILINE)) & used
    assert not set(re.findall(r"`(SASANDO_\w+)", operations)) - used


def test_rooms_are_all_drawn():
    drawn = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    for path in PACKAGE.iterdir():
        if (path / "README.md").exists():
            assert re.search(rf"^{path.name}\b|\| {path.name}\b", drawn, re.MULTILINE), (
                f"{path.name} is not drawn."
            )


def test_decisions_are_numbered_once():
    numbers = [path.name[:4] for path in (ROOT / "docs/adr").glob("0*.md")]
    assert len(numbers) == len(set(numbers))
    for path in (ROOT / "docs/adr").glob("0*.md"):
        assert path.read_text(encoding="utf-8").startswith(f"# {int(path.name[:4])}. ")


def test_no_registry_host_and_no_workplace_path():
    forbidden = re.compile(r"pypi\.org|pythonhosted|registry\.npmjs|deb\.debian|/work/|\.library")
    for path in [
        *DOCUMENTS,
        ROOT / "requirements.lock",
        ROOT / "pyproject.toml",
        ROOT / "Makefile",
        *ROOT.glob("tools/*"),
    ]:
        if path.is_file():
            found = forbidden.search(path.read_text(encoding="utf-8"))
            assert not found, f"{label(path)} names {found.group()}."
