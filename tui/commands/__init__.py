"""What may be typed behind ``/`` and ``@``, and what the palette lists."""
