"""The network: links and images that do not answer (``--online``)."""
