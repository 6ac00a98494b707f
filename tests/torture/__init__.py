"""Many clients over the three doors, while everything below them is broken on purpose. Longer by hand:

python -m tests.torture --seconds 600 --readers 60 --writers 10 [--postgres]
"""
