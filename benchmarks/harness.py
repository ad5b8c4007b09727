"""Timing and printing. Ratios are the result; single times on a shared machine say little."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Wall seconds of some runs of one thing."""

    name: str
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def time_of(
    name: str, work: Callable[[], object], runs: int = 3, before: Callable[[], object] = lambda: None
) -> Timing:
    """Run `work` a few times, `before` untimed each time."""
    seconds = []
    for _ in range(runs):
        before()
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return Timing(name, tuple(seconds))


def compare(ours: Timing, peers: Iterable[Timing]) -> None:
    """Print each peer beside ours: median, spread, and how many times ours it takes."""
    for timing in (ours, *peers):
        ratio = "" if timing is ours else f"   {timing.median / ours.median:6.1f}x ours"
        spread = f"{min(timing.seconds):.3f}..{max(timing.seconds):.3f}"
        print(f"  {timing.name:44} {timing.median:8.3f} s  ({spread}){ratio}")


def growth(name: str, work: Callable[[int], object], sizes: Iterable[int], before=lambda: None) -> None:
    """Print the cost at growing sizes, and per row against the smallest: 1.0 is linear."""
    first = None
    for size in sizes:
        timing = time_of(name, lambda size=size: work(size), runs=3, before=before)
        per_row = timing.median / size
        first = first or per_row
        print(f"  {name:30} {size:>8} rows {timing.median:8.3f} s   {per_row / first:5.2f}x the cost a row")
