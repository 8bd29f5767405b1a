"""Checkpoints in safetensors, run by transformers and torch in a process of their own."""
