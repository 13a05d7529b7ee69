"""Read the site of a folder with the reader of its generator."""

from __future__ import annotations

from newslint.generators import Target
from newslint.generators.site import Site
from newslint.generators.site.files import RecordedFiles, SiteFiles


def read_site(target: Target, root: str, files: SiteFiles) -> Site:
    """Return the model of the site whose configuration is in ``root``.

    Never raises for what the files say: what cannot be read is not known.
    """
    recorded = RecordedFiles(files)
    if target.name == "hexo":
        from newslint.generators.hexo import site as hexo

        return hexo.read(target, root, recorded)
    if target.name == "jekyll":
        from newslint.generators.jekyll import site as jekyll

        return jekyll.read(target, root, recorded)
    if target.name == "hugo":
        from newslint.generators.hugo import site as hugo

        return hugo.read(target, root, recorded)
    if target.name == "eleventy":
        from newslint.generators.eleventy import site as eleventy

        return eleventy.read(target, root, recorded)
    return Site(target, root)
