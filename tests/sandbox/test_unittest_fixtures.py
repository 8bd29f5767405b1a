"""What ``unittest`` does once for a class or a file is done once here too."""

from __future__ import annotations

import confined

from assistant.coding.sandbox.types import Job, Language, SourceFile
from assistant.coding.trial import TestOutcome, TestReport, run_tests

CODE = """def double(x): return 2 * x
class Counter:
    n = 0
    def up(self): self.n += 1
"""
TESTS = """import unittest
from code_ import Counter, double

order = []
def setUpModule(): order.append("module")
def tearDownModule(): order.append("end")

class Shared(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        order.append("class")
        cls.counter = Counter()
        cls.addClassCleanup(order.append, "cleaned")
    @classmethod
    def tearDownClass(cls): order.append("gone")
    def test_1(self):
        self.counter.up()
        self.assertEqual(self.counter.n, 1)
        self.assertEqual(order, ["module", "class"])
    def test_2(self):
        self.counter.up()
        self.assertEqual(self.counter.n, 2)

class Then(unittest.TestCase):
    def test(self):
        self.assertEqual(double(2), 4)
        self.assertEqual(order, ["module", "class", "gone", "cleaned"])

class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls): cls.wrong = double("a", 3)
    def test_1(self): self.assertEqual(double(2), 4)
    def test_2(self): self.assertEqual(double(2), 4)

class Absent(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise unittest.SkipTest("not today")
    def test(self): self.assertEqual(double(2), 4)

@unittest.skip("never")
class Skipped(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise ValueError("not looked at")
    def test(self): self.assertEqual(double(2), 4)

class Ending(unittest.TestCase):
    @classmethod
    def tearDownClass(cls): raise ValueError("at the end")
    def test_1(self): self.assertEqual(double(2), 4)
    def test_2(self): self.assertEqual(double(2), 4)
"""


def test_each_is_done_once_and_what_fails_there_fails_its_tests() -> None:
    job = Job(language=Language.PYTHON, files=(SourceFile("code_.py", CODE),))
    report = run_tests(job, TESTS, confined.policy())
    assert isinstance(report, TestReport)
    outcomes = {result.name: result.outcome for result in report.results}
    assert outcomes == {
        "Shared.test_1": TestOutcome.PASSED,
        "Shared.test_2": TestOutcome.PASSED,
        "Then.test": TestOutcome.PASSED,
        "Broken.test_1": TestOutcome.FAILED,
        "Broken.test_2": TestOutcome.FAILED,
        "Absent.test": TestOutcome.SKIPPED,
        "Skipped.test": TestOutcome.SKIPPED,
        "Ending.test_1": TestOutcome.PASSED,
        "Ending.test_2": TestOutcome.FAILED,
    }


def test_a_class_may_be_a_case_by_another_of_the_file() -> None:
    tests = """import unittest
from code_ import double

class Base(unittest.TestCase):
    @classmethod
    def setUpClass(cls): cls.log = []

class A(Base):
    def test_a(self): self.log.append(double(1)); self.assertEqual(self.log, [2])

class B(A):
    def test_b(self): self.assertEqual(double(2), 5)
"""
    job = Job(language=Language.PYTHON, files=(SourceFile("code_.py", CODE),))
    report = run_tests(job, tests, confined.policy())
    assert isinstance(report, TestReport)
    found = {result.name: result.outcome for result in report.results}
    assert (found["A.test_a"], found["B.test_b"]) == (TestOutcome.PASSED, TestOutcome.FAILED)
