"""What an organisation says of a flag on its own desk: that it has seen to it, or that it is to come back on a day.

Public pages know nothing of it: a date that is near is near, whoever has seen it.
"""
