"""Drafts: what someone is writing and has not sent, kept for them alone.

Lives here: Draft (one for each member and place, with a sequence number so that a stale tab overwrites nothing).
May use: members, things by name.
Never: is read by anybody but its writer; comes back after it was sent.
"""
