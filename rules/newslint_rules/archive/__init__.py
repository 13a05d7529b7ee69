"""Rules about all posts together: what is there twice, and what two posts fight for."""
