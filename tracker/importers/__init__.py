"""From files to the register: read, compare, apply."""
