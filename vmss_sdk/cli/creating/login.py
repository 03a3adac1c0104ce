"""The login to new instances: administrator, password, SSH keys."""

from __future__ import annotations

import base64
import binascii
import getpass
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from vmss_sdk.cli.creating.context import Document, wrong
from vmss_sdk.cli.error_output import CommandError

if TYPE_CHECKING:
    from vmss_sdk.cli.creating.context import Context, Plan

__all__ = ["os_profile"]

_RESERVED = frozenset(
    {
        *("administrator", "admin", "admin1", "admin2", "adm", "user", "user1", "user2", "user3", "user4", "user5"),
        *("test", "test1", "test2", "test3", "1", "123", "a", "actuser", "aspnet", "backup", "console", "david"),
        *("guest", "john", "owner", "root", "server", "sql", "support", "support_388945a0", "sys"),
    }
)
"""Names that the API reference of osProfile.adminUsername disallows."""
_FALLBACK = "azureuser"
_SHORTEST, _LONGEST = 12, {"linux": 72, "windows": 123}
_KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]")
_ENOUGH = 3  # of those kinds
_FILES = {"RSA": "id_rsa", "Ed25519": "id_ed25519"}


def os_profile(context: Context, plan: Plan, *, windows: bool) -> Document:
    """Name, password and keys as the OS profile has them; the password is a secure parameter.

    Raises:
        CommandError: Something does not go together, or is missing and nobody can be asked.
    """
    args = context.args
    user = _user(args.admin_username, windows=windows)
    kind = args.authentication_type or _kind(context, windows=windows)
    if windows and kind != "password":
        raise wrong("--authentication-type: Windows has no SSH; use password")
    profile: Document = {"adminUsername": user}
    if kind in ("password", "all"):
        if kind == "password" and (args.ssh_key_values or args.ssh_dest_key_path):
            raise wrong("SSH keys cannot be used with --authentication-type password; use all")
        profile["adminPassword"] = plan.secret("adminPassword", _password(args.admin_password, windows=windows))
    if kind in ("ssh", "all"):
        if kind == "ssh" and args.admin_password:
            raise wrong("--admin-password cannot be used with --authentication-type ssh; use all")
        path = args.ssh_dest_key_path or f"/home/{user}/.ssh/authorized_keys"
        keys = [{"path": path, "keyData": key} for key in _keys(context)]
        profile["linuxConfiguration"] = {"disablePasswordAuthentication": kind == "ssh", "ssh": {"publicKeys": keys}}
    return profile


def _kind(context: Context, *, windows: bool) -> str:
    args = context.args
    if args.ssh_key_values and args.admin_password:
        return "all"
    return "password" if windows or args.admin_password else "ssh"


def _user(name: str | None, *, windows: bool) -> str:
    if name is None:
        return _own_name()
    forbidden = r'\\/"\[\]:|<>+=;,?*@' if windows else r'\\/"\[\]:|<>+=;,?*@#()!A-Z'
    if not name or re.search(f"[{forbidden}]", name) or (name.endswith(".") if windows else name[0] in "$-"):
        more = "; nor end with a dot" if windows else "#()!, nor capital letters, nor begin with $ or -"
        raise wrong(f'--admin-username: it must not be empty, nor hold any of \\/"[]:|<>+=;,?*@{more}')
    if name.lower() in _RESERVED:
        raise wrong(f"--admin-username: '{name}' is a name that Azure does not allow")
    return name


def _own_name() -> str:
    """Of whoever types, as in az; one that Azure does not take becomes azureuser."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        return _FALLBACK
    return name if re.fullmatch(r"[a-z_][a-z0-9_.-]*", name) and name not in _RESERVED else _FALLBACK


def _password(given: str | None, *, windows: bool) -> str:
    password = given or _prompted_password()
    longest = _LONGEST["windows" if windows else "linux"]
    kinds = sum(bool(re.search(kind, password)) for kind in _KINDS)
    if not _SHORTEST <= len(password) <= longest or kinds < _ENOUGH:
        raise wrong(
            f"--admin-password: it must have {_SHORTEST} to {longest} characters, and three of: small letters, capital"
            " letters, digits, others"
        )
    return password


def _prompted_password() -> str:
    """A password that is typed twice and not seen."""
    if not sys.stdin.isatty():
        raise wrong("a password is needed, and there is no terminal to ask at: use --admin-password")
    first = getpass.getpass("Admin Password: ", sys.stderr)
    if first != getpass.getpass("Confirm Admin Password: ", sys.stderr):
        raise wrong("the two passwords differ")
    return first


def _keys(context: Context) -> list[str]:
    args = context.args
    values = args.ssh_key_values or [str(Path("~/.ssh").expanduser() / f"{_FILES[args.ssh_key_type]}.pub")]
    generate = bool(args.generate_ssh_keys) and len(values) == 1
    return [_key(context, value.removeprefix("@"), generate) for value in values]


def _key(context: Context, value: str, generate: bool) -> str:
    if len(value) < 1024 and os.path.exists(value):  # noqa: PLR2004  # a key is no name of a file
        return Path(value).read_text(encoding="utf-8")
    if _is_key(value):
        return value
    if not generate:
        raise wrong(
            f"--ssh-key-values: '{value[:80]}' is neither a public key nor a file with one; --generate-ssh-keys makes"
            " one"
        )
    return _generated(context, Path(value))


def _is_key(text: str) -> bool:
    kind, _, rest = text.strip().partition(" ")
    try:
        blob = base64.b64decode(rest.split(" ")[0], validate=True)
    except (binascii.Error, ValueError):
        return False
    return blob[4:].startswith(kind.encode()) and bool(kind)


def _generated(context: Context, public: Path) -> str:
    """A new pair of keys, or the public one of a private key that is there."""
    try:
        from vmss_sdk.cli.creating.ssh_keys import public_key_for
    except ImportError:
        raise CommandError(
            "--generate-ssh-keys needs the package 'cryptography': pip install 'vmss-sdk[server]', or make a key"
            " with ssh-keygen"
        ) from None
    private = public.with_suffix("") if public.suffix == ".pub" else public.with_name(f"{public.name}.private")
    if context.args.dry_run:
        raise wrong(f"--dry-run makes no keys, and there is none in {public}: name one with --ssh-key-values")
    key = public_key_for(private, public, context.args.ssh_key_type)
    context.call.note(f"The SSH keys are in {private} and {public}: keep them, nothing else opens the instances.")
    return key
