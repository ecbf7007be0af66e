"""What cron, systemd, launchd and the Windows task scheduler want to be told; each has its own way to quote."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

NAME = "salesflow-today"


class Entry(NamedTuple):
    """What is to run and when: each hour of ``hours`` at ``minute``; what it prints is added to ``log``."""

    words: tuple[str, ...]
    log: str
    hours: tuple[int, ...]
    minute: int
    first: date


def cron(entry: Entry) -> str:
    """A line of a crontab."""
    import shlex

    command = f"umask 077; {shlex.join(entry.words)} >> {shlex.quote(entry.log)} 2>&1"
    hours = ",".join(map(str, entry.hours))
    return f"{entry.minute} {hours} * * * {command}".replace("%", r"\%") + "\n"


def systemd(entry: Entry) -> str:
    """A service and its timer, each below the comment that names its file."""
    command = " ".join(_unit_word(word) for word in entry.words)
    times = "".join(f"OnCalendar=*-*-* {hour:02}:{entry.minute:02}:00\n" for hour in entry.hours)
    log = entry.log.replace("%", "%%")
    return (
        f"# ~/.config/systemd/user/{NAME}.service\n"
        f"[Unit]\nDescription={NAME}\n\n"
        f"[Service]\nType=oneshot\nUMask=0077\nExecStart={command}\n"
        f"StandardOutput=append:{log}\nStandardError=append:{log}\n\n"
        f"# ~/.config/systemd/user/{NAME}.timer\n"
        f"[Unit]\nDescription={NAME}\n\n"
        f"[Timer]\n{times}Persistent=true\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def _unit_word(word: str) -> str:
    quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{quoted}"'


def launchd(entry: Entry) -> str:
    """A property list for a launch agent."""
    import plistlib

    made = {
        "Label": NAME,
        "ProgramArguments": list(entry.words),
        "StartCalendarInterval": [{"Hour": hour, "Minute": entry.minute} for hour in entry.hours],
        "StandardOutPath": entry.log,
        "StandardErrorPath": entry.log,
        "Umask": 0o077,
    }
    return plistlib.dumps(made, sort_keys=False).decode()


def windows(entry: Entry) -> str:
    """A task in XML, for ``schtasks /create /xml``."""
    from xml.sax.saxutils import escape

    command = escape(_cmd_line(entry))
    begin = f"{entry.first.isoformat()}T{entry.hours[0]:02}:{entry.minute:02}:00"
    again = len(entry.hours) - 1
    repeated = (
        f"<Repetition><Interval>PT1H</Interval><Duration>PT{again}H1M</Duration></Repetition>"
        if again
        else ""
    )
    # no encoding is named, so that whatever a shell makes of the text (UTF-8, or UTF-16 with its mark) can be read
    return f"""<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <Triggers>
    <CalendarTrigger>
      {repeated}
      <StartBoundary>{begin}</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT10M</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>cmd.exe</Command>
      <Arguments>{command}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


def _cmd_line(entry: Entry) -> str:
    # with /s cmd takes off the outer quotes and leaves all within as it stands
    words = " ".join(f'"{word}"' for word in entry.words)
    return f'/d /s /c "{words} >> "{entry.log}" 2>&1"'
