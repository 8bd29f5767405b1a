"""llama.cpp through llama-cpp-python's low-level interface: GGUF on CPU, CUDA, Metal, Vulkan.

``runtime`` is the adapter on this side of the process border, ``engine`` the model on the other
side.  The rest are the engine's parts: ``library`` (the shared library, its log, its abort flag),
``loading`` (weights and context), ``memory`` (what they take), ``vocabulary``, ``template`` and
``prompt`` (from messages to tokens), ``context`` (batches and the KV cache), ``reading`` (prompts
and what is known of them), ``states`` (prompts kept on the disk), ``sampling``, ``writer`` (one
answer), ``decoding`` (the loops), ``lookup`` (guessing ahead), ``constraint`` with ``schema``,
``numerals`` and ``patterns`` (from JSON Schema to grammars).
"""
