"""Tools that a model may ask for: calculate, convert units, run code, search the notes.

None touches the network, or a file outside its own folder.
"""
