"""Check the URLs of posts over the network: ``--online``. Not imported by other runs."""
