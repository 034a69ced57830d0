"""The path of a message, a step a file: agenda, plan, render, send, outcome; and rehearse."""
