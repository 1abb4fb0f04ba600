"""From tables (CSV, XLSX) to the register: read, compare row by row, write through the actions."""
