"""A call that scripts may repeat."""

TEXTS = {
    "too_long": "--key takes up to {most} characters",
    "other_words": "The key '{key}' was given to another call ({command}, {at}); nothing was done.\n"
    "Another call, other words or another file need a key of their own.",
    "taken_back": "Step {id} ({command}, {at}), done under the key '{key}', was undone; nothing was done.\n"
    "To have it done anew, give another key; 'salesflow redo' brings back what was undone last.",
    "whole_book": "A whole book takes no --key: into a book that holds leads it is refused anyway.",
}
