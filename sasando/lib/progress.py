"""A progress bar for long work on a terminal."""

import sys
from collections.abc import Iterable

from tqdm import tqdm


def progress(iterable_or_total: Iterable | int | None, label: str, enabled: bool | None = None) -> tqdm:
    """A bar on standard error: iterate over it, or give a total, use it in `with` and call `.update(n)`.

    None as total is a count without an end. Shown only when standard error is a terminal, unless `enabled`
    says otherwise.
    """
    counts = iterable_or_total is None or isinstance(iterable_or_total, int)
    return tqdm(
        None if counts else iterable_or_total,
        desc=label,
        total=iterable_or_total if counts else None,
        file=sys.stderr,
        disable=None if enabled is None else not enabled,
        dynamic_ncols=True,
    )
