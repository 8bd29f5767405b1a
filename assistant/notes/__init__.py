"""A user's own documents: read, cut into passages, indexed on this machine, and quoted.

``notes.open_notes`` is the index; ``attached`` finds its way through what a question brings
along; ``quoting`` puts passages into a prompt and finds the marks of an answer again.  Nothing
here opens a socket.
"""
