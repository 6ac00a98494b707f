"""Notifications: what someone should know, in a tray.

Lives here: Notification, `notify`, the tray.
May use: members, live.
Never: keeps a title or a text. What is shown comes from the thing itself through `visible_to`, so nothing leaks.
"""
