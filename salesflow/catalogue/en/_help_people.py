"""Help of the people at a lead."""

TEXTS = {
    "s_contact": "People, roles, attitudes",
    "contact": (
        "The people of a lead. A lead alone lists them, a name after it adds one; phone, WeChat and role "
        "may follow."
    ),
    "contact_examples": "salesflow contact huaxing\n"
    "salesflow contact huaxing 'Wang Jianguo' 13900001234 buyer\n"
    "salesflow contact edit huaxing 'Wang Jianguo' --wechat bmw-wang",
    "contact_add": "Add a person, or add to one who is there: name, then phone and role",
    "contact_list": "List the people of a lead",
    "contact_edit": "Change a person",
    "contact_chain": "The decision chain: who before whom, who is not met; names behind it set the order",
    "contact_remove": "Take a person off",
    "s_forget": "A person gone from book and history for good",
    "forget": (
        "For somebody who asks not to be kept: name, phones, WeChat, e-mail, character, hobbies, family, birthday "
        "go, from the history too; where notes and other texts hold the whole name, a number or an account, "
        "[forgotten] stands. The file is then written anew without their bytes. There is no undo; the steps before "
        "can still be undone. The copies and files that still hold them are named. '#ID' is a whole lead; - reads a "
        "line from stdin, which stays out of the shell's history."
    ),
    "forget_examples": "salesflow forget 'Wang Jianguo' --dry-run\n"
    "salesflow forget huaxing 'Wang Jianguo'\n"
    "salesflow forget 13900001234 --all --yes\n"
    "salesflow forget '#12'",
    "contact_forget": "Forget a person for good, in the history too; the same as salesflow forget",
}
