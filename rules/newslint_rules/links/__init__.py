"""Links: addresses that lead nowhere."""
