"""Models of an Ollama server, over its own API: windows, thinking, pulling, unloading."""

from runtimes.ollama.host import host
from runtimes.ollama.runtime import Ollama

__all__ = ["Ollama", "host"]
