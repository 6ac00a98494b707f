"""Files: what people upload, hostile until proven otherwise.

Lives here: StoredFile, the checks at the door, the guarded download.
May use: members, limits, jobs.
Never: decides who may see a file. The room that owns it asks its own `visible_to`, then calls `serve`.
"""
