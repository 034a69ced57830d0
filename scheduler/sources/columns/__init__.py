"""The columns of a contact table: found by their names and cells, settled by the operator, told."""
