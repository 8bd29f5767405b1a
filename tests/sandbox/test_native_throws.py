"""A file of C++ tests that expects the code to throw: what it throws is the tests' to catch."""

from __future__ import annotations

import shutil

import pytest

from assistant.coding.others import run_file
from assistant.coding.sandbox.policy import Policy
from assistant.coding.sandbox.types import Job, Language, Limits, SourceFile
from assistant.coding.trial import Verdict
from assistant.coding.types import Code, Filed
from runtimes.base import Cancel

SLOW = pytest.mark.slow


def verdict(policy: Policy, program: str, tests: str) -> Verdict:
    if shutil.which("g++") is None:
        pytest.skip("g++ is not installed here")
    code = Code(Language.CPP, (SourceFile("solution.cpp", program),))
    job = Job(language=Language.CPP, files=code.files, limits=Limits())
    found = run_file(code, job, tests, policy, Cancel())
    assert isinstance(found, Filed), found
    return found.report.verdict


THROWS = r"""#include <stdexcept>
#include <string>
#include <vector>
struct Bad : std::runtime_error { using std::runtime_error::runtime_error; };
unsigned long at(const std::vector<int> &v, int i) { return v.at(i); }
std::string word(int n) { if (n < 0) throw Bad("negative"); return "ok"; }
void end(int n) { if (n < 0) throw n; }
"""
CATCHES = r"""#include <cassert>
#include <stdexcept>
#include <string>
#include <vector>
int main() {
  assert(at({1, 2}, 1) == 2);
  bool threw = false;
  try { at({1}, 3); } catch (const std::out_of_range &) { threw = true; }
  assert(threw);
  try { word(-1); return 1; } catch (const std::runtime_error &e) {
    assert(std::string(e.what()) == "negative");
  }
  try { end(-1); assert(false); } catch (...) {}
}
"""


@SLOW
@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", Verdict.PASSED),
        ("v.at(i)", "v[i % v.size()]", Verdict.FAILED),
        ("v.at(i)", "i < 3 ? v[i] : throw std::invalid_argument(0)", Verdict.FAILED),
        ('"negative"', '"no"', Verdict.FAILED),
        ("throw n", "(void)n", Verdict.FAILED),
        ("return v.at(i)", "throw std::out_of_range(std::to_string(v[i]))", Verdict.FAILED),
    ],
)
def test_a_throw_that_tests_expect_is_theirs_to_catch(
    policy: Policy, old: str, new: str, found: Verdict
) -> None:
    program = THROWS.replace(old, new) if old else THROWS
    assert verdict(policy, program, CATCHES) is found


@SLOW
def test_what_was_thrown_is_not_made_up(policy: Policy) -> None:
    tests = (
        "#include <cassert>\nint main() {\n"
        "  try { end(-1); assert(false); } catch (int n) { assert(n == -1); }\n}\n"
    )
    assert verdict(policy, THROWS, tests) is Verdict.NOT_RUN
