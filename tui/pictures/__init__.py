"""Formulas as pictures, on terminals with the graphics of Kitty or with Sixel.

On the screen a picture is text: each of its cells is a private character of its own (``cells``).
So Textual lays pictures out, scrolls them, cuts them off and covers them as it does with all text,
and knows nothing of them.  On the way to the terminal (``output``) each run of such characters is
put into what this terminal draws (``kitty``, ``sixel``), in the colours that the text would have.
"""
