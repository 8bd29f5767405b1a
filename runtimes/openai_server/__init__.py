"""Any OpenAI-compatible server: vLLM, TGI, SGLang, TensorRT-LLM, llama-server, LM Studio, …"""

from runtimes.openai_server.runtime import OpenAiServer

__all__ = ["OpenAiServer"]
