"""Threads: what a group talks about, in numbered posts.

Lives here: Thread, Post and what hangs on a post (Revision, PostFile), how far each member has read (ReadMark),
where posts stood before they were moved (Trace).
May use: groups and its search, community.
Never: shows a text that was hidden or removed; a post keeps its place and its number, and says what happened.
"""
