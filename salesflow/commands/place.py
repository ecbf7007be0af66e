"""Where the book lies: none is made on a network drive; it, a synchronised folder, conflict copies are warned of."""

from __future__ import annotations

from pathlib import Path

from salesflow.context import App
from salesflow.errors import Refused

MOUNTS = Path("/proc/self/mountinfo")
NETWORK = frozenset(
    (
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "coda",
        "9p",
        "drvfs",
        "vboxsf",
        "vmhgfs",
        "prl_fs",
        "davfs",
        "webdav",
        "glusterfs",
        "ceph",
        "lustre",
        "fuse.sshfs",
        "fuse.davfs2",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.gvfsd-fuse",
        "fuse.vmhgfs-fuse",
        "fuse.glusterfs",
        "fuse.smbnetfs",
        "fuse.curlftpfs",
        "fuse.goofys",
        "fuse.juicefs",
    )
)
# how the folders begin that these programs keep the same on several computers
SYNCED = (
    ("坚果云", ("坚果云", "我的坚果云", "nutstore")),
    ("OneDrive", ("onedrive", "skydrive")),
    ("iCloud", ("icloud", "iclouddrive", "mobile documents", "com~apple~clouddocs")),
    ("Dropbox", ("dropbox",)),
    ("Google Drive", ("google drive", "googledrive", "我的云端硬盘")),
    ("百度网盘", ("百度网盘", "百度云", "baidunetdisk", "baidusyncdisk", "baiduyun")),
    ("WPS 云", ("wps云", "wps网盘", "wpsdrive", "wps cloud")),
    ("微云", ("微云", "weiyun", "腾讯微云")),
    ("阿里云盘", ("阿里云盘", "aliyundrive", "adrive")),
    ("Synology Drive", ("synologydrive", "synology drive")),
    ("Nextcloud", ("nextcloud", "owncloud", "seafile", "seadrive")),
    ("MEGA", ("megasync",)),
    ("pCloud", ("pcloud",)),
    ("CloudStorage", ("cloudstorage",)),
)
MARKS = (
    (".dropbox", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".nutstore", "坚果云"),
    (".owncloudsync.log", "Nextcloud"),
)
CONFLICT = ("conflict", "冲突")


def refuse(path: Path) -> None:
    """Nothing; Refused where a new book would lie on a network drive. One that is there is another matter."""
    kind = network(path)
    if kind and not path.exists():
        raise Refused("book.not_on_network", path=path.absolute(), kind=kind)


def warn(app: App) -> None:
    """Nothing; where the book lies in a bad place, a line on stderr says so, and what to do."""
    path = app.book_path.absolute()
    kind, name = network(path), synced(path)
    if kind:
        app.warn("book.on_network", path=path, kind=kind)
    elif name:
        app.warn("book.synced", path=path, name=name)
    if path.is_file() and path.stat().st_nlink > 1:
        app.warn("book.linked", path=path)
    for copy in conflicts(path)[:1]:
        app.warn("book.conflict_copy", path=copy)


def network(path: Path) -> str:
    """The kind of network drive that the path lies on, '' where it lies on a disk of this machine."""
    try:
        text = str(path.resolve())  # by a link or by its own name
    except (OSError, RuntimeError):
        return ""  # the folder it is told from is gone, links go round: opening it will say so
    if text.startswith(("\\\\", "//")):
        return "UNC"
    try:
        lines = MOUNTS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        front, _, back = line.partition(" - ")
        parts = front.split(" ")
        if len(parts) < 5 or not back:
            continue
        place = _plain(parts[4])
        inside = text == place or text.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= len(best):  # the last of equal ones covers the others
            best, kind = place, back.split(" ")[0]
    # a container may have its whole system on such a one, which is no drive of somebody else
    return kind if kind in NETWORK and best != "/" else ""


def _plain(place: str) -> str:
    # blanks and backslashes stand there as octal numbers
    for code in ("040", "011", "012", "134"):
        place = place.replace(f"\\{code}", chr(int(code, 8)))
    return place


def synced(path: Path) -> str:
    """The program that keeps one of the folders above the path the same on several computers, '' where none does."""
    places = {path, path.resolve()}
    for folder in [parent for place in places for parent in place.parents]:
        known = _synced_name(folder.name.lower())
        mark = next((name for mark, name in MARKS if (folder / mark).exists()), "")
        if known or mark:
            return known or mark
    return ""


def _synced_name(folder: str) -> str:
    for name, beginnings in SYNCED:
        for beginning in beginnings:
            rest = folder.removeprefix(beginning)
            if rest != folder and (not rest or not rest[0].isascii() or not rest[0].isalpha()):
                return name
            if rest != folder and not beginning.isascii():
                return name
    return ""


def conflicts(path: Path) -> list[Path]:
    """Copies that such a program laid beside the book where two computers had changed it."""
    try:
        beside = sorted(path.parent.iterdir())
    except OSError:
        return []
    return [one for one in beside if one != path and _is_conflict(one, path)]


def _is_conflict(one: Path, path: Path) -> bool:
    name = one.name.lower()
    return name.startswith(path.stem.lower()) and any(word in name for word in CONFLICT) and one.is_file()
