"""Lint many posts: batches, cache, processes, archive rules, baseline, watch mode."""
