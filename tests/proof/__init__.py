"""The proof by killing: `make proof`. It takes long, so it isn't one of the tests."""
