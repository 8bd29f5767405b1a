"""From a problem to a checked solution: ``engine.solve`` is the way in.

It runs the methods of the topic in order, has every draft checked by
``assistant.maths.checking`` and drops a draft with a refuted step or answer.
"""
