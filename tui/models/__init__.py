"""What is done to models from the screens."""
