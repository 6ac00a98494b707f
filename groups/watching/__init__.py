"""Watching: how much of a group or of a thing in it each member wants to be told.

Lives here: Watch (levels for a group and for a thing in it), who is to be told of something new.
May use: groups, community.
Never: tells anybody who may not see the thing; decides how they are told (that is notifications).
"""
