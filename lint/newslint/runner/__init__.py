"""Linting many posts: batches, cache, processes, archive rules, baseline, watch."""
