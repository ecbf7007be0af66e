"""The list by itself."""

TEXTS = {
    "which": "For which clock? '{value}' is none; there are: {known}",
    "how_cron": "Next: crontab -e, and add the line above at the end",
    "how_systemd": "Next: save the two files named behind #, then systemctl --user enable --now salesflow-today.timer",
    "how_launchd": "Next: save it as ~/Library/LaunchAgents/salesflow-today.plist, "
    "then launchctl bootstrap gui/$UID FILE",
    "how_windows": "Next: save it as today.xml, then schtasks /create /tn salesflow-today /xml today.xml",
    "log": "Once on each working day (again after an hour without network); before noon that day's list, "
    "later the next working day's. Output and errors go to {path}",
    "no_push": "It goes to no phone: salesflow config push.phone wecom first, then --push phone",
    "environment": "The clock knows no variables of this shell: write the secrets into {file}",
    "unprintable": "Invisible characters in a path: no entry can hold those",
}
