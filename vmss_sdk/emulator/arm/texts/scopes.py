"""The words about what can be asked at every scope: locks, tags, roles and role assignments."""

from vmss_sdk.emulator.arm.texts.flaw import Flaw, Text

__all__ = ["FLAWS"]


def _gateway(status: int, code: str, message: str) -> Text:
    return Text(status, code, message, gateway=True)


FLAWS: dict[Flaw, Text] = {
    # reported
    Flaw.SCOPE_LOCKED: _gateway(
        409,
        "ScopeLocked",
        "The scope '{scope}' cannot perform {verb} operation because following scope(s) are locked: '{locks}'."
        " Please remove the lock and try again.",
    ),
    # CHOICE
    Flaw.LOCK_LEVEL_INVALID: _gateway(
        400, "InvalidRequestContent", "The lock level '{level}' is invalid: expected CanNotDelete or ReadOnly."
    ),
    # CHOICE: the code is reported
    Flaw.LOCK_NOT_FOUND: _gateway(404, "LockNotFound", "The lock '{name}' could not be found."),
    # CHOICE
    Flaw.TAGS_NAME_INVALID: _gateway(
        400, "InvalidResourceName", "The name '{name}' of the tags resource is invalid: expected 'default'."
    ),
    # reported
    Flaw.TAG_NAME_INVALID: _gateway(
        400,
        "InvalidTagNameCharacters",
        "The tag names '{names}' have reserved characters '<,>,%,&,\\,?,/' or control characters.",
    ),
    # CHOICE: the limits are documented
    Flaw.TAG_TOO_LONG: _gateway(
        400,
        "InvalidTags",
        "The tag '{name}' is too long: a name has at most {longest} characters, a value at most {most}.",
    ),
    # CHOICE: the limit is documented
    Flaw.TOO_MANY_TAGS: _gateway(
        400, "InvalidTags", "The number of tags '{count}' is more than a scope may have: at most {most}."
    ),
    # CHOICE
    Flaw.TAG_NAME_NOT_FOUND: _gateway(404, "TagNameNotFound", "The tag name '{name}' was not found: create it first."),
    # CHOICE
    Flaw.TAG_NAME_IN_USE: _gateway(
        409, "TagNameInUse", "The tag name '{name}' cannot be deleted since resources have it."
    ),
}
