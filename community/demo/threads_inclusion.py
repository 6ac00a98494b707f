"""Threads of Diversity, equity and inclusion."""

from __future__ import annotations

from community.demo.script import Said, Talk

TALKS = [
    Talk(
        "inclusion",
        "discussion",
        "Repertoire audit: what changed after a year?",
        84,
        "10:10",
        "dei-chair",
        """A year ago nine of us counted what was played in our concerts: who wrote it, when, and who chose it. We said that we would look again after a year, whatever came out. So here it is.

It moved. It moved *late*, after the summer, when the new music had been bought **and** rehearsed. If you measure after one term you will conclude that nothing works.

What changed in your place, and what did it cost?""",
        [
            Said(
                "dei-chair",
                "15m",
                "The figures for all nine of us together.",
                picture="repertoire",
                alt="Bar chart of pieces in concert programmes by a woman or a composer from the global majority: autumn"
                " 11 per cent, spring 14, summer 23, a year on 34.",
            ),
            Said(
                "singing-lead",
                "1d",
                """Choirs moved first, because choir music is cheap and quickly learned. Our orchestra is still where it was. A set of parts costs what a term of coaching costs.""",
            ),
            Said(
                "service-head-north",
                "5h",
                """What helped: we gave each ensemble leader a *budget line*, not a list. Lists annoy people. With a budget they found things that I had never heard of.

What did not help: an "inclusive concert" in March. The players asked what the other concerts were, then.""",
            ),
            Said(
                "inclusion-lead",
                "2d",
                """Also count **who chose**. In our first audit every single piece was chosen by the conductor. Now a third are chosen by players. That changed the list more than any policy.""",
            ),
            Said(
                "woodwind-peri",
                "1d",
                """From inside the music stand: nobody complained. Two people said "at last". One asked for more Haydn, and got it.""",
            ),
            Said(
                "mat-music-lead",
                "3d",
                """Schools ask for the *stories*, one side of paper on each composer, for children. Could we share the writing?""",
            ),
            Said(
                "dei-chair",
                "1d",
                """Yes: case-study template in Documents. Four paragraphs, own words, no pictures of living people without asking them. Next count in a year.""",
            ),
        ],
    ),
    Talk(
        "inclusion",
        "question",
        "One-handed recorder for a Year 4 whole-class group: loan or buy?",
        45,
        "12:40",
        "brass-peri@ashgrove-lane",
        """A pupil in the class that starts recorders in January plays with one hand. I would like them to start with everyone else and on the same day, with an instrument that is *theirs*.

Loan or buy? How long does it take? And what do I need to know as a teacher who has never taught one?""",
        [
            Said(
                "inclusion-lead",
                "1h",
                """**Loan first**, then buy when you know left or right hand, and how big the hand is. There are lending schemes; they answer within a fortnight. Ask *now* for January.

As a teacher:

- The fingerings differ. Learn them yourself, for a week, with one hand in your pocket.
- Notation is the same. So are the jokes about squeaking.
- Do not make a speech. Hand it out with the others.""",
            ),
            Said(
                "school-lead-special",
                "1d",
                """Ours arrived with a stand as well. Ask if one is needed; a neck strap can pull the head down. Try it sitting *and* standing.""",
            ),
            Said(
                "brass-peri@ashgrove-lane",
                "4h",
                """Is it too eager to ask the pupil and the family what they want, before I order anything?""",
            ),
            Said("inclusion-lead", "30m", """It is the only right order. I should have put it first."""),
            Said(
                "brass-peri@ashgrove-lane",
                "9d",
                """Asked. They want the *same colour* as their friend's. The loan arrives on Thursday, and the colour is possible. I have been practising with one hand in my pocket, and dropped it on a cat.""",
            ),
            Said(
                "service-head-north",
                "1d",
                """We have put two into our stock, left and right, so that the next person need not wait. If anybody nearby needs one in a hurry: ring the office.""",
            ),
        ],
    ),
    Talk(
        "inclusion",
        "question",
        "Handling a parent complaint about inclusive repertoire",
        26,
        "18:05",
        "brass-peri",
        """A parent objects in writing to one song in our winter concert, because of who wrote it. The head teacher is inclined to drop the song "to keep the peace". The children have rehearsed it for six weeks. I am the visiting teacher and not on the staff. What would you do?""",
        [
            Said(
                "mat-music-lead",
                "2h",
                """As the person who answers such letters in a trust: it is the school's complaint, not the tutor's. Use the school's procedure, in its order. It says *acknowledge*, *meet*, *decide*, and it never says *drop the song first*.""",
            ),
            Said(
                "workforce-chair",
                "1h",
                """And tell your own line manager today. Not because you did something wrong, but because you should not carry it alone.""",
            ),
            Said(
                "inclusion-lead",
                "14h",
                """What I would say to the head, kindly: if the song goes, somebody in that choir learns something about themselves from it. We cannot know who. That is why we do not decide it by the number of letters.""",
            ),
            Said(
                "woodwind-peri",
                "3h",
                """Honestly, half of these people just want attention and should be told where to go.""",
                key="sharp",
            ),
            Said(
                "singing-lead",
                "2h",
                """I would put it less sharply: most people who write want to be *heard*. An honest hour with the teacher and a copy of the words has solved all three cases that I have had.""",
                to=5,
            ),
            Said(
                "service-head-north",
                "1d",
                """Our wording, for the acknowledgement:

> Thank you for telling us. The programme was chosen for its music and for what it teaches. We would be glad to show you how the song is used. Your child may step out of one song without giving a reason; the song stays for the others.""",
            ),
            Said(
                "brass-peri",
                "4d",
                """I asked. The song stayed. The parent came, read the words, and stood in the second row. Thank you.""",
                is_nameless=True,
            ),
        ],
        is_nameless=True,
    ),
    Talk(
        "inclusion",
        "resource",
        "Access rider template for freelance tutors",
        112,
        "09:30",
        "inclusion-lead",
        """An access rider is one page that says what you need to do your job well, so that you need not ask again in every school. The template is in Documents, with three invented examples.

It is for tutors with and without a diagnosis. Nobody has to prove anything. Schools tell us that they *prefer* it: they would rather read a page than guess.""",
        [
            Said(
                "woodwind-peri",
                "1d",
                """I wrote one in ten minutes: no flickering light, a chair with a back, a room that I can find without asking three people. Nothing on it was expensive. I had put up with all of it for nine years.""",
            ),
            Said(
                "school-lead-special",
                "3h",
                """Please add a line for *communication*: ring, write, or come and find me. It is the one that we get wrong.""",
            ),
            Said(
                "workforce-chair",
                "1d",
                """We now send it with every contract, blank, with a sentence: "if you would like to". About a third come back filled in.""",
            ),
            Said("inclusion-lead", "2d", """Line added, version 2 is up. A third! I had hoped for a tenth."""),
        ],
    ),
    Talk(
        "inclusion",
        "announcement",
        "Self-assessment window opens 5 January",
        9,
        "09:00",
        "dei-chair",
        """The workbook for this year's self-assessment is in Documents. The window opens on **5 January** and closes at the end of that month.

- Do it with three people from different jobs, not alone.
- Score what *is*, not what is planned. Plans have their own column.
- Nobody sees your scores but you. We publish only how many took part.

There is a drop-in for questions in the live room in the first week of term. Please say below that you have read this, so that I know whom to ring.""",
        [
            Said(
                "service-head-north",
                "3h",
                """We did last year's with a caretaker, a trumpet teacher and a governor. Best two hours of the year. Recommended.""",
            ),
            Said("singing-lead", "1d", """Is the question on *faith* still the one with the double negative?"""),
            Said("dei-chair", "2h", """It is not. It took a meeting, but it is not."""),
            Said(
                "school-lead-special",
                "1d",
                """Could there be a version for schools? Half of the questions assume that one has "a workforce strategy".""",
            ),
        ],
        is_pinned=True,
    ),
    Talk(
        "inclusion",
        "discussion",
        "Music in alternative provision: relationships before repertoire",
        69,
        "13:35",
        "school-lead-special",
        """I teach two afternoons a week in a unit for young people who are out of school. For the first month I taught **nothing**. I tuned guitars, badly, in the corner, until someone told me that it was flat.

That sentence was the first lesson. I would like to collect what works there, because nearly everything that I was trained to do did not.""",
        [
            Said(
                "inclusion-lead",
                "1d",
                """- Same day, same time, same adult. That is the curriculum for the first half-term.
- Never take the headphones away. Ask what is on them.
- Finish something every time, even if it lasts eleven seconds.""",
            ),
            Said(
                "brass-peri",
                "5h",
                """I was sent for one day with trumpets. Trumpets are the wrong thing to bring to people who have been shouted at. I came back with a loop pedal and it was a different day.""",
                key="trumpets",
            ),
            Said(
                "mat-music-lead",
                "2d",
                """How do you *evidence* this? My board asks, and "he stayed in the room" does not fit into a cell.""",
            ),
            Said(
                "school-lead-special",
                "3h",
                """It does, if you let it. We record three things, weekly, in our words and theirs: *came in, stayed, made something*. After a term the line goes up, and that line persuaded our governors better than any grade.""",
            ),
            Said("dei-chair", "1d", """"Came in, stayed, made something." I would like that on a wall."""),
            Said(
                "workforce-chair",
                "2d",
                """For those who manage people who do this work: pay for supervision. The tutors carry things home.""",
            ),
        ],
    ),
]
