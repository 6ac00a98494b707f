"""What some discussions have beside their text, as their kind allows: deadlines, sections, documents, requests."""

from __future__ import annotations

from community.demo.script import Shape

SHAPES = {
    "Self-assessment window opens 5 January": Shape(asks=True, pinned=26),
    "Progression grid, beginner to grade-3 standard, all families": Shape(paper="grid"),
    "Induction checklist for new tutors, version 3": Shape(paper="induction"),
    "Access rider template for freelance tutors": Shape(paper="rider"),
    "Data dictionary: 64 terms, agreed at the June meeting": Shape(paper="dictionary"),
    "Festival of massed singing: the four places and the song": Shape(opens=6),
    "Curriculum draft: section 4, composing and technology": Shape(
        closes=11,
        sections=(
            (
                "Is Year 3 right, early or late?",
                "The draft says: *From Year 3, every pupil composes with technology.*",
            ),
            (
                "What you would need to do it well",
                "Devices, software, time, training: be specific. Numbers help us more than adjectives.",
            ),
            ("What the text should say instead", "One sentence that could be printed as it stands."),
        ),
    ),
    "Draft 4: what is still open": Shape(
        closes=-4,
        sections=(
            ("Singing: “daily” or “regularly”?", "Section 2 of the draft: *Every child sings daily.*"),
            ("Training time: do we name a figure?", "Section 4 of the draft: *Teachers are given time to train.*"),
            ("Assessment: keep the example?", "Section 6 of the draft, the box on the second page."),
        ),
    ),
}
