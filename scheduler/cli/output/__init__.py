"""What the commands print: tables, pages, words and bars."""
