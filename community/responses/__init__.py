"""Responses: what people say about a thing without words of their own: reactions, and bookmarks for later.

Lives here: Reaction (with who), Bookmark (with a reminder), what a thing needs to be responded to (Respondable).
May use: members, notifications, things by name.
Never: counts as points or ranks; knows a thing but by its name and `visible_to`.
"""
