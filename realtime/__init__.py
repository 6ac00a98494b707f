"""Realtime: the top floor. Connections, the hub of each process, and the rooms that are live by nature.

Lives here: the three doors (socket, events, asking), the hub, the connection check, chat.
May use: groups and community.
Never: is imported by the floors below; never decides access itself, it asks `visible_to`.
"""
