"""Parts of the service fail: real servers are killed, frozen and restarted, and everything else goes on.

Every protection is shown once to be one: with it off (tests/faults/careless.py), the same fault does harm.
"""
