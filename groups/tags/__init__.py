"""Tags: the words a group sorts its things by.

Lives here: Tag (of a group, or shared by all), which things carry which, nation tags and who mutes them.
May use: groups, community.
Never: gives away a tag, or how often it is used, beyond what `visible_to` allows.
"""
