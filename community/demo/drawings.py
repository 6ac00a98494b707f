"""Pictures for posts, drawn here: plans and charts, never people."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

PAPER, INK, SOFT = "#fbfaf7", "#23302f", "#8a9694"
TEAL, AMBER, PLUM, SLATE = "#2f7f79", "#c98a2b", "#8a4a78", "#5b6b7d"
SIZE = (1200, 640)

Pen = ImageDraw.ImageDraw


def draw(name: str) -> bytes:
    """The PNG of one of the drawings below."""
    picture = Image.new("RGB", SIZE, PAPER)
    DRAWINGS[name](ImageDraw.Draw(picture))
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def _write(pen: Pen, at: tuple[int, int], text: str, size: int = 28, colour: str = INK) -> None:
    pen.text(at, text, fill=colour, font=ImageFont.load_default(size))


def hall(pen: Pen) -> None:
    """The plan of a hall with a low ceiling."""
    pen.rectangle((120, 110, 1080, 540), outline=INK, width=6)
    for x in range(180, 1040, 140):
        pen.line((x, 110, x + 90, 110), fill="#7fb4d6", width=14)
    pen.line((130, 536, 1070, 536), fill=PLUM, width=14)
    pen.rectangle((940, 160, 1080, 490), fill="#e8e2d4", outline=INK, width=3)
    _write(pen, (960, 300), "stage")
    _write(pen, (440, 60), "windows (north)", colour="#3d7396")
    _write(pen, (440, 556), "curtains (south)", colour=PLUM)
    _write(pen, (160, 140), "12 m x 8 m, ceiling 2.4 m, tiled floor", 26, SOFT)
    for row in range(4):
        for seat in range(7):
            x, y = 220 + seat * 90, 230 + row * 70
            pen.ellipse((x, y, x + 26, y + 26), fill=TEAL)


def stations(pen: Pen) -> None:
    """Three stations, of which one plays at full sound."""
    for number, (x, name, what, colour) in enumerate(
        [
            (60, "Play", "10 children, full sound", TEAL),
            (440, "Buzz", "9 children, mouthpieces", AMBER),
            (820, "Clap", "9 children, rhythm cards", SLATE),
        ],
        1,
    ):
        pen.rounded_rectangle((x, 150, x + 320, 430), 24, outline=colour, width=8)
        _write(pen, (x + 30, 180), f"{number}. {name}", 46, colour)
        _write(pen, (x + 30, 260), what, 24)
    for x in (384, 764):
        pen.line((x, 290, x + 52, 290), fill=INK, width=6)
        pen.polygon([(x + 52, 278), (x + 52, 302), (x + 70, 290)], fill=INK)
    _write(pen, (60, 60), "Move on every seven minutes", 36)
    _write(pen, (60, 480), "Only station 1 is loud. The adult stands between 1 and 2, back to the curtains.", 26, SOFT)


def _bars(pen: Pen, title: str, bars: list[tuple[str, int, str]]) -> None:
    _write(pen, (60, 40), title, 34)
    step = 1080 // len(bars)
    for number, (name, value, colour) in enumerate(bars):
        x, top = 80 + number * step, 520 - value * 7
        pen.rectangle((x, top, x + step - 60, 520), fill=colour)
        _write(pen, (x, top - 42), f"{value} %", 30)
        _write(pen, (x, 536), name, 24)
    pen.line((60, 520, 1140, 520), fill=INK, width=4)


def carry_on(pen: Pen) -> None:
    """How many carry on after whole-class, by what the school did."""
    _bars(
        pen,
        "Still learning a term after whole-class, by what the school did",
        [
            ("nothing more", 9, SLATE),
            ("letter home", 12, SLATE),
            ("instrument stays", 27, AMBER),
            ("band in week 1", 38, TEAL),
            ("both", 51, PLUM),
        ],
    )


def repertoire(pen: Pen) -> None:
    """A repertoire audit, before and a year after."""
    _bars(
        pen,
        "Pieces in concert programmes by a woman or a composer from the global majority",
        [("autumn", 11, SLATE), ("spring", 14, SLATE), ("summer", 23, AMBER), ("a year on", 34, PLUM)],
    )


def labels(pen: Pen) -> None:
    """How ukuleles are labelled by fault."""
    _write(pen, (60, 40), "Fault tags for the ukulele trolley", 36)
    tags = [
        ("green", "new string", TEAL),
        ("yellow", "peg slips", AMBER),
        ("purple", "crack or bridge", PLUM),
        ("grey", "beyond repair: parts", SLATE),
    ]
    for number, (name, what, colour) in enumerate(tags):
        y = 140 + number * 115
        pen.rounded_rectangle((60, y, 300, y + 84), 16, fill=colour)
        pen.ellipse((76, y + 30, 100, y + 54), fill=PAPER)
        _write(pen, (124, y + 22), name, 34, PAPER)
        _write(pen, (340, y + 22), what, 34)


def map_of_days(pen: Pen) -> None:
    """A rota with the travel between schools shaded."""
    _write(pen, (60, 36), "One tutor's Tuesday: teaching, travel and lunch", 36)
    parts = [
        ("school A", 95, TEAL),
        ("25 min", 25, SLATE),
        ("school B", 60, TEAL),
        ("lunch", 30, AMBER),
        ("20 min", 20, SLATE),
        ("school C", 80, TEAL),
        ("35 min", 35, SLATE),
        ("band", 60, PLUM),
    ]
    x = 60.0
    for name, minutes, colour in parts:
        width = minutes * 1080 / 405
        pen.rectangle((x, 200, x + width - 4, 400), fill=colour)
        _write(pen, (int(x) + 6, 415 if minutes < 40 else 285), name, 24, INK if minutes < 40 else PAPER)
        x += width
    _write(pen, (60, 500), "4 h 55 min with pupils, 1 h 20 min in the car, 30 min for lunch", 28, SOFT)


DRAWINGS: dict[str, Callable[[Pen], None]] = {
    "hall": hall,
    "stations": stations,
    "carry-on": carry_on,
    "repertoire": repertoire,
    "labels": labels,
    "rota": map_of_days,
}
