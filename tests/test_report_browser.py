"""The director's page in a real browser: no error, no request, something to see by day and by night, and on paper."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
import zlib
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from kit import Book

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
PDFTOTEXT = shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
SHOPS = 60  # so that the list goes on over several sheets of paper
# what a person does who copies the page: all of it selected, as text
COPIES = """<!doctype html><meta charset="utf-8"><iframe id="page" src="week.html" width="900" height="4000"></iframe>
<pre id="copied"></pre><script>
document.getElementById("page").onload = event => {
  const inner = event.target.contentDocument, selection = inner.defaultView.getSelection();
  selection.selectAllChildren(inner.body);
  document.getElementById("copied").textContent = selection.toString();
  document.title = inner.documentElement.scrollWidth + "/" + inner.documentElement.clientWidth;
};
</script>"""


class _Quiet(SimpleHTTPRequestHandler):
    """Files of a folder; what was asked for is written down."""

    asked: list[str]

    def log_message(self, *_: object) -> None:
        """Nothing."""

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()


class Shown:
    """A folder served to a browser, and the browser."""

    def __init__(self, folder: Path, asked: list[str], port: int) -> None:
        self.folder = folder
        self.asked = asked
        self._port = port

    def look(self, *options: str, page: str = "week.html") -> tuple[str, str]:
        """What the browser says on stdout, and on stderr."""
        assert CHROMIUM
        profile = self.folder / "profile"
        base = [
            CHROMIUM,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--no-first-run",
        ]
        quiet = [
            "--disable-background-networking",
            "--disable-component-update",
            f"--user-data-dir={profile}",
        ]
        told = ["--enable-logging=stderr", "--virtual-time-budget=3000", "--window-size=900,1600"]
        nowhere = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        run = subprocess.run(
            [*base, *quiet, *told, nowhere, *options, f"http://127.0.0.1:{self._port}/{page}"],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env={**os.environ, "LANG": "C.UTF-8"},
        )
        assert run.returncode == 0, run.stderr
        return run.stdout, run.stderr


@pytest.fixture(scope="module")
def pages(empty_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The week's page of a book with many hot leads, each with long words to it, in a folder for each language."""
    folder = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        book = Book(Path(shutil.copy(empty_book, folder / "book.db")), patch)
        for number in range(SHOPS):
            words = f"试贴前挡两台，谈年度返利和账期，带样品和检测报告，约店总一起看<b>{number}</b>" * 2
            told = ("--next", f"11-26 {words}")
            book("add", f"第{number}店 & <i>子</i>", "--grade", "H", *told, now="2026-11-23T09:00")
        book("target", "set", "visits", "25", "--period", "week")
        for lang in ("zh", "en"):
            (folder / lang).mkdir()
            book("report", "week", "--html", str(folder / lang / "week.html"), lang=lang)
            (folder / lang / "copies.html").write_text(COPIES, "utf-8")
    return folder


@pytest.fixture(params=["zh", "en"])
def shown(pages: Path, request: pytest.FixtureRequest) -> Iterator[Shown]:
    """The page of a language, served to a browser."""
    folder = pages / request.param
    asked: list[str] = []
    handler = type("Handler", (_Quiet,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Shown(folder, asked, server.server_address[1])
        server.shutdown()


def pixels(path: Path) -> tuple[bytes, tuple[int, ...]]:
    """The bytes of a picture, and its first pixel."""
    data, place, found = path.read_bytes(), 8, b""
    while place < len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        if data[place + 4 : place + 8] == b"IDAT":
            found += data[place + 8 : place + 8 + size]
        place += size + 12
    raw = zlib.decompress(found)
    return raw, tuple(raw[1:4])


def test_a_browser_shows_it_without_an_error_and_asks_for_nothing_else(shown: Shown) -> None:
    pictures = {}
    for name, scheme in (("day", 1), ("night", 0)):
        path = shown.folder / f"{name}.png"
        _, said = shown.look(f"--screenshot={path}", f"--blink-settings=preferredColorScheme={scheme}")
        assert ":CONSOLE" not in said, said
        raw, pictures[name] = pixels(path)
        assert len(set(raw)) > 100, "an empty picture"
        assert len(path.read_bytes()) > 30_000
    assert set(shown.asked) <= {"/week.html", "/favicon.ico"}  # which is the browser's own wish
    assert pictures["day"] == (255, 255, 255)
    assert max(pictures["night"]) < 80
    assert (shown.folder / "week.html").stat().st_size < 300_000


def test_its_words_can_be_selected_those_of_the_charts_too(shown: Shown) -> None:
    dom, said = shown.look("--dump-dom", page="copies.html")
    assert ":CONSOLE" not in said, said
    copied = dom.partition('<pre id="copied">')[2].partition("</pre>")[0]
    assert "第7店 &amp; &lt;i&gt;子&lt;/i&gt;" in copied
    assert "12 周" in copied or "12 weeks" in copied
    assert re.search(r"<b>|&lt;b&gt;59", copied)
    wide, room = map(int, re.findall(r"<title>(\d+)/(\d+)</title>", dom)[0])
    assert wide <= room  # nothing has to be pushed sideways


@pytest.mark.skipif(PDFTOTEXT is None, reason="no pdftotext on this machine")
def test_on_paper_no_row_is_cut(shown: Shown) -> None:
    path = shown.folder / "week.pdf"
    shown.look("--no-pdf-header-footer", f"--print-to-pdf={path}")
    assert PDFTOTEXT
    told = subprocess.run(
        [PDFTOTEXT, "-raw", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = told.split("\f")
    assert len([page for page in pages if page.strip()]) >= 3
    # a row begins with its shop and ends with what was promised twice over: <b>N</b> stands in it two times
    for number in range(SHOPS):
        bare = [re.sub(r"\s", "", page) for page in pages]
        counts = [page.count(f"<b>{number}</b>") for page in bare]
        assert sorted(counts)[-1] == sum(counts) == 2, number
        assert f"#{number + 1}" in bare[counts.index(2)]
    # the heads of the columns stand on every sheet that the list goes on to
    listed = [page for page in pages if "<b>" in page]
    assert all(re.search(r"还差|missing", page) for page in listed)
