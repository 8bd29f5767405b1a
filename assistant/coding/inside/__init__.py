"""What runs between the program and the code: it takes rights away, then starts the code.

These modules start anew for every run, so they import next to nothing; each takes 1 ms away from
an answer.  They use the standard library alone, and hold no secret: the code may read them.
"""
