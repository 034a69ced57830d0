"""By what name a thing is known, however it is typed, edited or written out."""
