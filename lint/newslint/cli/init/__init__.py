"""Infer a configuration from existing posts: what is usual in them becomes the rule.

`newslint.cli.init.infer` is the main module. Posts are scraped, so that some are defective: see
`newslint.linter.inference` for the thresholds.
"""
