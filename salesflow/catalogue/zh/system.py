"""Chinese: what the system refused."""

TEXTS = {
    "no_folder": "没有这个文件夹",
    "not_a_folder": "路径中间有一段是文件，不是文件夹",
    "a_folder": "这是一个文件夹",
    "denied": "没有权限",
    "read_only": "那里只能读，不能写",
    "no_temporary": "磁盘满了，或者没有能放临时文件的文件夹",
    "full": "磁盘满了",
    "too_large": "文件太大",
    "name_too_long": "文件名太长",
    "circle": "链接绕成了圈",
    "busy": "别的程序正占着它",
    "faulty": "磁盘读写出错",
    "too_many_open": "开着的文件太多",
    "no_memory": "内存不够",
    "closed": "输出已经关闭",
    "cut_off": "对方断开了连接",
    "unreachable": "网络不通",
    "timeout": "等得太久，没有回应",
}
