"""What is shown, to whom: figures and views, never more of a person than may be."""
