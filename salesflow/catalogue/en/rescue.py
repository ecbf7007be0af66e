"""What to do about a book that cannot be used."""

TEXTS = {
    "restore": "{what}\nThe newest good copy is of {made}, {copy}; put it back: salesflow restore latest",
    "salvage": "{what}\nThere is no good copy beside it. What can be read, into a new book: salesflow salvage",
}
