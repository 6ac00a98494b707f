"""Search: one index over everything groups hold.

Lives here: the index, its two backends (SQLite FTS5, PostgreSQL full text), the results page.
May use: groups, community.
Never: shows or counts what `visible_to` does not give; the permission is inside the query.
"""
