"""From what one line says to the parts that numbers are made of.

A part that a line says nothing of is not there; one that it says to be none of is there and zero. So it can be told later
whether nobody gave up in the queue, or nobody knows.
"""
