"""One view for a list and one for a record; the nouns only say what is theirs."""
