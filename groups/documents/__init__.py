"""Documents: the group's library. Files and links that leads share, each with its versions, rights and review date.

Lives here: Document, Version, who may do what with them, the list, the page, the forms, the guarded download.
May use: groups, groups.search, community (files above all).
Never: opens a file to look inside (files does that at the door), nor serves one without asking `visible_to`.
"""
