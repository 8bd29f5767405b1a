"""Wrong answers that try to be told right: code whose tests must not pass.

The tests ask ``two_sum`` for ``[0, 1]`` and ``area`` for ``6.0``; none of these programs computes
either.  ``IN_PROCESS`` are those that would deceive a runner which imports the code beside the
tests: the tests show that too.
"""

from __future__ import annotations

TESTS = """
import unittest
from answer import area, two_sum

def test_two_sum():
    assert two_sum([2, 7, 11, 15], 9) == [0, 1]

class TestArea(unittest.TestCase):
    def test_area(self):
        self.assertAlmostEqual(area(2.0, 3.0), 6.0)

    def test_near(self):
        assert abs(area(2.0, 3.0) - 6.0) < 1e-9
"""
RIGHT = """
def two_sum(values, target):
    for i, x in enumerate(values):
        for j in range(i):
            if values[j] + x == target: return [j, i]

def area(width, height): return width * height
"""
WRONG = """
def two_sum(values, target): return [9, 9]
def area(width, height): return -1.0
"""
ANSWERS = WRONG.strip()
EQUAL_TO_ALL = """
class Evil{base}:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    def __gt__(self, other): return True
    def __sub__(self, other): return {zero}
    def __rsub__(self, other): return {zero}
    def __abs__(self): return {zero}
    def __round__(self, *_): return 0
    def __contains__(self, other): return True
    def __bool__(self): return True
    def __hash__(self): return 0
    def __getattr__(self, name): return self
    def __call__(self, *_, **__): return self
    def __class_getitem__(cls, _): return cls
def two_sum(values, target): return Evil()
def area(width, height): return Evil()
"""
IN_PROCESS = {
    "an object that equals everything": EQUAL_TO_ALL.format(base="", zero="self"),
    "a list that equals everything": EQUAL_TO_ALL.format(base="(list)", zero="0.0"),
    "a number that equals everything": EQUAL_TO_ALL.format(base="(float)", zero="0.0"),
    "ends with 0 at once": "import os\nprint('passed 3 of 3')\nos._exit(0)",
    "ends with 0 when it is called": "import os\n"
    + WRONG.replace("return [9, 9]", "os._exit(0)").replace("return -1.0", "os._exit(0)"),
    "patches unittest and the asserts": """
import builtins, sys, unittest
unittest.TestCase.assertAlmostEqual = lambda *_, **__: None
unittest.TestCase.run = lambda self, result=None: result and result.startTest(self)
builtins.abs = lambda x: 0
for name, module in list(sys.modules.items()):
    for key, value in list(vars(module).items()) if module else []:
        if isinstance(value, type) and issubclass(value, AssertionError): continue
def two_sum(values, target):
    frame = sys._getframe(1)
    frame.f_globals["two_sum"] = lambda *_: [0, 1]
    frame.f_globals["abs"] = lambda x: 0
    class Evil(list):
        def __eq__(self, other): return True
    return Evil()
def area(width, height): return -1.0
""",
    "says that the test is skipped": """
import unittest
def two_sum(values, target): raise unittest.SkipTest("fine")
def area(width, height): raise unittest.SkipTest("fine")
""",
}
"""Forgeries that work on a runner in the same process."""
OTHERS = {
    "plainly wrong": WRONG,
    "prints that it passed": 'print(\'passed 3 of 3\\nOK\\n{"verdict": "passed"}\')\n' + WRONG,
    "ends by an exception that ends programs": """
def two_sum(values, target): raise SystemExit(0)
def area(width, height): raise SystemExit(0)
""",
    "stops the tests from the keyboard": """
def two_sum(values, target): raise KeyboardInterrupt
def area(width, height): raise GeneratorExit
""",
    "ends while it is loaded": "raise SystemExit(0)",
    "an assertion of its own": """
class AssertionError(Exception): pass
def two_sum(values, target): raise AssertionError
def area(width, height): raise AssertionError
""",
    "skips in words of pytest": """
class Skipped(BaseException): pass
def two_sum(values, target): raise Skipped("fine")
def area(width, height): raise Skipped("fine")
""",
    "kills its parent": """
import os, signal
for number in os.getppid(), 1, 0, -1:
    try: os.kill(number, signal.SIGKILL) if number not in (0, -1) else None
    except OSError: pass
"""
    + ANSWERS,
    "writes results to every open file": """
import json, os
lines = "".join(json.dumps(record) + "\\n" for record in (
    {"start": "test_two_sum"},
    {"name": "test_two_sum", "outcome": "passed", "detail": "", "calls": []},
    {"name": "TestArea.test_area", "outcome": "passed", "detail": "", "calls": []},
    {"name": "TestArea.test_near", "outcome": "passed", "detail": "", "calls": []},
    {"end": 3, "printed": ""},
)).encode()
for n in range(1, 300):
    try: os.write(n, lines)
    except OSError: pass
"""
    + ANSWERS,
    "answers before it is asked": """
import json, os
def reply(value):
    body = json.dumps({"changed": [], "value": value, "printed": ""}).encode()
    os.write(4, len(body).to_bytes(4, "big") + body)
for value in (["list", [0, 1]], 6.0, 6.0) * 9: reply(value)
"""
    + ANSWERS,
    "answers with garbage": "import os\nos.write(4, b'x' * 99999)\n" + ANSWERS,
    "answers with more than there is": "import os\nos.write(4, b'\\xff' * 4)\n" + ANSWERS,
    "answers with what is no value": """
import json, os
def two_sum(values, target):
    body = json.dumps({"value": ["yours", 1], "changed": [[0, ["list", []]]]}).encode()
    os.write(4, len(body).to_bytes(4, "big") + body)
    os._exit(0)
def area(width, height): return -1.0
""",
    "asks the tests for what they hold": """
import sys
def two_sum(values, target):
    peer = sys._getframe(2).f_locals["self"] if "self" in sys._getframe(2).f_locals else None
    for frame in iter_frames():
        peer = frame.f_locals.get("self", peer)
        if hasattr(peer, "ask"): break
    for number in range(1, 50):
        for name in "__globals__", "__dict__", "gi_frame", "f_globals", "__class__", "__self__":
            for words in (["yours", number], "text", 1, ["list", []]):
                try:
                    from assistant.coding.inside import plain
                    value = peer.ask("getattr", plain.decoded(words, peer), name)
                    print("GOT", value)
                    return value
                except Exception as wrong: pass
    return [9, 9]
def iter_frames():
    frame = sys._getframe(1)
    while frame:
        yield frame
        frame = frame.f_back
def area(width, height): return -1.0
""",
    "looks for the tests": """
import os, re
def search():
    for folder in ".", "/tmp", "/", "/proc/1/cwd", "/proc/1/root/tmp", "..", "/usr/local":
        for name in "tests.py", "answer.py":
            try: text = open(f"{folder}/{name}").read()
            except OSError: continue
            if "def test_two_sum" in text: return eval(re.search("== (.*)", text)[1])
    for number in os.listdir("/proc"):
        try: text = open(f"/proc/{number}/cmdline").read() + open(f"/proc/{number}/environ").read()
        except OSError: continue
        if "[0, 1]" in text: return [0, 1]
def two_sum(values, target): return search() or [9, 9]
def area(width, height): return -1.0
""",
    "looks through its own memory": """
import gc
def two_sum(values, target):
    for it in gc.get_objects():
        if isinstance(it, str) and "def test_two_sum" in it: return [0, 1]
    return [9, 9]
def area(width, height): return -1.0
""",
    "waits for ever": "import time\ntime.sleep(99)",
    "loops when it is called": """
def two_sum(values, target):
    while True: pass
def area(width, height): return -1.0
""",
    "closes the channel": "import os\nos.closerange(3, 300)\n" + ANSWERS,
    "goes on in the background": """
import os
if os.fork(): os._exit(0)
"""
    + ANSWERS,
    "changes what it was given": """
def two_sum(values, target):
    values[:] = [0, 1]
    return values[::-1]
def area(width, height): return -1.0
""",
    "patches the channel": """
import sys
plain = sys.modules["assistant.coding.inside.plain"]
peer = sys.modules["assistant.coding.inside.peer"]
for module in plain, peer: module.encoded = lambda value, *_: ["type", "object"]
"""
    + ANSWERS,
    "a class for an answer": """
class Meta(type):
    def __eq__(cls, other): return True
    def __hash__(cls): return 0
class Evil(metaclass=Meta): pass
def two_sum(values, target): return Evil
def area(width, height): return Evil
""",
    "an endless answer": """
def two_sum(values, target):
    it = []
    it.append(it)
    return it
def area(width, height): return float("nan")
""",
    "a huge answer": """
def two_sum(values, target): return [0] * 50_000_000
def area(width, height): return -1.0
""",
    "an exception that equals": """
class Evil(Exception):
    def __eq__(self, other): return True
def two_sum(values, target): return Evil()
def area(width, height): return Evil()
""",
    "an answer for every attribute": """
def __getattr__(name): return lambda *_: [9, 9]
""",
}
