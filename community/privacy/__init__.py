"""What is held: a person's own copy, the one with which staff answer a request, erasing, and how long what is kept.

Lives here: `holdings` (every key that points to a person, given or not given, with why), `copy` (the zip), `erasure`
(with `erasing`, its pieces, `needed`, `removal` and `echoes`), `keeping` (every class of things with its period) and
`retention`, which lets them go; `models`: the copy that somebody asked for, until it was kept for some days.
May use: every room of this floor, and the tables of all rooms by name.
Never: keeps a copy that it made for staff, or erases what an open report or appeal needs.
"""
