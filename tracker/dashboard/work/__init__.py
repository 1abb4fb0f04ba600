"""The pages on which people work: reports and assessments, step by step."""
