"""The network: links and pictures that do not answer (``--online``)."""
