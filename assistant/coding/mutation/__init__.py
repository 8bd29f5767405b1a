"""How much the tests of some code would notice, by faults put into it.

``check_mutations(job, tests, policy, budget=20.0)``.
"""

from assistant.coding.mutation.checking import check_mutations
from assistant.coding.mutation.faults import mutants
from assistant.coding.mutation.types import Fault, Mutant, MutationReport

__all__ = ["Fault", "Mutant", "MutationReport", "check_mutations", "mutants"]
