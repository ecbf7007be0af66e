"""The list by itself."""

TEXTS = {
    "which": "给哪一种定时？「{value}」不是，有：{known}",
    "how_cron": "用法：crontab -e，把上面一行加在最后",
    "how_systemd": "用法：按 # 后面的路径存成两个文件，再 systemctl --user enable --now salesflow-today.timer",
    "how_launchd": "用法：存成 ~/Library/LaunchAgents/salesflow-today.plist，再 launchctl bootstrap gui/$UID 那个文件",
    "how_windows": "用法：存成 today.xml，再 schtasks /create /tn salesflow-today /xml today.xml",
    "log": "工作日出一次（没网一小时后再试）；中午前给当天的，中午后给下一个工作日的。输出和错误写在 {path}",
    "no_push": "没有推到手机：先 salesflow config push.phone 企业微信，再加 --push phone",
    "environment": "定时运行时没有这个 shell 的环境变量，秘密要写进 {file}",
    "unprintable": "路径里有看不见的字符，定时里写不了",
}
