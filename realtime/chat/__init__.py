"""Chat: the live rooms of a group, where people talk in one order for all and everything stays as history.

Lives here: Room and Message, the rooms' pages and permalinks, saying, editing and removing; rooms that leads add, with
hours, an archive and a rule for how long messages are kept; rooms of somebody with leads, with staff, with one other.
May use: groups (Group, policy, search) and community; the browser's part is `static/js/elements/live-room.js`.
Never: sends a frame itself; it publishes inside the deed, and the hub tells whoever follows the room.
"""
