"""What is asked, in sentences: orders and questions, a topic a module."""
