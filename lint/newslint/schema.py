"""The front matter models. (Placeholder until the family FM lands.)"""
