"""The version of newslint."""

__version__ = "0.1.0"
