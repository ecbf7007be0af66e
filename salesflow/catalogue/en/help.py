"""English: the help pages. ``s_*`` one line a command, then what it does and how it is used."""

from salesflow.catalogue.en import _help_action, _help_money, _help_people
from salesflow.catalogue.en._help_backup import BACKUP
from salesflow.catalogue.en._help_road import ROAD
from salesflow.catalogue.en._help_sending import SENDING

TEXTS = {
    "usage": "Usage: salesflow COMMAND ...    salesflow alone is 'today'\n"
    "A lead is named by number, name or a part of it, pinyin or phone",
    "usage_of": "Usage: {words}",
    "also": "Also: {names}",
    "options_word": "[OPTIONS]",
    "arguments": "Arguments",
    "options": "Options",
    "verbs": "Verbs",
    "examples": "Examples",
    "repeat": " (repeatable)",
    "before": "Before the command",
    "foot": "The rest: salesflow help --all    One command: salesflow visit --help",
    "foot_all": "How one command is used: salesflow help COMMAND",
    "noun_foot": "How one verb is used: {words}",
    "group_day": "Every day",
    "group_look": "Look up",
    "group_road": "On the road",
    "group_move": "Move on",
    "group_file": "The file",
    "group_money": "Money",
    "group_figures": "Figures",
    "group_exchange": "In and out",
    "group_book": "The book",
    "group_setup": "Set-up",
    "group_rare": "Less often",
    "s_today": "What to do now",
    "today": (
        "Whom to follow up today: overdue, due, waiting for a first contact, without a next date, in the "
        "order in which to do them. No command at all means this one. Below stand the reminders: appointments, "
        "birthdays, open incidents, care visits due, stock that runs out.\n--push sends it to a phone (first: "
        "salesflow config push.NAME wecom); what is written below its lines comes back with paste."
    ),
    "today_examples": "salesflow\nsalesflow today --area Wuhou\nsalesflow today --date tomorrow --limit 10\n"
    "salesflow today --push phone --date tomorrow",
    "s_visit": "Record a visit",
    "visit": "Records a visit: log --via visit. The note needs no quotes; 'next: friday bring samples', "
    "'grade: A' and 'learned:' in it are obeyed. The answer names the next date and where it came "
    "from.",
    "visit_examples": "salesflow visit huaxing saw Wang, 368 is too dear next: friday second quote\n"
    "salesflow visit 12 looked at samples -n 'in 3 days' -w Wang",
    "s_call": "Record a phone call; --in: they called",
    "call": "Records a phone call: log --via phone. With --in they called. A note that begins with 'no "
    "answer' is tried again another day.",
    "call_examples": "salesflow call huaxing meeting on wednesday afternoon\n"
    "salesflow call 12 no answer\n"
    "salesflow call --in Jaguar asked for prices --new",
    "s_log": "Record any other follow-up",
    "log": "Records a follow-up that took place. The next date is the one you say; else the interval of the "
    "stage or the grade gives it, and the answer says so.",
    "log_examples": "salesflow log huaxing -v wechat sent the colour card next: wed\n"
    "salesflow log 12 --at yesterday met Zhao --learned 'changes supplier in december'\n"
    "salesflow log 12 brought the sample --goal-met yes --result 'will try two cars' --hook 'the test report'",
    "s_next": "Set or move the next date",
    "next": "Sets the next date and what for, or moves it. A move is counted: say --why. With a time it "
    "is an appointment: place, purpose, who booked it and who keeps it can be said too; for a call the effect wanted, "
    "what to ask and to say. Without a day, only these are filled in.",
    "next_examples": "salesflow next huaxing friday bring samples\n"
    "salesflow next huaxing friday 10:00 quote --purpose needs --place 'at the shop' --keeper Li\n"
    "salesflow next 12 tomorrow --via phone --effect 'meet the boss' --questions 'cars a month?'\n"
    "salesflow next 12 2026-12-01 --why 'he is travelling'\n"
    "salesflow next 12 --no-next",
    "s_add": "Add a lead",
    "add": "Adds a lead; a name is enough, the rest can follow. One that is known already, or that has the "
    "same phone, is shown first.",
    "add_examples": "salesflow add 'Huaxing BMW' --short huaxing --area Wuhou -g B\n"
    "salesflow add 'Jintai Audi' --contact 'Li 13900005702 buyer' -n 'tomorrow bring samples'",
    "s_show": "A lead's whole file",
    "show": "All about one lead: how complete its record is and what is missing, its people, where it "
    "stands, the next date, the follow-ups, newest first.",
    "show_examples": "salesflow show huaxing\nsalesflow show 12 --all\nsalesflow show 13900001234",
    "s_find": "Search names, people, phones, notes",
    "find": "Searches names, pinyin, people, phones, addresses, brands and notes; two Chinese characters do.",
    "find_examples": "salesflow find 'too dear'\nsalesflow find cdbm",
    "s_list": "Leads by filter",
    "list": "Lists leads that fit every filter given.",
    "list_examples": "salesflow list --stage qualified -g A\n"
    "salesflow list --untouched --area Wuhou\n"
    "salesflow list --where-missing phone -f csv",
    **ROAD,
    **SENDING,
    "s_advance": "Enter the next stage, or see what it wants",
    "advance": "Enters the next stage, or the one named. Where its gate is not passed, each missing thing is "
    "named with the command that supplies it. --dry-run only tells.",
    "advance_examples": "salesflow advance huaxing\n"
    "salesflow advance 12 --dry-run\n"
    "salesflow advance 12 --force --why 'the director agreed'",
    "s_park": "Set aside until a date",
    "park": "Sets a lead aside; on its day it comes back into the list of the day.",
    "park_examples": "salesflow park huaxing --reason other --until 2027-02-20 --why rebuilding\n"
    "salesflow park 12 --until 'in 3 months'",
    "s_lose": "Close as lost, with the reason",
    "lose": "Closes a lead as lost, with the reason. --to names the competitor who won it.",
    "lose_examples": "salesflow lose huaxing --reason competitor --to BrandX\n"
    "salesflow lose 12 --reason other --why 'shop closed'",
    "s_reopen": "Bring back",
    "reopen": "Brings a parked or lost lead back.",
    "reopen_examples": "salesflow reopen huaxing --next tomorrow",
    "s_edit": "Change the record, goal, tags",
    "edit": "Changes a lead's record. --set supplier=none says that they use none: an answer, not a blank. "
    "--set customer_class= gives a customer a class after the deal, whose service plan sets the next dates.",
    "edit_examples": "salesflow edit 12 --set supplier=none --set volume_month=90\n"
    "salesflow edit huaxing --goal 120000 --goal-on eoy --tag vip",
    "s_objection": "objections and the answers that worked",
    "objection": "Why they do not buy, what you answered, and whether it worked. "
    "A lead lists its own, with a text one is recorded; without a lead, what is said most often.",
    "objection_examples": "salesflow objection 12 too dear --answer 'the margin of each car' --worked yes\n"
    "salesflow objection find dear\n"
    "salesflow objection edit 12 3 --answer 'film one car first' --worked no",
    "objection_add": "record one: lead, text, the answer",
    "objection_list": "those of a lead; without a lead the most frequent",
    "objection_edit": "change one: answer, whether it worked",
    "objection_find": "earlier answers, the best first",
    "objection_remove": "take one away",
    **_help_money.TEXTS,
    **_help_action.TEXTS,
    **_help_people.TEXTS,
    "s_report": "Day, week, month, funnel",
    "report": "Reports; without a name, the list of them. 'report service' is the time after the deal: each order "
    "leads to care visits on the process's days after delivery; an answered follow-up counts for the nearest, and "
    "past the middle to the next one it is missed. Stock ends after the product's cycle, from three days of purchase "
    "on by the customer's own rhythm (the median of the gaps). The audit names whose service plan was not kept. "
    "'report forecast' reckons each lead's chance, and what weeks and months bring, from your own history; --backtest "
    "tells how good it was. 'report hot' is the H list. 'report kpi' sets the month's measures beside their targets, "
    "the month before and the average of four; --compare does so in every report of a period (hot, forecast, ageing, "
    "visits, calendar and service tell how things stand: ask an earlier day with --date); --explain tells how each "
    "figure is counted. 'report quarter' is a quarter; --from and --to are any range of days, compared with as many "
    "before it; reports of a period take --period day|week|month|quarter."
    " report meeting is for the weekly meeting, new the table of new leads, sources what each brings (spend notes its"
    " cost), first-contact who missed it, reasons why leads were lost, ageing who is stuck, coverage --city the blank"
    " areas and territories, team each rep."
    " Any report is written to a file, too: --html a page with charts (to read, to print on A4), --xlsx a workbook"
    " with charts, --md for a chat; phones are masked and people are their surnames unless --with-personal. report"
    " calendar is a month with the promises of each day.",
    "report_examples": "salesflow report week\n"
    "salesflow report week --html week.html --xlsx week.xlsx\n"
    "salesflow report day\n"
    "salesflow report month --date yesterday -f md\n"
    "salesflow report promises --period quarter\n"
    "salesflow report week --from 10-01 --to 11-15\n"
    "salesflow report visits\n"
    "salesflow report month --by rep\n"
    "salesflow report kpi\nsalesflow report kpi --period week --explain\nsalesflow report week --compare\n"
    "salesflow report sources --period quarter --compare\n"
    "salesflow report forecast\nsalesflow report forecast --backtest\nsalesflow report hot -f chat\n"
    "salesflow report service",
    "s_target": "Targets, and what a day must bring",
    "target": "What is to be reached by day, week and month, what was reached, and what each working day that is left "
    "must bring. target alone lists them. Metrics: visits, calls (made), followups, new_leads, deals, sales, margin, "
    "collected. A target of one period beats that of every one. Working days are the Chinese calendar's or those "
    "of config workdays. report day, week and month show them too.",
    "target_examples": "salesflow target set visits 100 month\n"
    "salesflow target set sales 300000 --period 2026-12\n"
    "salesflow target set collected 250000 'this month' --rep 'Li Xiang'\n"
    "salesflow target\n"
    "salesflow target solve",
    "target_set": "Set a target or change it: metric, value, period",
    "target_set_examples": "salesflow target set visits 5 day\n"
    "salesflow target set sales 300000 month\n"
    "salesflow target set deals 2 --period 2026-W47 --why 'the year ends'",
    "target_list": "List the targets and what is reached",
    "target_remove": "Take one away: metric, period",
    "target_solve": "The value formula: sales = visits a day x working days x closing rate x average order, solved for "
    "the one not given; the month's target, the calendar and your own history stand in for the others",
    "target_solve_examples": "salesflow target solve\n"
    "salesflow target solve --month 'next month' --sales 300000\n"
    "salesflow target solve --sales 300000 --days 22 --rate 5% --order 58000\n"
    "salesflow target solve sales --visits 6\n"
    "salesflow target solve rate --visits 5",
    "s_import": "Take in any list as it is",
    "import": "Takes in a list as it is: CSV, TSV, Excel, JSON, the cards of phones and Outlook (vCard). "
    "Encoding, header and columns are recognised, "
    "unknown columns are kept, and the same file again adds nothing. On a terminal each column is shown with its "
    "field and its first cells before anything is written: Enter imports, and a column can be changed on the spot; "
    "a script is asked nothing (nor with --yes), --dry-run only shows. A file with the same header is read by "
    "what --save-profile kept. Cards without a firm are left out, unless --people takes each as a lead.\n"
    "--kind takes in what hangs on leads, on its own days and by its own authors; a column lead (name or id) "
    "says whose. History asks no gate; an order enters the won stage on its day, unless stages are imported that "
    "say when. Promises are all the days that a next date has been: with a moved_from it is a reschedule, with an "
    "ended_at it ended so. A JSON Lines file with a type in each line may hold all kinds at once.",
    "import_examples": "salesflow import leads.xlsx --dry-run\n"
    "salesflow import leads.xlsx\n"
    "salesflow import list.xlsx --sheet all --save-profile maker\n"
    "salesflow import visits.xlsx --kind followups\n"
    "salesflow import a.csv --map 'Shop=name' --default source=street",
    "s_export": "Sheets, workbooks, forms to sign",
    "export": "Writes the book out for other programs, or as forms to print and sign. The ending of the file says "
    "the format, -f beats it: csv tsv json jsonl xlsx; without -o it goes to the screen, a workbook "
    "wants -o.\n"
    "What: leads contacts followups stages orders payments targets quotes objections incidents competitors "
    "promises products actions dues, with the filters of list; the forms customer-record LEAD, followup-record LEAD, "
    "new-leads --week|--month, hot-list; calendar; all.\n"
    "Workbooks go to others: phones of people are masked and personal fields left out, unless --with-personal; "
    "before a deal the customer must have agreed (--consent WHEN, or salesflow edit LEAD --consent WHEN). "
    "csv, tsv, json and jsonl are your own and whole; --mask masks these too.\n"
    "For the phone's calendar: calendar (.ics), 30 days ahead (--days, --until). What has a time takes an hour and "
    "rings half an hour before, what has none takes the day and rings at 9. What was moved is the same event on "
    "another day once it is imported again; what was dropped, undone or done before its day is cancelled; what was "
    "done on its day stays for 30 days and rings no more.\n"
    "For the phone's contacts: contacts -f vcf (.vcf), a card a person; a shop without people has one with its phone.",
    "export_examples": "salesflow export leads -o leads.csv\n"
    "salesflow export followups --area Wuhou -o followups.xlsx\n"
    "salesflow export customer-record Huaxing -o huaxing.xlsx\n"
    "salesflow export new-leads --month -o new.xlsx\n"
    "salesflow export calendar -o week.ics --days 7\n"
    "salesflow export contacts -o people.vcf --area Wuhou\n"
    "salesflow export leads -f jsonl",
    "s_dupes": "Leads that may be doubles, and why",
    "dupes": "Compares the whole book: same phone, same name (at another address it is most often another showroom), "
    "same but for company words, sounds the same, one character more, same address. The surest come first, with what "
    "is alike and what differs; nothing is merged by itself. Shops told apart in brackets are two. What you looked at "
    "and is not the same is remembered with --not-same and no longer listed, except with --all. A terminal lists a "
    "screenful; --limit lists more.",
    "dupes_examples": "salesflow dupes --limit 20\nsalesflow dupes --like phone\nsalesflow dupes 12 57\n"
    'salesflow dupes 12 57 --not-same --why "two showrooms"\nsalesflow dupes --review',
    "s_merge": "Two leads that are one become one",
    "merge": "Joins the second lead to the first: people, follow-ups, orders, stages and all else come along and "
    "nothing is counted twice. Where both say something the first has the say and the other's words are kept under "
    "(other); the stage is that of the one that stands further, the grade the one given last, and whoever registered "
    "first has registered it. The first one's next date stays, the other is given up. On a terminal it shows and "
    "asks, elsewhere it is done at once; undo takes it apart again.",
    "merge_examples": "salesflow merge 12 57\nsalesflow merge 12 57 --dry-run\n"
    'salesflow merge 12 57 --yes --why "same shop"',
    "s_undo": "Take back the last step",
    "undo": "Takes back the last step, or the last few; again goes further. It shows first what it will "
    "reverse.",
    "undo_examples": "salesflow undo\nsalesflow undo 3 --yes\nsalesflow undo --list",
    "s_check": "Is the book sound",
    "check": "Checks the book: silent when fine, all failures at once when not (exit 5). Every page is looked at, and"
    " the history replayed: of each cell that is not as the history says, the lead, the field, what stood there and"
    " what to do. Steps changed afterwards show too. It repairs nothing: salvage makes a new book.",
    "check_examples": "salesflow check\nsalesflow check --json",
    "s_process": "Stages, gates, grades, reasons",
    "process": "The standard process as data: stages, what they ask, grades, intervals, reasons.",
    "process_examples": "salesflow process\n"
    "salesflow process show film-4s\n"
    "salesflow process new ours --from film-4s --name 'Our way'\n"
    "salesflow process edit ours\n"
    "salesflow process use ours",
    "process_list": "List the processes of the book, and the built-in ones not used yet",
    "process_show": "Draw a process: stages, gates, how many leads stand in each; --toml prints its file",
    "process_new": "Copy a process under a code and title of its own",
    "process_new_examples": "salesflow process new ours --from film-4s --name 'Our way'",
    "process_edit": "Change a process in $EDITOR or from a file; it is checked, and its effects are told first",
    "process_edit_examples": "salesflow process edit ours\n"
    "salesflow process edit ours ours.toml --dry-run\n"
    "salesflow process edit ours ours.toml --move qualified=prospect",
    "process_use": "New leads follow this process; a file is taken into the book first",
    "process_use_examples": "salesflow process use lubricant\nsalesflow process use ours.toml",
    "process_update": "Bring the new version of a built-in process into the book",
    "process_check": "Check a process file: every mistake with its line",
    "s_config": "Name, language, working days, process",
    "config": "Settings kept in the book. Alone it lists them; a name and a value set one.\npush.NAME is where "
    "lists are sent: wecom, dingtalk, feishu, mail. Its address and password are secrets: they stand in push.toml "
    "beside the book or in the environment, never in a command.",
    "config_examples": "salesflow config\n"
    "salesflow config rep 'Chen Lei'\n"
    "salesflow config push.phone wecom\n"
    "salesflow config push.mail mail host=smtp.qq.com user=me@example.com to=me@example.com\n"
    "salesflow config calendar import 2027.csv",
    "config_set": "Set one",
    "config_list": "List the settings",
    "config_calendar": "Take in a new year's working days: calendar import FILE",
    "s_init": "Make a book",
    "init": "Makes an empty book that its owner alone can read. One that is there is left alone. "
    "On a network drive none is made without --i-know: two computers would spoil it, the locks there do not hold.",
    "init_examples": "salesflow init\nsalesflow --db second.db init --rep 'Chen Lei'",
    "s_redo": "Do again what was undone",
    "redo": "Does again the step that was undone last.",
    "redo_examples": "salesflow redo",
    "s_history": "All that happened with a lead, or in the book",
    "history": "All that happened with a lead: follow-ups, moves, changes. Without a lead, the steps of the "
    "book.",
    "history_examples": "salesflow history\nsalesflow history huaxing",
    **BACKUP,
    "s_guide": "What to ask and do in a stage",
    "guide": (
        "A stage's checklist: what to find out and what to do. Without --process the stage is looked for in the "
        "book's processes. What to ask one lead this time: salesflow prepare LEAD."
    ),
    "guide_examples": "salesflow guide qualified",
    "s_incident": "trouble, watched until it is solved",
    "incident": "Trouble at a customer's: opened, followed, solved. "
    "Without a lead all open ones, the oldest first. What comes back is a new one.",
    "incident_examples": "salesflow incident 12 bubbles in the front screen --due fri\n"
    "salesflow incident follow 12 2 the fitter has been there\n"
    "salesflow incident solve 12 2 filmed again\n"
    "salesflow incident",
    "incident_add": "open one: lead, what, by when",
    "incident_list": "those of a lead; without a lead all open ones",
    "incident_follow": "what was done: lead, id, text",
    "incident_solve": "how it was solved: lead, id, text",
    "s_referral": "who brought whom, and what it brought in",
    "referral": "Who brought whom. A lead shows its tree, "
    "with names they are added and linked; one that is known is linked, not doubled.",
    "referral_examples": "salesflow referral 12 'Tianfu Toyota' --as same_group\n"
    "salesflow referral 12 'Shop One' 'Shop Two'\n"
    "salesflow referral 12",
    "referral_add": "record whom it brought",
    "referral_list": "the tree of a lead; without a lead every tree",
    "s_team": "signatures: cards, a week's new leads",
    "team": "Joins other reps' books; shows conflicts (two reps, one customer) side by side and settles them; gives"
    " out the pool; signatures on cards and on a week's new leads.",
    "team_examples": "salesflow team join lixiang.db wangfang.db\n"
    "salesflow team conflicts\n"
    "salesflow team settle 3 --to chenlei --why 'first to register'\n"
    "salesflow team assign --dry-run\n"
    "salesflow team sign 12 --by 'Manager Li'\n"
    "salesflow team sign --week --by 'Manager Li' --as reviewed\n"
    "salesflow team unsigned",
    "team_sign": "sign one, or with --week all received in that week",
    "team_unsigned": "which cards lack a signature",
    "team_join": "Take in other books: leads, follow-ups, who registered what and when; joining twice adds nothing",
    "team_join_examples": "salesflow team join lixiang.db\n"
    "salesflow team join branches/*.db --dry-run\n"
    "salesflow team join old-laptop.db --as lixiang",
    "team_conflicts": "Conflicts side by side: who registered first, contacts made, people met; --all: settled too",
    "team_conflicts_examples": "salesflow team conflicts\nsalesflow team conflicts -f csv",
    "team_settle": "Settle a conflict: the two become one lead of one rep, and why is kept; undo takes it apart",
    "team_settle_examples": "salesflow team settle 3 --to chenlei --why 'first to register, met the decision maker'",
    "team_assign": "Give out the pool: by area first, then evenly by open leads; says why each went where",
    "team_assign_examples": "salesflow team assign --dry-run\n"
    "salesflow team assign --to chenlei --to lixiang\n"
    "salesflow team assign --area-of lixiang=Wuhou --area-of chenlei=Jinniu --by-area",
    "s_evaluate": "Points for a lead: opportunity, screening, fit",
    "evaluate": (
        "Gives points in the checklists of the process. A lead alone shows all scores; with "
        "a checklist each item is asked for (off a terminal it is shown); ITEM=POINTS behind "
        "it records: an item alone gets the most, ITEM=- is taken back. The score is the "
        "sum of points times weights as a percentage of the most that this sum can be, rounded "
        "to a whole number, halves up; an item not answered counts 0. With --competitor "
        "the points are theirs, drawn beside ours: where we win and where we lose."
    ),
    "evaluate_examples": (
        "salesflow evaluate huaxing\n"
        "salesflow evaluate huaxing opportunity budget=4 timetable=2 --note 'by year end'\n"
        "salesflow evaluate huaxing screening would_try\n"
        "salesflow evaluate huaxing fit price=2 --competitor BrandX"
    ),
    "s_competitor": "Competitors at a lead",
    "competitor": (
        "Who else is at a lead: strengths, price, relation, who inside supports them. A "
        "lead alone lists them, a name after it adds one; without a lead, every competitor "
        "with how many leads name it and how many were lost to it."
    ),
    "competitor_examples": (
        "salesflow competitor huaxing BrandX --price 350 --strengths 'well known' --supporter Zhao\n"
        "salesflow competitor edit huaxing BrandX --weaknesses '8 years of warranty only'\n"
        "salesflow competitor"
    ),
    "competitor_add": "Note a competitor: lead, name",
    "competitor_list": "List those of a lead; without one, all",
    "competitor_edit": "Change one; - empties",
    "competitor_remove": "Take one off, with the points given to it",
    "s_tag": "Tags",
    "tag": "Tags of leads. A lead alone lists its tags; a tag after it is put on.",
    "tag_examples": "salesflow tag huaxing vip\nsalesflow tag remove huaxing vip\nsalesflow list --tag vip",
    "tag_add": "Put a tag on",
    "tag_list": "List tags",
    "tag_remove": "Take a tag off",
    "s_demo": "A demonstration book to look at",
    "demo": "Makes a demonstration book with leads and follow-ups beside yours, and leaves yours alone.",
    "demo_examples": "salesflow demo\nsalesflow --db try.db demo",
    "s_when": "Which days these texts mean",
    "when": "Shows which day a text means; exit 2 where one is no date.",
    "when_examples": "salesflow when 'next wed' eom +3wd\nsalesflow when --past friday",
    "s_completion": "Completion for the shell",
    "completion": (
        "Prints a script with which Tab completes commands and options, and where no program named sf "
        "exists makes sf short for salesflow."
    ),
    "completion_examples": "salesflow completion bash >> ~/.bashrc\n"
    "salesflow completion fish > ~/.config/fish/completions/salesflow.fish",
    "s_help": "Help",
    "help": "All commands, or how one is used.",
    "help_examples": "salesflow help\nsalesflow help --all\nsalesflow help visit",
}
