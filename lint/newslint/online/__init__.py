"""Asks the network what the addresses of posts answer: ``--online``. Imported by no other run."""
