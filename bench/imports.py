"""The import of a long list: rows a second and memory, beside the plainest program that does the same."""

from __future__ import annotations

import csv
import random
import sys
from pathlib import Path

from bench import books, measure

# reads the file and writes its rows into a table with one index: no history, no pinyin, no duplicates
FLOOR = """
import csv, sqlite3, sys
book = sqlite3.connect(sys.argv[1])
with open(sys.argv[2], encoding='utf-8-sig', newline='') as file:
    rows = csv.reader(file)
    names = next(rows)
    columns = ', '.join('c%d TEXT' % number for number in range(len(names)))
    book.execute('CREATE TABLE lead (id INTEGER PRIMARY KEY, ' + columns + ')')
    book.execute('CREATE INDEX lead_name ON lead (c0)')
    marks = ', '.join('?' for _ in names)
    book.executemany('INSERT INTO lead VALUES (NULL, ' + marks + ')', rows)
book.commit()
"""


def measured(folder: Path, leads: int) -> tuple[float, float, float]:
    """Leads a second of processor time, megabytes at the peak, and how many times the floor it takes."""
    source = write(folder / "leads.csv", leads)
    book = folder / "import.db"
    tool = [sys.executable, "-m", "salesflow", "--db", str(book)]
    measure.usage([*tool, "init"])
    found = measure.usage([*tool, "import", str(source)])
    below = measure.usage([sys.executable, "-c", FLOOR, str(folder / "floor.db"), str(source)])
    return leads / found.seconds, found.megabytes, found.seconds / below.seconds


def write(path: Path, leads: int) -> Path:
    """A CSV file of that many leads with the columns of a dealer list, in Chinese."""
    choose = random.Random(20261123)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("店名", "省份", "城市", "地址", "电话", "品牌"))
        for number in range(leads):
            writer.writerow(books.listed(choose, number))
    return path
