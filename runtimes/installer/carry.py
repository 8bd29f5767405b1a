"""What to bring to a machine without a network."""

from __future__ import annotations

import platform
from dataclasses import dataclass

from runtimes.installer.facts import Facts
from runtimes.installer.recipes import Command, Install, Method, Recipe

FOLDER = "assistant-engine"


@dataclass(frozen=True, slots=True)
class Carry:
    """Lines to run on a connected machine of the same kind, and the one to run here.

    ``kind`` says which machine is of the same kind; ``by_hand`` are the lines that do the same
    here without this program.
    """

    kind: str
    there: tuple[Command, ...]
    here: Command
    by_hand: tuple[Command, ...]


def carry(recipe: Recipe, facts: Facts) -> Carry:
    """What to carry over for a recipe."""
    there = [install.download(FOLDER) for install in _sets(recipe)]
    if recipe.build_needs:
        there.append(Install(packages=recipe.build_needs).download(FOLDER))
    words = ["assistant", "engines", "install", recipe.engine, "--backend", recipe.backend.value]
    if recipe.build_needs:
        words.append("--source")
    by_hand = [_from_folder(install).command(facts.environment) for install in recipe.installs]
    version = ".".join(map(str, facts.environment.version))
    return Carry(
        f"{platform.system()} {platform.machine()}, Python {version}",
        tuple(there),
        Command((*words, "--from", FOLDER)),
        tuple(by_hand),
    )


def _sets(recipe: Recipe) -> tuple[Install, ...]:
    """What is fetched together.

    Nothing is installed on the other machine, so that a second call would not see what the first
    one fetched, and would fetch other builds of the same packages from the usual index.
    """
    if recipe.method is not Method.PACKAGES:
        return recipe.installs
    packages = [package for install in recipe.installs for package in install.packages]
    indexes = [install.index for install in recipe.installs if install.index]
    wheel = next((install.wheel for install in recipe.installs if install.wheel), "")
    whole = Install(
        packages=tuple(dict.fromkeys(packages)),
        wheel=wheel,
        extra_index=indexes[0] if indexes else "",
    )
    return (whole,)


def _from_folder(install: Install) -> Install:
    return Install(
        packages=install.packages,
        source=install.source,
        wheel=install.wheel,
        again=install.again,
        alone=install.alone,
        folder=FOLDER,
        env=install.env,
    )
