"""How texts are read for the screen: Markdown with mathematics in it."""
