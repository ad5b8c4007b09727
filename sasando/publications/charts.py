"""Drawings of the book as SVG: bars, maps, the organisation chart. Plain values in, bytes out, always the same.

A drawing is as wide as the text of an A4 page (1 unit is 1 point). Each is explained in words by its `alt`, and the
figures it shows stand in a table beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from sasando.publications.writers import text_width

WIDTH = 440
PIXELS = 4 / 3
"""Pixels in a point: what an SVG without a unit is measured in."""

FONT = "Libertinus Serif, Georgia, serif"
INK, SEA, LONTAR, TINT, HAIR = "#231f1a", "#17495c", "#9a7b3f", "#f1ece0", "#8c8474"
SERIES = (SEA, "#c3a364")
SHADES = ("#e8f0f2", "#cfe0e5", "#aecbd4", "#84b0bd", "#5993a5")
NOT_KNOWN = "#d9d3c6"


@dataclass(frozen=True)
class Series:
    """One row of bars: its name in the legend, a value for each label (None: not known) and what is printed for it."""

    name: str
    values: Sequence[float | int | None]
    texts: Sequence[str]


@dataclass(frozen=True)
class Box:
    """A unit in the organisation chart: its name, who leads it, and the units below."""

    title: str
    holder: str = ""
    below: tuple["Box", ...] = ()
    is_formed: bool = True


@dataclass(frozen=True)
class Spot:
    """A district drawn on a map: outline (an SVG path) or circle, where its name stands, and its class of value."""

    name: str
    text: str
    x: float
    y: float
    path: str = ""
    radius: float = 0
    shade: int | None = None


@dataclass
class _Canvas:
    """Collects the parts of a drawing."""

    parts: list[str] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        anchor="start",
        bold=False,
        fill=INK,
        italic=False,
    ) -> None:
        weight = ' font-weight="bold"' if bold else ""
        style = ' font-style="italic"' if italic else ""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}" fill="{fill}"{weight}{style}>'
            f"{escape(text, quote=False)}</text>"
        )

    def halo_text(self, x: float, y: float, text: str, size: float, *, bold=False) -> None:
        """Text that stays readable on any ground."""
        weight = ' font-weight="bold"' if bold else ""
        common = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="middle"{weight}'
        content = escape(text, quote=False)
        halo = 'fill="none" stroke="#ffffff" stroke-width="3" stroke-linejoin="round"'
        self.parts.append(f"<text {common} {halo}>{content}</text>")
        self.parts.append(f'<text {common} fill="{INK}">{content}</text>')

    def rect(
        self, x: float, y: float, width: float, height: float, fill: str, *, stroke="none", dash=""
    ) -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}" fill="{fill}" '
            f'stroke="{stroke}" stroke-width="0.8"{dashes}/>'
        )

    def line(self, *points: tuple[float, float], dash="") -> None:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{HAIR}" stroke-width="0.9"{dashes}/>'
        )

    def svg(self, height: float, *, view: float = WIDTH) -> bytes:
        width = WIDTH * PIXELS
        shown = height * width / view
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.1f}" height="{shown:.1f}" '
            f'viewBox="0 0 {view:g} {height:.1f}" font-family="{FONT}">'
        )
        return (head + "".join(self.parts) + "</svg>").encode()


def wrap(text: str, width: float, size: float) -> list[str]:
    """The text on lines not wider than `width` at this size of type; a longer word stands alone."""
    lines = [""]
    for word in text.split():
        wish = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(wish) * size > width:
            lines.append(word)
        else:
            lines[-1] = wish
    return lines


def bars(labels: Sequence[str], series: Sequence[Series]) -> bytes:
    """Horizontal bars, one group for each label. Works for no label, for nothing known, and for zeros."""
    canvas = _Canvas()
    size, bar, gap = 8.5, 9 if len(series) > 1 else 11, 6
    label_width = min(150, max((text_width(label) * size for label in labels), default=0) * 1.05 + 6)
    value_width = max((text_width(t) * size for s in series for t in s.texts), default=0) * 1.02 + 6
    room = max(WIDTH - label_width - value_width, 40)
    most = max((float(v) for s in series for v in s.values if v is not None), default=0)
    top = 4.0
    if len(series) > 1:
        x = label_width
        for one, colour in zip(series, SERIES, strict=False):
            canvas.rect(x, top, 8, 8, colour)
            canvas.text(x + 12, top + 7.5, one.name, size)
            x += text_width(one.name) * size * 1.05 + 30
        top += 17
    begin = top
    for index, label in enumerate(labels):
        lines = wrap(label, label_width - 6, size)
        height = max(len(lines) * (size + 1.5), len(series) * (bar + 1))
        first = top + (height - len(lines) * (size + 1.5)) / 2 + size - 0.5
        for number, line in enumerate(lines):
            canvas.text(label_width - 6, first + number * (size + 1.5), line, size, anchor="end")
        y = top + (height - len(series) * (bar + 1)) / 2
        for one, colour in zip(series, SERIES, strict=False):
            value = one.values[index]
            length = room * float(value) / most if value is not None and value > 0 and most > 0 else 0
            canvas.rect(label_width, y, length, bar, colour)
            canvas.text(label_width + length + 4, y + bar - 1.8, one.texts[index], size)
            y += bar + 1
        top += height + gap
    canvas.line((label_width, begin - 2), (label_width, max(top - gap + 2, begin + 2)))
    return canvas.svg(top)


def map_of(spots: Iterable[Spot], width: float, height: float) -> bytes:
    """Districts with their values: outlines shaded by class, or circles whose area is the value."""
    spots = list(spots)
    canvas = _Canvas()
    canvas.rect(0, 0, width, height, "#f7fafb", stroke=HAIR)
    for spot in spots:
        colour = NOT_KNOWN if spot.shade is None else SHADES[min(spot.shade, len(SHADES) - 1)]
        if spot.path:
            canvas.parts.append(f'<path d="{spot.path}" fill="{colour}" stroke="#ffffff" stroke-width="1"/>')
        else:
            canvas.parts.append(
                f'<circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{spot.radius:.1f}" fill="{SEA}" fill-opacity="0.55" '
                f'stroke="{SEA}" stroke-width="1"/>'
            )
    taken: list[tuple[float, float, float, float]] = []
    for spot in spots:
        half = max(text_width(spot.name), text_width(spot.text)) * 12 / 2
        x = min(max(spot.x, half + 3), width - half - 3)
        y = _free(x, spot.y, half, taken, height)
        taken.append((x - half, y - 12, x + half, y + 15))
        canvas.halo_text(x, y, spot.name, 12)
        canvas.halo_text(x, y + 13, spot.text, 12, bold=True)
    return canvas.svg(height, view=width)


def _free(
    x: float, y: float, half: float, taken: list[tuple[float, float, float, float]], height: float
) -> float:
    """The height nearest to `y` at which a name of two lines covers no other."""
    for step in (0, -14, 14, -28, 28, -42, 42, -56, 56, -70, 70):
        at = y + step
        box = (x - half, at - 12, x + half, at + 15)
        inside = box[1] > 2 and box[3] < height - 2
        if inside and not any(
            box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in taken
        ):
            return at
    return y


SIZE = 7.4
LEADING = 9


def organisation(top: Box, staff: Box | None, divisions: Sequence[Box], others: Sequence[Box]) -> bytes:
    """The chart of an office: its head, the secretariat beside, the divisions in a row, groups and units below."""
    canvas = _Canvas()
    middle = WIDTH / 2
    head_width = 170
    height = _box_height(top, head_width)
    canvas_box(canvas, top, middle - head_width / 2, 0, head_width, height, fill=SEA, ink="#ffffff")
    y = height
    if staff:
        y = _secretariat(canvas, staff, middle, y)
    lower = [box for box in others if box]
    begin = y
    if divisions:
        y += 12
        y = _divisions(canvas, divisions, middle, begin, y)
    if lower:
        y += 14
        y = _row_below(canvas, lower, middle, begin, y)
    return canvas.svg(y + 2)


def canvas_box(
    canvas: _Canvas, box: Box, x: float, y: float, width: float, height: float, *, fill=TINT, ink=INK
) -> None:
    """A unit's box: its name in bold, the holder in italics; a unit not yet formed has a dashed border."""
    canvas.rect(x, y, width, height, fill, stroke=SEA, dash="" if box.is_formed else "3 2")
    at = y + LEADING
    for line in wrap(box.title, width - 8, SIZE * 1.08):
        canvas.text(x + width / 2, at, line, SIZE, anchor="middle", bold=True, fill=ink)
        at += LEADING
    for line in wrap(box.holder, width - 8, SIZE) if box.holder else ():
        canvas.text(x + width / 2, at, line, SIZE, anchor="middle", italic=True, fill=ink)
        at += LEADING


def _box_height(box: Box, width: float) -> float:
    lines = len(wrap(box.title, width - 8, SIZE * 1.08))
    lines += len(wrap(box.holder, width - 8, SIZE)) if box.holder else 0
    return lines * LEADING + 6


def _secretariat(canvas: _Canvas, staff: Box, middle: float, top: float) -> float:
    """The secretariat hangs to the right of the line below the head, its sub-sections in a row under it."""
    width = 130
    left = WIDTH - width
    height = _box_height(staff, width)
    y = top + 10
    canvas.line((middle, top), (middle, y + height / 2), (left, y + height / 2))
    canvas_box(canvas, staff, left, y, width, height)
    bottom = y + height
    if staff.below:
        each_gap = 6
        room = WIDTH / 2 - 12
        each = min(90.0, (room - each_gap * (len(staff.below) - 1)) / len(staff.below))
        tallest = max(_box_height(box, each) for box in staff.below)
        row = bottom + 14
        first = WIDTH - each * len(staff.below) - each_gap * (len(staff.below) - 1)
        canvas.line((left + width / 2, bottom), (left + width / 2, row - 7))
        canvas.line((first + each / 2, row - 7), (max(WIDTH - each / 2, left + width / 2), row - 7))
        for index, box in enumerate(staff.below):
            x = first + index * (each + each_gap)
            canvas.line((x + each / 2, row - 7), (x + each / 2, row))
            canvas_box(canvas, box, x, row, each, tallest, fill="#ffffff")
        bottom = row + tallest
    canvas.line((middle, top), (middle, bottom + 8))
    return bottom + 8


def _divisions(canvas: _Canvas, divisions: Sequence[Box], middle: float, begin: float, y: float) -> float:
    gap = 8
    width = min(150.0, (WIDTH - gap * (len(divisions) - 1)) / len(divisions))
    first = middle - (width * len(divisions) + gap * (len(divisions) - 1)) / 2
    tallest = max(_box_height(box, width) for box in divisions)
    canvas.line((middle, begin), (middle, y - 6))
    canvas.line(
        (min(first + width / 2, middle), y - 6),
        (max(first + (len(divisions) - 1) * (width + gap) + width / 2, middle), y - 6),
    )
    end = y + tallest
    for index, division in enumerate(divisions):
        x = first + index * (width + gap)
        canvas.line((x + width / 2, y - 6), (x + width / 2, y))
        canvas_box(canvas, division, x, y, width, tallest)
        at = y + tallest
        for section in division.below:
            height = _box_height(section, width - 10)
            canvas.line((x + 3, at), (x + 3, at + 6 + height / 2), (x + 10, at + 6 + height / 2))
            canvas_box(canvas, section, x + 10, at + 6, width - 10, height, fill="#ffffff")
            at += 6 + height
        end = max(end, at)
    return end


def _row_below(canvas: _Canvas, boxes: Sequence[Box], middle: float, begin: float, y: float) -> float:
    gap = 20
    width = min(170.0, (WIDTH - gap * (len(boxes) - 1)) / len(boxes))
    first = middle - (width * len(boxes) + gap * (len(boxes) - 1)) / 2
    tallest = max(_box_height(box, width) for box in boxes)
    for index, box in enumerate(boxes):
        x = first + index * (width + gap)
        canvas_box(canvas, box, x, y, width, tallest)
    return y + tallest
