"""The demo: a believable community, invented from end to end. Part of the front door: sees all, imported by none.

Lives here: the people (`people`, `places`), what they wrote (`threads_*`, `talk`), what they shared (`documents`,
`paper`, `drawings`), what went wrong and was put right (`troubles`), the sign-ins, and `play`, which lets it all
happen over a year by the deeds that real people use. `bulk` multiplies it for measurements.
May use: everything.
Never: a real person, school, council or funder; an address outside `.example`; a database that others live in.
"""
