"""How each noun is shown and read, field by field."""
