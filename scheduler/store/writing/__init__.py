"""What is written on the desk over files: texts, their drafts and remarks, the calendar."""
