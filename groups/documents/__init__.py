"""Documents: the group's library. Files, links and pages that leads share, each with its versions, rights and review.

Lives here: Document, Version, the text of a page, comments, who may do what with them, the list, the page, the forms,
the guarded download.
May use: groups, groups.search, groups.watching, community (files above all).
Never: opens a file to look inside (files does that at the door), nor serves one without asking `visible_to`.
"""
