"""Quizzes and reactions: what is asked, what is right, and what is counted of the answers."""
