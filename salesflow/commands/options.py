"""One description of each option and argument; it means the same wherever it stands.

``help`` and ``metavar`` are keys of the catalogue (``options.via``, ``options.m_via``), turned
into words of the language only when a help page is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from salesflow.errors import Usage

MOST = 1_000_000_000


def whole(name: str, least: int = 0) -> Callable[[str], int]:
    """A reader of whole numbers from ``least`` up, which names ``name`` where it refuses."""

    def read(text: str) -> int:
        try:
            number = int(text.replace("_", "?"))
        except ValueError:
            raise Usage("errors.no_number", name=name, value=text[:40]) from None
        if not least <= number <= MOST:
            raise Usage("errors.number_outside", name=name, value=text[:40], least=least, most=MOST)
        return number

    return read


# What a command is about.
Lead = Annotated[str | None, typer.Argument(help="options.lead", metavar="lead")]
NoteWords = Annotated[list[str] | None, typer.Argument(help="options.note", metavar="note")]
WhenWords = Annotated[list[str] | None, typer.Argument(help="options.when_what", metavar="when_what")]
WhenTexts = Annotated[list[str] | None, typer.Argument(help="options.when_texts", metavar="text")]
Names = Annotated[list[str] | None, typer.Argument(help="options.names", metavar="name")]
Words = Annotated[list[str] | None, typer.Argument(help="options.words", metavar="words")]
ContactWords = Annotated[list[str] | None, typer.Argument(help="options.contact_words", metavar="person")]
ContactName = Annotated[str | None, typer.Argument(help="options.contact_name", metavar="contact")]
TagNames = Annotated[list[str] | None, typer.Argument(help="options.tag_names", metavar="tag")]
Amount = Annotated[str | None, typer.Argument(help="options.amount", metavar="amount")]
StageName = Annotated[str | None, typer.Argument(help="options.stage_name", metavar="stage")]
ReportName = Annotated[str | None, typer.Argument(help="options.report_name", metavar="report")]
ProcessName = Annotated[str | None, typer.Argument(help="options.process_name", metavar="process")]
ProcessFile = Annotated[str | None, typer.Argument(help="options.process_file", metavar="file")]
Setting = Annotated[str | None, typer.Argument(help="options.setting", metavar="setting")]
SettingWords = Annotated[list[str] | None, typer.Argument(help="options.setting_words", metavar="value")]
Steps = Annotated[
    int | None, typer.Argument(help="options.steps", metavar="number", parser=whole("options.m_number", 1))
]
Files = Annotated[list[str] | None, typer.Argument(help="options.files", metavar="file")]
FileName = Annotated[str | None, typer.Argument(help="options.file_name", metavar="file")]
ExportKind = Annotated[str | None, typer.Argument(help="options.export_kind", metavar="export_kind")]
Shell = Annotated[str | None, typer.Argument(help="options.shell", metavar="shell")]
CommandName = Annotated[list[str] | None, typer.Argument(help="options.command", metavar="command")]

# How the answer looks.
Format = Annotated[str | None, typer.Option("--format", "-f", help="options.format", metavar="format")]
Json = Annotated[bool, typer.Option("--json", help="options.json")]
All = Annotated[bool, typer.Option("--all", help="options.all")]
Limit = Annotated[
    int | None, typer.Option("--limit", help="options.limit", metavar="number", parser=whole("--limit", 1))
]
Sort = Annotated[str | None, typer.Option("--sort", help="options.sort", metavar="field")]
By = Annotated[str | None, typer.Option("--by", help="options.by", metavar="by")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="options.exit_code")]
Once = Annotated[bool, typer.Option("--once", help="options.once")]
WithPersonal = Annotated[bool, typer.Option("--with-personal", help="options.with_personal")]
Mask = Annotated[bool, typer.Option("--mask", help="options.mask")]
Copy = Annotated[bool, typer.Option("--copy", help="options.copy")]

# Days and times.
At = Annotated[str | None, typer.Option("--at", help="options.at", metavar="when")]
Date = Annotated[str | None, typer.Option("--date", help="options.date", metavar="when")]
Until = Annotated[str | None, typer.Option("--until", help="options.until", metavar="when")]
Received = Annotated[str | None, typer.Option("--received", help="options.received", metavar="when")]
GoalOn = Annotated[str | None, typer.Option("--goal-on", help="options.goal_on", metavar="when")]
Birthday = Annotated[str | None, typer.Option("--birthday", help="options.birthday", metavar="date")]
Past = Annotated[bool, typer.Option("--past", help="options.past")]
Days = Annotated[
    int | None, typer.Option("--days", help="options.days", metavar="number", parser=whole("--days"))
]
Anyway = Annotated[bool, typer.Option("--anyway", help="options.anyway")]

# A follow-up and the promise.
Via = Annotated[str | None, typer.Option("--via", "-v", help="options.via", metavar="via")]
Incoming = Annotated[bool, typer.Option("--incoming", "--in", help="options.incoming")]
With = Annotated[list[str] | None, typer.Option("--with", "-w", help="options.with", metavar="contact")]
Learned = Annotated[str | None, typer.Option("--learned", help="options.learned", metavar="text")]
Did = Annotated[str | None, typer.Option("--did", help="options.did", metavar="text")]
Feedback = Annotated[str | None, typer.Option("--feedback", help="options.feedback", metavar="text")]
Progress = Annotated[str | None, typer.Option("--progress", help="options.progress", metavar="text")]
NoAnswer = Annotated[bool, typer.Option("--no-answer", help="options.no_answer")]
Literal = Annotated[bool, typer.Option("--literal", help="options.literal")]
New = Annotated[bool, typer.Option("--new", help="options.new")]
Next = Annotated[str | None, typer.Option("--next", "-n", help="options.next", metavar="when_what")]
For = Annotated[str | None, typer.Option("--for", help="options.for", metavar="text")]
NextVia = Annotated[str | None, typer.Option("--next-via", help="options.next_via", metavar="via")]
NoNext = Annotated[bool, typer.Option("--no-next", help="options.no_next")]
Why = Annotated[str | None, typer.Option("--why", help="options.why", metavar="text")]

# A lead's record.
Short = Annotated[str | None, typer.Option("--short", help="options.short", metavar="name")]
Kind = Annotated[str | None, typer.Option("--kind", help="options.kind", metavar="code")]
Brand = Annotated[list[str] | None, typer.Option("--brand", help="options.brand", metavar="text")]
Area = Annotated[str | None, typer.Option("--area", "-a", help="options.area", metavar="text")]
Address = Annotated[str | None, typer.Option("--address", help="options.address", metavar="text")]
Phone = Annotated[str | None, typer.Option("--phone", help="options.phone", metavar="phone")]
Source = Annotated[str | None, typer.Option("--source", help="options.source", metavar="code")]
Referrer = Annotated[str | None, typer.Option("--referrer", help="options.referrer", metavar="lead")]
Need = Annotated[str | None, typer.Option("--need", help="options.need", metavar="need")]
Grade = Annotated[str | None, typer.Option("--grade", "-g", help="options.grade", metavar="grade")]
Contact = Annotated[list[str] | None, typer.Option("--contact", help="options.contact", metavar="person")]
Process = Annotated[str | None, typer.Option("--process", help="options.process", metavar="process")]
Set = Annotated[list[str] | None, typer.Option("--set", help="options.set", metavar="field_value")]
Note = Annotated[str | None, typer.Option("--note", help="options.note_option", metavar="text")]
AddTag = Annotated[list[str] | None, typer.Option("--tag", help="options.tag", metavar="tag")]
Untag = Annotated[list[str] | None, typer.Option("--untag", help="options.untag", metavar="tag")]
Goal = Annotated[str | None, typer.Option("--goal", help="options.goal", metavar="amount")]

# People.
Name = Annotated[str | None, typer.Option("--name", help="options.name", metavar="name")]
Role = Annotated[list[str] | None, typer.Option("--role", help="options.role", metavar="role")]
PersonPhone = Annotated[
    list[str] | None, typer.Option("--phone", help="options.person_phone", metavar="phone")
]
Wechat = Annotated[str | None, typer.Option("--wechat", help="options.wechat", metavar="text")]
Email = Annotated[str | None, typer.Option("--email", help="options.email", metavar="text")]
Attitude = Annotated[str | None, typer.Option("--attitude", help="options.attitude", metavar="code")]
Character = Annotated[str | None, typer.Option("--character", help="options.character", metavar="text")]
Hobbies = Annotated[str | None, typer.Option("--hobbies", help="options.hobbies", metavar="text")]
Title = Annotated[str | None, typer.Option("--title", help="options.title", metavar="text")]

# Which leads.
Stage = Annotated[str | None, typer.Option("--stage", help="options.stage", metavar="stage")]
Status = Annotated[str | None, typer.Option("--status", help="options.status", metavar="status")]
Tag = Annotated[str | None, typer.Option("--tag", help="options.tag_filter", metavar="tag")]
WhereMissing = Annotated[
    str | None, typer.Option("--where-missing", help="options.where_missing", metavar="field")
]
Untouched = Annotated[bool, typer.Option("--untouched", help="options.untouched")]
Unplanned = Annotated[bool, typer.Option("--unplanned", help="options.unplanned")]
StaleGrade = Annotated[bool, typer.Option("--stale-grade", help="options.stale_grade")]

# Moves and money.
Force = Annotated[bool, typer.Option("--force", help="options.force")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="options.dry_run")]
Reason = Annotated[str | None, typer.Option("--reason", help="options.reason", metavar="code")]
To = Annotated[str | None, typer.Option("--to", help="options.to", metavar="competitor")]
Framework = Annotated[bool, typer.Option("--framework", help="options.framework")]
NoAdvance = Annotated[bool, typer.Option("--no-advance", help="options.no_advance")]

# The day's end.
Week = Annotated[bool, typer.Option("--week", help="options.week")]
Spread = Annotated[
    int | None, typer.Option("--spread", help="options.spread", metavar="number", parser=whole("--spread", 1))
]
PerDay = Annotated[
    int | None,
    typer.Option("--per-day", help="options.per_day", metavar="number", parser=whole("--per-day", 1)),
]

# In and out.
RowKind = Annotated[str | None, typer.Option("--kind", help="options.row_kind", metavar="row_kind")]
Map = Annotated[list[str] | None, typer.Option("--map", help="options.map", metavar="column_field")]
Profile = Annotated[str | None, typer.Option("--profile", help="options.profile", metavar="name")]
SaveProfile = Annotated[
    str | None, typer.Option("--save-profile", help="options.save_profile", metavar="name")
]
Sheet = Annotated[str | None, typer.Option("--sheet", help="options.sheet", metavar="name")]
Encoding = Annotated[str | None, typer.Option("--encoding", help="options.encoding", metavar="encoding")]
Header = Annotated[bool | None, typer.Option("--header/--no-header", help="options.header")]
Default = Annotated[
    list[str] | None, typer.Option("--default", help="options.default", metavar="field_value")
]
OnDuplicate = Annotated[
    str | None, typer.Option("--on-duplicate", help="options.on_duplicate", metavar="on_duplicate")
]
Strict = Annotated[bool, typer.Option("--strict", help="options.strict")]
Rejects = Annotated[str | None, typer.Option("--rejects", help="options.rejects", metavar="file")]
DateOrder = Annotated[
    str | None, typer.Option("--date-order", help="options.date_order", metavar="date_order")
]
Output = Annotated[str | None, typer.Option("--output", "-o", help="options.output", metavar="file")]

# The book.
List = Annotated[bool, typer.Option("--list", help="options.list")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="options.yes")]
Verify = Annotated[bool, typer.Option("--verify", help="options.verify")]
Rep = Annotated[str | None, typer.Option("--rep", help="options.rep", metavar="name")]
