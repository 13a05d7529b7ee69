"""The files of a site on disk: what is no regular file has no text, and nothing is left open."""

from __future__ import annotations

import os

from newslint.generators.site.files import TEXT_LIMIT, DiskFiles


def test_folders_pipes_and_what_is_not_there_have_no_text(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder.js").mkdir()
    files = DiskFiles(str(tmp_path))
    before = len(os.listdir("/proc/self/fd"))
    for name in ("pipe", "folder.js", "gone", "\0", "x" * 5_000, ""):
        assert files.text(name) is None
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_long_file_is_read_up_to_the_limit(tmp_path):
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbf" + b"x" * TEXT_LIMIT)
    assert len(DiskFiles(str(tmp_path)).text("a")) == TEXT_LIMIT - 3
