"""Moderation: reports, decisions and the ledger, for anything people make.

Lives here: Moderatable (what can be reported and hidden), Report, Case, Decision with what stands because of it
(Measure), Appeal, Notice (a report from outside), the desk.
May use: members, notifications, live, files.
Never: knows the things it moderates by name; they come down to it by inheriting Moderatable.
"""
