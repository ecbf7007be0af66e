"""A disk that remembers what was synced: the states in which a power cut may leave it.

Files are inodes and names point at them: a journal that is made anew is another file than the one before.
What was written to a file since its last sync may be there, in part, torn at 512 bytes and in any order; what
happened to a folder since its last sync may be missing from some moment on (a file system keeps their order).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

SECTOR = 512


@dataclass(eq=False)
class Inode:
    """One file (or folder): what programs see, what the disk holds for certain, what is between the two."""

    folder: bool = False
    live: bytearray = field(default_factory=bytearray)
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # (where, data) or (size, None)

    def write(self, at: int, data: bytes) -> None:
        """Nothing; the data are seen from now on and may be on the disk."""
        _put(self.live, at, data)
        self.pending.append((at, data))

    def truncate(self, size: int) -> None:
        """Nothing; the file has this size from now on, on the disk perhaps."""
        _resize(self.live, size)
        self.pending.append((size, None))

    def sync(self) -> None:
        """Nothing; the disk holds what programs see."""
        for at, data in self.pending:
            if data is None:
                _resize(self.durable, at)
            else:
                _put(self.durable, at, data)
        self.pending.clear()

    def after_cut(self, dice: random.Random, keep: float) -> bytes:
        """What may be found; each write that was not synced is kept whole, in part or not at all."""
        found = bytearray(self.durable)
        lost_size: int | None = (
            None  # a truncation that did not come through, and all behind it is in other blocks
        )
        for at, data in self.pending:
            if data is None:
                if lost_size is not None or dice.random() >= keep:
                    lost_size = at if lost_size is None else min(lost_size, at)
                else:
                    _resize(found, at)
            elif lost_size is None or at < lost_size:
                _put_torn(found, at, data if lost_size is None else data[: lost_size - at], dice, keep)
        return bytes(found)


def _put(buffer: bytearray, at: int, data: bytes) -> None:
    if at > len(buffer):
        buffer.extend(bytes(at - len(buffer)))
    buffer[at : at + len(data)] = data


def _resize(buffer: bytearray, size: int) -> None:
    if size < len(buffer):
        del buffer[size:]
    else:
        buffer.extend(bytes(size - len(buffer)))


def _put_torn(buffer: bytearray, at: int, data: bytes, dice: random.Random, keep: float) -> None:
    chance = dice.random()
    if chance < 0.15 and 0 < keep < 1:  # torn: each sector by itself
        end, here = at + len(data), at
        while here < end:
            upto = min(end, (here // SECTOR + 1) * SECTOR)
            if dice.random() < keep:
                _put(buffer, here, data[here - at : upto - at])
            here = upto
    elif dice.random() < keep:
        _put(buffer, at, data)


@dataclass(eq=False)
class Change:
    """One change of a folder: names that go, names that come and what they point at."""

    goes: tuple[tuple[Inode, str], ...] = ()
    comes: tuple[tuple[Inode, str, Inode], ...] = ()
    synced: bool = False

    @property
    def folders(self) -> list[Inode]:
        """The folders it happens in."""
        return [folder for folder, _ in self.goes] + [folder for folder, _, _ in self.comes]


Names = dict[tuple[Inode, str], Inode]  # (folder, name)
Reader = Callable[[Inode], bytes]


class Disk:
    """Folders and files below ``root``, by names relative to it."""

    def __init__(self) -> None:
        self.root = Inode(folder=True)
        self._names: Names = {}
        self._changes: list[Change] = []
        self._first: Names = {}

    def put(self, path: str, data: bytes | None) -> None:
        """Nothing; a file (a folder where data is None) that was there, synced, before all began."""
        inode = Inode(folder=data is None, live=bytearray(data or b""), durable=bytearray(data or b""))
        folder, name = self._place(path)
        self._names[folder, name] = self._first[folder, name] = inode

    def find(self, path: str) -> Inode | None:
        """What the name points at now."""
        if path == "":
            return self.root
        folder, name = self._place(path)
        return self._names.get((folder, name))

    def _place(self, path: str) -> tuple[Inode, str]:
        head, _, name = path.rpartition("/")
        folder = self.find(head)
        assert folder is not None and folder.folder, path
        return folder, name

    def _change(self, change: Change) -> None:
        self._changes.append(change)
        _apply(self._names, change)

    def make(self, path: str, *, folder: bool = False) -> Inode:
        """A new file (or folder) under a name that is free."""
        inode = Inode(folder=folder)
        self._change(Change(comes=((*self._place(path), inode),)))
        return inode

    def remove(self, path: str) -> None:
        """Nothing; the name is gone."""
        self._change(Change(goes=(self._place(path),)))

    def link(self, old: str, new: str) -> None:
        """Nothing; the file has a second name."""
        inode = self.find(old)
        assert inode is not None, old
        self._change(Change(comes=((*self._place(new), inode),)))

    def rename(self, old: str, new: str) -> None:
        """Nothing; the file has its new name instead of the old one, and what had that name has it no more."""
        inode = self.find(old)
        assert inode is not None, old
        self._change(Change(goes=(self._place(old),), comes=((*self._place(new), inode),)))

    def sync(self, inode: Inode) -> None:
        """Nothing; a file's content, or the changes in a folder up to now, are on the disk."""
        if not inode.folder:
            inode.sync()
            return
        for change in self._changes:
            if any(folder is inode for folder in change.folders):
                change.synced = True
        self._settle()

    def _settle(self) -> None:
        # the changes that are on the disk, up to the first that is not, are what all later states begin with
        count = 0
        for change in self._changes:
            if not change.synced:
                break
            _apply(self._first, change)
            count += 1
        del self._changes[:count]

    def seen(self) -> dict[str, bytes | None]:
        """What programs see: each name with its content, None for a folder."""
        return _tree(self.root, self._names, lambda inode: bytes(inode.live))

    def after_cut(self, dice: random.Random) -> dict[str, bytes | None]:
        """One state in which the disk may be found: each name with its content, None for a folder."""
        keep = dice.choice((0.0, 0.0, 1.0, 0.1, 0.5, 0.5, 0.9))
        keep_names = dice.choice((0.0, 1.0, 0.5, 0.8))
        names = dict(self._first)
        stopped: set[Inode] = set()
        for change in self._changes:
            folders = set(change.folders)
            if change.synced or (not folders & stopped and dice.random() < keep_names):
                _apply(names, change)
            else:
                stopped |= folders
        return _tree(self.root, names, lambda inode: inode.after_cut(dice, keep))


def _apply(names: Names, change: Change) -> None:
    for folder, name in change.goes:
        names.pop((folder, name), None)
    for folder, name, inode in change.comes:
        names[folder, name] = inode


def _tree(root: Inode, names: Names, read: Reader) -> dict[str, bytes | None]:
    found: dict[str, bytes | None] = {}
    contents: dict[Inode, bytes] = {}  # a file with two names has one content
    reach = [("", root)]
    while reach:
        path, folder = reach.pop()
        for (parent, name), inode in names.items():
            if parent is not folder:
                continue
            if inode.folder:
                found[path + name] = None
                reach.append((f"{path}{name}/", inode))
            else:
                if inode not in contents:
                    contents[inode] = read(inode)
                found[path + name] = contents[inode]
    return found
