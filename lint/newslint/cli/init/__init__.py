"""Learns a configuration from the posts that exist: what is usual in them becomes the rule.

`newslint.cli.init.infer` goes through it from beginning to end. Posts are scraped, so that a
part of what they say is wrong: see `newslint.linter.inference` for what is enough, usual and too
often.
"""
