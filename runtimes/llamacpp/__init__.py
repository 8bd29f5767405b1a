"""llama.cpp through llama-cpp-python's low-level interface: GGUF on CPU, CUDA, Metal, Vulkan.

``runtime`` is the adapter on this side of the process border, ``engine`` the model on the other
side; the rest are the engine's parts: ``library`` (the shared library and its log), ``loading``
(weights and context), ``vocabulary``, ``template``, ``context`` (batches and the KV cache),
``sampling``, ``constraint``, ``writer`` (one answer), ``lookup`` (guessing ahead), ``states``
(prompts kept on the disk).
"""
