"""What stands for something that was erased, until a language puts it into words (`Language.known`).

Both are noncharacters, which Unicode leaves to a program's own use: nobody can type one, as `strip_invisible` takes
them out of whatever people write.
"""

SOMEONE = "\ufdd0"
"""In the place of a member's name: someone who asked to be forgotten."""
ERASED = "\ufdd1"
"""In the place of the name of a contact or visitor."""
