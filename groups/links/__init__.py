"""Links: which things speak of which, so that each can say where it is talked about.

Lives here: Link, written with the texts that hold the addresses; what quotes a thing goes out of sight with it.
May use: groups, community.
Never: shows where a thing is talked about to who may not see that place.
"""
