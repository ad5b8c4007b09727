"""Loaded before Django: the suite runs in an empty data folder of its own, with keys of its own."""

import os
import tempfile
from pathlib import Path

from sasando.base.encryption import new_key_file

DATA = Path(tempfile.mkdtemp(prefix="sasando-tests-"))
os.environ["SASANDO_DATA"] = str(DATA)
os.environ.setdefault("SASANDO_POOL", "0")
new_key_file(DATA / "keys.json")
(DATA / "static").mkdir()
