"""Archives: the same bytes, safe names, large files in pieces."""

from __future__ import annotations

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from coursegen.archive import write_zip


def test_order_of_entries_does_not_matter(tmp_path: Path) -> None:
    entries = [("b.txt", b"b" * 999), ("imsmanifest.xml", b"<m/>"), ("a/a.png", b"\x89PNG")]
    write_zip(tmp_path / "1.zip", entries, first="imsmanifest.xml")
    write_zip(tmp_path / "2.zip", list(reversed(entries)), first="imsmanifest.xml")
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert archive.namelist() == ["imsmanifest.xml", "a/a.png", "b.txt"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.getinfo("a/a.png").compress_type == zipfile.ZIP_STORED
        assert archive.getinfo("b.txt").compress_type == zipfile.ZIP_DEFLATED


@pytest.mark.parametrize(
    ("epoch", "date"),
    [
        ("1700000000", (2023, 11, 14, 22, 13, 20)),
        ("0", (1980, 1, 1, 0, 0, 0)),
        ("99999999999999", (2107, 12, 31, 23, 59, 58)),
        ("yesterday", (1980, 1, 1, 0, 0, 0)),
    ],
)
def test_source_date_epoch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str, date: tuple[int, ...]) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    write_zip(tmp_path / "a.zip", [("a", b"")])
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.infolist()[0].date_time == date


@pytest.mark.parametrize("name", ["/etc/passwd", "../a", "a/../b", "a//b", "a\\b", ".", "..", "./a", ""])
def test_names_stay_inside(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not a name"):
        write_zip(tmp_path / "a.zip", [(name, b"")])


@pytest.mark.parametrize("other", ["a.txt", "A.TXT"])
def test_no_name_twice(tmp_path: Path, other: str) -> None:
    with pytest.raises(ValueError, match="two entries"):
        write_zip(tmp_path / "a.zip", [("a.txt", b""), (other, b"")])


def test_a_large_file_passes_in_pieces(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(200_000_000)
    tracemalloc.start()
    write_zip(tmp_path / "a.zip", [("film.mp4", film)])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.getinfo("film.mp4").file_size == 200_000_000
