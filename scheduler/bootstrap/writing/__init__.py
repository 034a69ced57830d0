"""What is written on the desk over files: laid, looked at, carried to and fro."""
