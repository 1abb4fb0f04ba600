"""The door for readers: pages rendered on the server, complete without JavaScript."""
