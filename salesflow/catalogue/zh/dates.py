"""日期：看不懂的话，说是哪里不对，该怎么写。"""

TEXTS = {
    "not_a_date": "「{text}」看不懂是哪天。写成 12月1日、周五、下周三、3天后、月底 这样。",
    "empty": "没写日期。写成 12月1日、周五、下周三、3天后、月底 这样。",
    "two_dates": "「{text}」里不止一个日子，没法替你挑。只写一个。",
    "time_alone": "「{text}」只有钟点，没说哪天。写成 明天下午3点 这样。",
    "week_alone": "「{text}」没说哪一天。写成 下周三、周末 这样。",
    "month_alone": "「{text}」没说哪一天。写成 下个月15号、月底、12月1日 这样。",
    "holiday": "「{text}」：节日和农历不当日期用。写月日，如 10月8日。",
    "vague": "「{text}」说不准是哪天。写成 周五、3天后、12月1日 这样。",
    "zero": "「{text}」：0 不行，从 1 数起。今天就写 今天。",
    "no_such_day": "「{text}」：没有这一天。看看月份和日子。",
    "bad_time": "「{text}」：没有这个钟点。写成 下午3点 或 15:30 这样。",
    "unclear_time": "「{text}」：钟点说不准是早是晚。写成 下午3点 或 15:00 这样。",
    "too_far": "「{text}」离今天十年以上。真要的话写全年月日，如 2040-01-01。",
    "weekday_differs": "「{text}」：日子和星期几对不上。只写一个。",
    "order_unclear": "「{text}」可以读成两天。用 --date-order ymd、dmy 或 mdy 说清年月日的次序。",
    "beyond_calendar": "{date} 那年的放假和调休还没有，按周一到周五数。公布后：config calendar import 文件。",
    "calendar_row": "第 {row} 行看不懂：{text}。每行一个日期，后面 off（休）或 work（班）。",
    "calendar_twice": "第 {row} 行：{date} 前面写过，休和班不一样。留一个。",
    "calendar_empty": "文件里没有日子。每行一个日期，后面 off（休）或 work（班）。",
    "calendar_broken": "这个文件读不成工作日历。要 CSV（日期,off|work）或 JSON（days: date, isOffDay）。",
}
