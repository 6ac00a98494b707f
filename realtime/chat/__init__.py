"""Chat: a group's live room, where people talk in one order for all and everything stays as history.

Lives here: Room and Message, the room's page and its permalinks, saying, editing and removing.
May use: groups (Group, policy, search) and community; the browser's part is `static/js/elements/live-room.js`.
Never: sends a frame itself; it publishes inside the deed, and the hub tells whoever follows the room.
"""
