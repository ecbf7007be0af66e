"""English: what the system refused."""

TEXTS = {
    "no_folder": "there is no such folder",
    "not_a_folder": "a part of the path is a file and no folder",
    "a_folder": "it is a folder",
    "denied": "no permission",
    "read_only": "it can only be read there",
    "no_temporary": "the disk is full, or no folder for temporary files can be written",
    "full": "the disk is full",
    "too_large": "the file is too large",
    "name_too_long": "the name is too long",
    "circle": "its links lead in a circle",
    "busy": "another program is using it",
    "faulty": "the disk reported an error",
    "too_many_open": "too many files are open",
    "no_memory": "not enough memory",
    "closed": "it is closed",
    "cut_off": "the other side closed the connection",
    "unreachable": "the network does not reach it",
    "timeout": "no answer in time",
}
