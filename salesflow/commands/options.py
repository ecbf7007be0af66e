"""One description of each option and argument; it means the same wherever it stands.

The descriptions are strings, built by ``commands.shell`` only for the command that runs:
building all of them would cost a tenth of every start. The first word of each is a text
(``options.via``), the second what it takes (``options.m_via``); both become words of the
language only when a help page is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

import typer

from salesflow.errors import Usage

__all__ = ["Annotated"]

MOST = 1_000_000_000
Text: TypeAlias = str | None
Texts: TypeAlias = list[str] | None
Number: TypeAlias = int | None


def argument(text: str, takes: str, least: int | None = None) -> Any:
    """A positional argument explained by ``options.<text>``, drawn as ``options.m_<takes>``."""
    return typer.Argument(help=text, metavar=takes, parser=_reader(takes.upper(), least))


def option(text: str, takes: str, *names: str, least: int | None = None, most: int = MOST) -> Any:
    """An option with a value, a whole number from ``least`` to ``most`` where ``least`` is given."""
    return typer.Option(*names, help=text, metavar=takes, parser=_reader(names[0], least, most))


def flag(text: str, *names: str) -> Any:
    """An option without a value, explained by ``options.<text>``."""
    return typer.Option(*names, help=text)


def _reader(name: str, least: int | None, most: int = MOST) -> Callable[[str], int] | None:
    if least is None:
        return None

    def read(text: str) -> int:
        from salesflow.names import narrow_digits

        try:
            number = int(narrow_digits(text).encode("ascii").replace(b"_", b"?"))
        except ValueError:
            raise Usage("errors.no_number", name=name, value=text[:40]) from None
        if not least <= number <= most:
            raise Usage("errors.number_outside", name=name, value=text[:40], least=least, most=most)
        return number

    return read


# What a command is about.
Lead: TypeAlias = 'Annotated[Text, argument("lead", "lead")]'
SomeLeads: TypeAlias = 'Annotated[Texts, argument("some_leads", "lead")]'
OtherLead: TypeAlias = 'Annotated[Text, argument("other_lead", "lead")]'
NoteWords: TypeAlias = 'Annotated[Texts, argument("note", "note")]'
WhenWords: TypeAlias = 'Annotated[Texts, argument("when_what", "when_what")]'
WhenTexts: TypeAlias = 'Annotated[Texts, argument("when_texts", "text")]'
Names: TypeAlias = 'Annotated[Texts, argument("names", "name")]'
Words: TypeAlias = 'Annotated[Texts, argument("words", "words")]'
ContactWords: TypeAlias = 'Annotated[Texts, argument("contact_words", "person")]'
Forgotten: TypeAlias = 'Annotated[Texts, argument("forgotten", "forgotten")]'
ContactName: TypeAlias = 'Annotated[Text, argument("contact_name", "contact")]'
TagNames: TypeAlias = 'Annotated[Texts, argument("tag_names", "tag")]'
Amount: TypeAlias = 'Annotated[Text, argument("amount", "amount")]'
GuideStage: TypeAlias = 'Annotated[Text, argument("guide_stage", "stage")]'
StageName: TypeAlias = 'Annotated[Text, argument("stage_name", "stage")]'
ReportName: TypeAlias = 'Annotated[Text, argument("report_name", "report")]'
ProcessName: TypeAlias = 'Annotated[Text, argument("process_name", "process")]'
ProcessFile: TypeAlias = 'Annotated[Text, argument("process_file", "file")]'
ProcessNew: TypeAlias = 'Annotated[Text, argument("process_new", "code")]'
ProcessOrFile: TypeAlias = 'Annotated[Text, argument("process_or_file", "process_or_file")]'
Setting: TypeAlias = 'Annotated[Text, argument("setting", "setting")]'
SettingWords: TypeAlias = 'Annotated[Texts, argument("setting_words", "value")]'
Steps: TypeAlias = 'Annotated[Number, argument("steps", "number", least=1)]'
Files: TypeAlias = 'Annotated[Texts, argument("files", "file")]'
Damaged: TypeAlias = 'Annotated[Text, argument("damaged", "file")]'
NewBook: TypeAlias = 'Annotated[Text, option("new_book", "file", "--to")]'
CopyFile: TypeAlias = 'Annotated[Text, argument("copy_file", "copy")]'
Told: TypeAlias = 'Annotated[Texts, argument("told", "text")]'
Referred: TypeAlias = 'Annotated[Texts, argument("referred", "name")]'
RecordId: TypeAlias = 'Annotated[Text, argument("record_id", "id")]'
ExportKind: TypeAlias = 'Annotated[Text, argument("export_kind", "export_kind")]'
ExportLead: TypeAlias = 'Annotated[Text, argument("export_lead", "lead")]'
Shell: TypeAlias = 'Annotated[Text, argument("shell", "shell")]'
CommandName: TypeAlias = 'Annotated[Texts, argument("command", "command")]'

# How the answer looks.
Format: TypeAlias = 'Annotated[Text, option("format", "format", "--format", "-f")]'
ReviewFormat: TypeAlias = 'Annotated[Text, option("review_format", "format", "--format", "-f")]'
FileFormat: TypeAlias = 'Annotated[Text, option("file_format", "format", "--format", "-f")]'
Json: TypeAlias = 'Annotated[bool, flag("json", "--json")]'
All: TypeAlias = 'Annotated[bool, flag("all", "--all")]'
Limit: TypeAlias = 'Annotated[Number, option("limit", "number", "--limit", least=1)]'
Sort: TypeAlias = 'Annotated[Text, option("sort", "field", "--sort")]'
By: TypeAlias = 'Annotated[Text, option("by", "by", "--by")]'
City: TypeAlias = 'Annotated[Text, option("city", "text", "--city")]'
Compare: TypeAlias = 'Annotated[bool, flag("compare", "--compare")]'
Explain: TypeAlias = 'Annotated[bool, flag("explain", "--explain")]'
Backtest: TypeAlias = 'Annotated[bool, flag("backtest", "--backtest")]'
ExitCode: TypeAlias = 'Annotated[bool, flag("exit_code", "--exit-code")]'
Once: TypeAlias = 'Annotated[bool, flag("once", "--once")]'
OnWorkdays: TypeAlias = 'Annotated[bool, flag("on_workdays", "--workdays")]'
Ahead: TypeAlias = 'Annotated[bool, flag("ahead", "--ahead")]'
Push: TypeAlias = 'Annotated[Text, option("push", "name", "--push")]'
WithPersonal: TypeAlias = 'Annotated[bool, flag("with_personal", "--with-personal")]'
Mask: TypeAlias = 'Annotated[bool, flag("mask", "--mask")]'
ScheduleKind: TypeAlias = 'Annotated[Text, argument("schedule_kind", "schedule_kind")]'
AtTime: TypeAlias = 'Annotated[Text, option("at_time", "time", "--at")]'
PasteFile: TypeAlias = 'Annotated[Text, argument("paste_file", "file")]'

# Days and times.
At: TypeAlias = 'Annotated[Text, option("at", "when", "--at")]'
Date: TypeAlias = 'Annotated[Text, option("date", "when", "--date")]'
Until: TypeAlias = 'Annotated[Text, option("until", "when", "--until")]'
Due: TypeAlias = 'Annotated[Text, option("due", "when", "--due")]'
Received: TypeAlias = 'Annotated[Text, option("received", "when", "--received")]'
GoalOn: TypeAlias = 'Annotated[Text, option("goal_on", "when", "--goal-on")]'
GoalBefore: TypeAlias = 'Annotated[Text, option("goal_before", "when", "--goal-before")]'
Birthday: TypeAlias = 'Annotated[Text, option("birthday", "date", "--birthday")]'
Past: TypeAlias = 'Annotated[bool, flag("past", "--past")]'
Days: TypeAlias = 'Annotated[Number, option("days", "number", "--days", least=0)]'
Anyway: TypeAlias = 'Annotated[bool, flag("anyway", "--anyway")]'

# A follow-up and the promise.
Via: TypeAlias = 'Annotated[Text, option("via", "via", "--via", "-v")]'
Incoming: TypeAlias = 'Annotated[bool, flag("incoming", "--incoming", "--in")]'
With: TypeAlias = 'Annotated[Texts, option("with", "contact", "--with", "-w")]'
Learned: TypeAlias = 'Annotated[Text, option("learned", "text", "--learned")]'
Did: TypeAlias = 'Annotated[Text, option("did", "text", "--did")]'
Feedback: TypeAlias = 'Annotated[Text, option("feedback", "text", "--feedback")]'
Progress: TypeAlias = 'Annotated[Text, option("progress", "text", "--progress")]'
NoAnswer: TypeAlias = 'Annotated[bool, flag("no_answer", "--no-answer")]'
Literal: TypeAlias = 'Annotated[bool, flag("literal", "--literal")]'
New: TypeAlias = 'Annotated[bool, flag("new", "--new")]'
Next: TypeAlias = 'Annotated[Text, option("next", "when_what", "--next", "-n")]'
For: TypeAlias = 'Annotated[Text, option("for", "text", "--for")]'
NextVia: TypeAlias = 'Annotated[Text, option("next_via", "via", "--next-via")]'
NoNext: TypeAlias = 'Annotated[bool, flag("no_next", "--no-next")]'
Why: TypeAlias = 'Annotated[Text, option("why", "text", "--why")]'

# An appointment or a planned call, and what came of it.
Purpose: TypeAlias = 'Annotated[Text, option("purpose", "code", "--purpose")]'
Place: TypeAlias = 'Annotated[Text, option("place", "text", "--place")]'
BookedBy: TypeAlias = 'Annotated[Text, option("booked_by", "name", "--booked-by")]'
Keeper: TypeAlias = 'Annotated[Text, option("keeper", "name", "--keeper")]'
Effect: TypeAlias = 'Annotated[Text, option("effect", "text", "--effect")]'
Questions: TypeAlias = 'Annotated[Text, option("questions", "text", "--questions")]'
Content: TypeAlias = 'Annotated[Text, option("content", "text", "--content")]'
GoalMet: TypeAlias = 'Annotated[Text, option("goal_met", "goal_met", "--goal-met")]'
Result: TypeAlias = 'Annotated[Text, option("result", "text", "--result")]'
Hook: TypeAlias = 'Annotated[Text, option("hook", "text", "--hook")]'

# A lead's record.
Short: TypeAlias = 'Annotated[Text, option("short", "name", "--short")]'
Kind: TypeAlias = 'Annotated[Text, option("kind", "code", "--kind")]'
Brand: TypeAlias = 'Annotated[Texts, option("brand", "text", "--brand")]'
Area: TypeAlias = 'Annotated[Text, option("area", "text", "--area", "-a")]'
Address: TypeAlias = 'Annotated[Text, option("address", "text", "--address")]'
Phone: TypeAlias = 'Annotated[Text, option("phone", "phone", "--phone")]'
Source: TypeAlias = 'Annotated[Text, option("source", "code", "--source")]'
Referrer: TypeAlias = 'Annotated[Text, option("referrer", "lead", "--referrer")]'
Need: TypeAlias = 'Annotated[Text, option("need", "need", "--need")]'
Grade: TypeAlias = 'Annotated[Text, option("grade", "grade", "--grade", "-g")]'
Contact: TypeAlias = 'Annotated[Texts, option("contact", "person", "--contact")]'
Process: TypeAlias = 'Annotated[Text, option("process", "process", "--process")]'
ToStage: TypeAlias = 'Annotated[Text, option("to_stage", "stage", "--stage")]'
From: TypeAlias = 'Annotated[Text, option("from_process", "process", "--from")]'
ProcessTitle: TypeAlias = 'Annotated[Text, option("process_title", "text", "--name")]'
AsSource: TypeAlias = 'Annotated[bool, flag("process_source", "--toml")]'
StageTo: TypeAlias = 'Annotated[Texts, option("stage_to", "stage_to", "--move")]'
Set: TypeAlias = 'Annotated[Texts, option("set", "field_value", "--set")]'
Note: TypeAlias = 'Annotated[Text, option("note_option", "text", "--note")]'
AddTag: TypeAlias = 'Annotated[Texts, option("tag", "tag", "--tag")]'
Untag: TypeAlias = 'Annotated[Texts, option("untag", "tag", "--untag")]'
Goal: TypeAlias = 'Annotated[Text, option("goal", "amount", "--goal")]'

# People.
Name: TypeAlias = 'Annotated[Text, option("name", "name", "--name")]'
Role: TypeAlias = 'Annotated[Texts, option("role", "role", "--role")]'
PersonPhone: TypeAlias = 'Annotated[Texts, option("person_phone", "phone", "--phone")]'
Wechat: TypeAlias = 'Annotated[Text, option("wechat", "text", "--wechat")]'
Email: TypeAlias = 'Annotated[Text, option("email", "text", "--email")]'
Attitude: TypeAlias = 'Annotated[Text, option("attitude", "code", "--attitude")]'
Character: TypeAlias = 'Annotated[Text, option("character", "text", "--character")]'
Hobbies: TypeAlias = 'Annotated[Text, option("hobbies", "text", "--hobbies")]'
Title: TypeAlias = 'Annotated[Text, option("title", "text", "--title")]'
Department: TypeAlias = 'Annotated[Text, option("department", "text", "--department")]'
Family: TypeAlias = 'Annotated[Text, option("family", "text", "--family")]'
Friends: TypeAlias = 'Annotated[Text, option("friends", "text", "--friends")]'
Chain: TypeAlias = 'Annotated[Number, option("chain", "number", "--chain", least=0, most=99)]'
Weight: TypeAlias = 'Annotated[Number, option("weight", "number", "--weight", least=1, most=5)]'

# Competitors and checklists.
CompetitorName: TypeAlias = 'Annotated[Texts, argument("competitor_name", "competitor")]'
ChainNames: TypeAlias = 'Annotated[Texts, argument("chain_names", "contact")]'
Items: TypeAlias = 'Annotated[Texts, argument("items", "checklist_items")]'
Strengths: TypeAlias = 'Annotated[Text, option("strengths", "text", "--strengths")]'
Weaknesses: TypeAlias = 'Annotated[Text, option("weaknesses", "text", "--weaknesses")]'
Price: TypeAlias = 'Annotated[Text, option("price", "amount", "--price")]'
TheirRelation: TypeAlias = 'Annotated[Text, option("their_relation", "text", "--relation")]'
Supporter: TypeAlias = 'Annotated[Text, option("supporter", "contact", "--supporter")]'
Competitor: TypeAlias = 'Annotated[Text, option("competitor", "competitor", "--competitor")]'
Clear: TypeAlias = 'Annotated[bool, flag("clear", "--clear")]'

# Which leads.
Stage: TypeAlias = 'Annotated[Text, option("stage", "stage", "--stage")]'
Status: TypeAlias = 'Annotated[Text, option("status", "status", "--status")]'
Tag: TypeAlias = 'Annotated[Text, option("tag_filter", "tag", "--tag")]'
WhereMissing: TypeAlias = 'Annotated[Text, option("where_missing", "field", "--where-missing")]'
Untouched: TypeAlias = 'Annotated[bool, flag("untouched", "--untouched")]'
Unplanned: TypeAlias = 'Annotated[bool, flag("unplanned", "--unplanned")]'
StaleGrade: TypeAlias = 'Annotated[bool, flag("stale_grade", "--stale-grade")]'
Industry: TypeAlias = 'Annotated[Text, option("industry", "code", "--industry")]'
Size: TypeAlias = 'Annotated[Text, option("size", "code", "--size")]'
Side: TypeAlias = 'Annotated[Text, option("side", "code", "--side")]'
CustomerClass: TypeAlias = 'Annotated[Text, option("customer_class", "code", "--class")]'
Parent: TypeAlias = 'Annotated[Text, option("parent", "lead", "--parent")]'
Key: TypeAlias = 'Annotated[bool, flag("key", "--key-target")]'
ReferenceOnly: TypeAlias = 'Annotated[bool, flag("reference", "--reference")]'
NewCustomers: TypeAlias = 'Annotated[bool, flag("new_customers", "--new-customers")]'

# Moves and money.
Force: TypeAlias = 'Annotated[bool, flag("force", "--force")]'
NoBackup: TypeAlias = 'Annotated[bool, flag("no_backup", "--no-backup")]'
DryRun: TypeAlias = 'Annotated[bool, flag("dry_run", "--dry-run")]'
Reason: TypeAlias = 'Annotated[Text, option("reason", "code", "--reason")]'
To: TypeAlias = 'Annotated[Text, option("to", "competitor", "--to")]'
Framework: TypeAlias = 'Annotated[bool, flag("framework", "--framework")]'
NoAdvance: TypeAlias = 'Annotated[bool, flag("no_advance", "--no-advance")]'

Product: TypeAlias = 'Annotated[Text, option("product", "text", "--product")]'
InReturn: TypeAlias = 'Annotated[Text, option("in_return", "text", "--in-return")]'
Cost: TypeAlias = 'Annotated[Text, option("cost", "amount", "--cost")]'
ApprovedBy: TypeAlias = 'Annotated[Text, option("approved_by", "name", "--approved-by")]'
Special: TypeAlias = 'Annotated[bool, flag("special", "--special")]'
Interests: TypeAlias = 'Annotated[Text, option("interests", "text", "--interests")]'
OpenPoints: TypeAlias = 'Annotated[Text, option("open_points", "text", "--open")]'
FixedPoints: TypeAlias = 'Annotated[Text, option("fixed_points", "text", "--fixed")]'
Alternatives: TypeAlias = 'Annotated[Text, option("alternatives", "text", "--alternatives")]'
JoinedBy: TypeAlias = 'Annotated[Text, option("joined_by", "name", "--joined-by")]'
Accepted: TypeAlias = 'Annotated[Text, option("accepted", "amount", "--accepted")]'
AcceptedFrom: TypeAlias = 'Annotated[Text, option("accepted_from", "contact", "--from")]'

# Products.
ProductName: TypeAlias = 'Annotated[Texts, argument("product_name", "product")]'
ProductPrice: TypeAlias = 'Annotated[Text, option("product_price", "amount", "--price")]'
Unit: TypeAlias = 'Annotated[Text, option("unit", "text", "--unit")]'
Cycle: TypeAlias = 'Annotated[Text, option("cycle", "days", "--cycle")]'
# Orders and what is owed.
OrderNo: TypeAlias = 'Annotated[Text, argument("order_no", "order_no")]'
PaymentNo: TypeAlias = 'Annotated[Text, argument("payment_no", "id")]'
ScheduleParts: TypeAlias = 'Annotated[Texts, argument("schedule_parts", "due_part")]'
OrderLines: TypeAlias = 'Annotated[Texts, option("order_lines", "order_line", "--line")]'
OrderDues: TypeAlias = 'Annotated[Texts, option("order_dues", "due_part", "--due")]'
Contract: TypeAlias = 'Annotated[Text, option("contract_no", "text", "--contract")]'
NewAmount: TypeAlias = 'Annotated[Text, option("new_amount", "amount", "--amount")]'
DeliveredOn: TypeAlias = 'Annotated[Text, option("delivered_on", "when", "--delivered-on")]'
AcceptedOn: TypeAlias = 'Annotated[Text, option("accepted_on", "when", "--accepted-on")]'
Owing: TypeAlias = 'Annotated[bool, flag("owing", "--owing")]'
Overdue: TypeAlias = 'Annotated[bool, flag("overdue", "--overdue")]'
OfLead: TypeAlias = 'Annotated[Text, option("of_lead", "lead", "--lead")]'
OrderId: TypeAlias = 'Annotated[Number, option("order_id", "id", "--order", least=1)]'
Method: TypeAlias = 'Annotated[Text, option("method", "text", "--method")]'

# Targets.
Metric: TypeAlias = 'Annotated[Text, argument("metric", "metric")]'
TargetValue: TypeAlias = 'Annotated[Text, argument("target_value", "value")]'
PeriodWords: TypeAlias = 'Annotated[Texts, argument("period_words", "period")]'
TargetPeriod: TypeAlias = 'Annotated[Text, option("target_period", "period", "--period")]'
ForRep: TypeAlias = 'Annotated[Text, option("for_rep", "name", "--rep")]'
Factor: TypeAlias = 'Annotated[Text, argument("factor", "factor")]'
FactorSales: TypeAlias = 'Annotated[Text, option("factor_sales", "amount", "--sales")]'
FactorVisits: TypeAlias = 'Annotated[Text, option("factor_visits", "number", "--visits")]'
FactorDays: TypeAlias = 'Annotated[Number, option("factor_days", "number", "--days", least=1, most=3660)]'
FactorRate: TypeAlias = 'Annotated[Text, option("factor_rate", "rate", "--rate")]'
FactorOrder: TypeAlias = 'Annotated[Text, option("factor_order", "amount", "--order")]'
SpendSource: TypeAlias = 'Annotated[Text, argument("spend_source", "source")]'
SpendWords: TypeAlias = 'Annotated[Texts, argument("spend_words", "period")]'
OfMonth: TypeAlias = 'Annotated[Text, option("of_month", "month", "--month")]'

# Objections, referrals, signatures.
Answer: TypeAlias = 'Annotated[Text, option("answer", "text", "--answer")]'
Worked: TypeAlias = 'Annotated[Text, option("worked", "worked", "--worked")]'
NewText: TypeAlias = 'Annotated[Text, option("new_text", "text", "--text")]'
As: TypeAlias = 'Annotated[Text, option("as", "code", "--as")]'
SignedBy: TypeAlias = 'Annotated[Text, option("signed_by", "name", "--by")]'
SheetWeek: TypeAlias = 'Annotated[bool, flag("sheet_week", "--week")]'
Span: TypeAlias = 'Annotated[Text, option("span", "span", "--period")]'
FromDay: TypeAlias = 'Annotated[Text, option("from_day", "when", "--from")]'
ToDay: TypeAlias = 'Annotated[Text, option("to_day", "when", "--to")]'
PageFile: TypeAlias = 'Annotated[Text, option("page_file", "file", "--html")]'
XlsxFile: TypeAlias = 'Annotated[Text, option("xlsx_file", "file", "--xlsx")]'
MdFile: TypeAlias = 'Annotated[Text, option("md_file", "file", "--md")]'

# The improvement plan.
ActionWords: TypeAlias = 'Annotated[Texts, argument("action_words", "text")]'
ActionId: TypeAlias = 'Annotated[Text, argument("action_id", "id")]'
Measured: TypeAlias = 'Annotated[Text, option("measured", "figure", "--measure")]'
Who: TypeAlias = 'Annotated[Text, option("who", "name", "--who")]'
DecidedIn: TypeAlias = 'Annotated[Text, option("decided_in", "report", "--from")]'
StillOpen: TypeAlias = 'Annotated[bool, flag("still_open", "--open")]'
OnlyDone: TypeAlias = 'Annotated[bool, flag("only_done", "--done")]'
OnlyLate: TypeAlias = 'Annotated[bool, flag("only_late", "--late")]'

# The team.
Books: TypeAlias = 'Annotated[Texts, argument("books", "file")]'
ConflictId: TypeAlias = 'Annotated[Number, argument("conflict_id", "id", least=1)]'
ToReps: TypeAlias = 'Annotated[Texts, option("to_reps", "name", "--to")]'
PoolLeads: TypeAlias = 'Annotated[Texts, argument("pool_leads", "lead")]'
AreaOf: TypeAlias = 'Annotated[Texts, option("area_of", "rep_area", "--area-of")]'
OnlyArea: TypeAlias = 'Annotated[bool, flag("only_area", "--by-area")]'
Owner: TypeAlias = 'Annotated[Text, option("owner", "name", "--owner")]'
Pool: TypeAlias = 'Annotated[bool, flag("pool", "--pool")]'

# On the road.
PlanDay: TypeAlias = 'Annotated[Texts, argument("plan_day", "when")]'
FromPlace: TypeAlias = 'Annotated[Text, option("from_place", "place", "--from")]'
Visits: TypeAlias = 'Annotated[Number, option("visits", "number", "--visits", least=1, most=30)]'
UntilTime: TypeAlias = 'Annotated[Text, option("until_time", "time", "--until")]'
HtmlFile: TypeAlias = 'Annotated[Text, option("html_file", "file", "--html")]'
IcsFile: TypeAlias = 'Annotated[Text, option("ics_file", "file", "--ics")]'

# The day's end.
Week: TypeAlias = 'Annotated[bool, flag("week", "--week")]'
Spread: TypeAlias = 'Annotated[Number, option("spread", "number", "--spread", least=1, most=366)]'
PerDay: TypeAlias = 'Annotated[Number, option("per_day", "number", "--per-day", least=1)]'

# In and out.
RowKind: TypeAlias = 'Annotated[Text, option("row_kind", "row_kind", "--kind")]'
Map: TypeAlias = 'Annotated[Texts, option("map", "column_field", "--map")]'
Profile: TypeAlias = 'Annotated[Text, option("profile", "name", "--profile")]'
SaveProfile: TypeAlias = 'Annotated[Text, option("save_profile", "name", "--save-profile")]'
Sheets: TypeAlias = 'Annotated[Texts, option("sheet", "name", "--sheet")]'
Encoding: TypeAlias = 'Annotated[Text, option("encoding", "encoding", "--encoding")]'
Header: TypeAlias = 'Annotated[bool | None, flag("header", "--header/--no-header")]'
Default: TypeAlias = 'Annotated[Texts, option("default", "field_value", "--default")]'
OnDuplicate: TypeAlias = 'Annotated[Text, option("on_duplicate", "on_duplicate", "--on-duplicate")]'
Strict: TypeAlias = 'Annotated[bool, flag("strict", "--strict")]'
Rejects: TypeAlias = 'Annotated[Text, option("rejects", "file", "--rejects")]'
DateOrder: TypeAlias = 'Annotated[Text, option("date_order", "date_order", "--date-order")]'
PeopleAlone: TypeAlias = 'Annotated[bool, flag("people", "--people")]'
NotSame: TypeAlias = 'Annotated[bool, flag("not_same", "--not-same")]'
SameAgain: TypeAlias = 'Annotated[bool, flag("same_again", "--same-again")]'
ReviewDupes: TypeAlias = 'Annotated[bool, flag("review_dupes", "--review")]'
DupeReason: TypeAlias = 'Annotated[Text, option("dupe_reason", "dupe_reason", "--like")]'
Output: TypeAlias = 'Annotated[Text, option("output", "file", "--output", "-o")]'
SheetMonth: TypeAlias = 'Annotated[bool, flag("sheet_month", "--month")]'
Consent: TypeAlias = 'Annotated[Text, option("consent", "when", "--consent")]'

# The book.
List: TypeAlias = 'Annotated[bool, flag("list", "--list")]'
Yes: TypeAlias = 'Annotated[bool, flag("yes", "--yes", "-y")]'
Verify: TypeAlias = 'Annotated[bool, flag("verify", "--verify")]'
Rep: TypeAlias = 'Annotated[Text, option("rep", "name", "--rep")]'
Know: TypeAlias = 'Annotated[bool, flag("know", "--i-know")]'

# Around every command: these stand before it.
Db: TypeAlias = 'Annotated[Text, option("db", "file", "--db")]'
Lang: TypeAlias = 'Annotated[Text, option("lang", "lang", "--lang")]'
NoInput: TypeAlias = 'Annotated[bool, flag("no_input", "--no-input")]'
Version: TypeAlias = 'Annotated[bool, flag("version", "--version")]'
