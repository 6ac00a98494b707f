"""Files: what people upload, hostile until proven otherwise.

Lives here: StoredFile, the checks at the door (kind by content, pictures drawn anew, archives looked into), what must
be asked before a file is kept, what is written in it, all in a process of its own (`alone`); the malware scan, the
guarded download, the sweep of what nobody holds.
May use: members, limits, jobs.
Never: decides who may see a file. The room that owns it asks its own `visible_to`, then calls `serve`.
"""


class BadFile(ValueError):
    """A file that is not taken. `str(bad)` is the sentence that says why and what to do."""
