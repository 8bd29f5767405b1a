"""The libraries, told to stay off the network and off the terminal."""

from __future__ import annotations

import logging
import os

ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",  # bitsandbytes would look for kernels on the hub
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "BITSANDBYTES_NOWELCOME": "1",
}


def prepare_environment() -> None:
    """Before the first import of torch, in a process that belongs to the engine."""
    os.environ.update(ENVIRONMENT)


def silence() -> None:
    """After the import: no bars, no advice.  What matters is raised."""
    from transformers.utils import logging as transformers_logging

    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    for name in ("bitsandbytes", "accelerate", "peft", "torch", "transformers"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
