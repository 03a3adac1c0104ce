"""Commands about the emulator itself."""

from vmss_sdk.cli import values
from vmss_sdk.cli.command import Argument, Command, Example

__all__ = ["COMMANDS"]

_PORT = Argument(("--port",), "where the server listens (default: %(default)s)", {"type": values.port, "default": 8677})
_SHELL = Argument(
    ("--shell",), "whose lines to print (default: powershell on Windows, else sh)", {"choices": ("sh", "powershell")}
)
_FILE = Argument(("file",), "the state file", {"metavar": "FILE"})
_SHELLS = ("bash", "zsh", "fish", "powershell")
_DATA_DIR = Argument(
    ("--data-dir",),
    "where certificates, keys and principals are kept (default: VMSS_HOME, or this user's place for data)",
    {"metavar": "FOLDER"},
)

COMMANDS: tuple[Command, ...] = (
    Command(
        ("demo",),
        "watch a rolling upgrade of ten instances, then a reimage",
        "vmss_sdk.cli.demo:run",
        (
            Argument(
                ("--speed",),
                "how fast the story is told on a terminal: 2 is twice as fast, 0 without any pause"
                " (default: 1; in a pipe always 0)",
                {"type": values.factor, "default": 1.0, "metavar": "FACTOR"},
            ),
        ),
        "Runs an emulator in this process; needs no network, no account and about ten seconds.",
        local=True,
        az=False,
    ),
    Command(
        ("completion",),
        "what makes a shell complete commands and flags with TAB",
        "vmss_sdk.cli.completion:run",
        (
            Argument(
                ("shell",), "bash, zsh, fish or powershell", {"nargs": "?", "choices": _SHELLS, "metavar": "SHELL"}
            ),
            Argument(
                ("--words",),
                "read words from standard input, one in a line, and print what the last can become: the scripts ask so",
                {"action": "store_true"},
            ),
        ),
        "It prints a script, which asks this command again at each TAB; no service is called for that.",
        local=True,
        az=False,
        examples=(
            Example("bash: in ~/.bashrc", 'eval "$(vmss completion bash)"'),
            Example("zsh: in ~/.zshrc", 'eval "$(vmss completion zsh)"'),
            Example("fish", "vmss completion fish > ~/.config/fish/completions/vmss.fish"),
            Example("PowerShell: in $PROFILE", "vmss completion powershell | Out-String | Invoke-Expression"),
        ),
    ),
    Command(
        ("emulator", "start"),
        "serve the emulator over HTTP until Ctrl-C",
        "vmss_sdk.cli.emulator:start",
        (
            Argument(("--host",), "where to listen (default: %(default)s)", {"default": "127.0.0.1"}),
            Argument(
                ("--port",),
                "the port; 0 takes a free one (default: %(default)s)",
                {"type": values.port, "default": 8677},
            ),
            Argument(
                ("--clock",),
                "scaled:60 (60 times as fast as real time), virtual (skips ahead whenever a client polls) or system"
                " (default: %(default)s)",
                {"type": values.clock, "default": "scaled:60", "metavar": "CLOCK"},
            ),
            Argument(("--seed",), "of everything that varies (default: %(default)s)", {"type": int, "default": 0}),
            Argument(
                ("--reimage-source",),
                "the model a reimage puts on the disk: the scale set's, as documented, or the one applied to the"
                " instance, as users observe (default: %(default)s)",
                {"default": "scale_set_model", "choices": ("scale_set_model", "instance_model")},
            ),
            Argument(
                ("--catalogue",),
                "complete: refuse regions, zones, sizes and image versions that Azure does not have; open: take all"
                " (default: %(default)s)",
                {"default": "complete", "choices": ("complete", "open")},
            ),
            Argument(
                ("--concurrency",),
                "a write while another one is under way is queued, refused with 409 Conflict, or ends the other one as"
                " OperationPreempted (default: %(default)s)",
                {"default": "queued", "choices": ("queued", "conflict", "preempted")},
            ),
            Argument(
                ("--keep-operations",),
                "how many long-running operations of a scale set are kept, beside those that go on"
                " (default: %(default)s)",
                {"type": values.positive, "default": 1000, "metavar": "NUMBER"},
            ),
            Argument(
                ("--keep-decisions",),
                "how many entries of a scale set's decision log are kept (default: %(default)s)",
                {"type": values.positive, "default": 10000, "metavar": "NUMBER"},
            ),
            Argument(
                ("--tls",),
                "serve HTTPS, and ask for tokens; needed for a host that other machines can reach",
                {"action": "store_true"},
            ),
            Argument(
                ("--no-auth",), "ask for no tokens; on this machine's own addresses only", {"action": "store_true"}
            ),
            Argument(
                ("--no-portal",),
                "serve no pages for a browser under /portal/",
                {"action": "store_true"},
            ),
            Argument(
                ("--open",),
                "open the portal in this user's browser",
                {"action": "store_true"},
            ),
            Argument(
                ("--name",),
                "with --tls: another host name or address for the certificate; can be given several times",
                {"action": "append", "default": [], "metavar": "HOST"},
            ),
            Argument(
                ("--allowed-host",),
                "another name by which clients call the server, such as a container's or a proxy's; requests for any"
                " other name are refused; can be given several times",
                {"action": "append", "default": [], "metavar": "HOST"},
            ),
            Argument(
                ("--principal",),
                "with --tls: a service principal with a built-in role (Owner, Contributor …) or None, everywhere"
                " or in a subscription or resource group; it is kept, and one of that name is changed; can be given"
                " several times",
                {"action": "append", "default": [], "metavar": "NAME=ROLE[@SCOPE]"},
            ),
            Argument(
                ("--token-lifetime",),
                "with --tls: seconds until a token expires (default: 3600)",
                {"type": values.lifetime, "metavar": "SECONDS"},
            ),
            Argument(
                ("--state",),
                "the file in which the emulator is kept: it is made when it is not there, else the emulator goes on"
                " where it was, with the settings with which it was begun (default: in memory alone)",
                {"metavar": "FILE"},
            ),
            Argument(
                ("--log-format",),
                "what standard error gets: text, only what goes wrong; json, each answer too, one JSON object a line"
                " (default: %(default)s)",
                {"default": "text", "choices": ("text", "json")},
            ),
            _DATA_DIR,
        ),
        "The first line says where it listens. Without --state, the emulator ends with the server; with it, what was"
        " answered is kept, encrypted with a key in the data directory. With --tls, certificates, keys and principals"
        " are kept there too.",
        local=True,
        az=False,
    ),
    Command(
        ("emulator", "state", "info"),
        "tell what a state file has",
        "vmss_sdk.cli.state:info",
        (_FILE, _DATA_DIR),
        "Entries of its journal, snapshots, the time, how many resources. A server may have it open.",
        local=True,
        az=False,
        examples=(Example("what is in it", "vmss emulator state info rehearsal.state"),),
    ),
    Command(
        ("emulator", "state", "compact"),
        "keep what a state file has, and nothing of how it came about",
        "vmss_sdk.cli.state:compact",
        (_FILE, _DATA_DIR),
        "The journal is dropped, and with it what was sent in writes; there is no way back to a moment before.",
        local=True,
        az=False,
    ),
    Command(
        ("emulator", "state", "rewind"),
        "go back to a moment, or to an entry of the journal",
        "vmss_sdk.cli.state:rewind",
        (
            _FILE,
            Argument(
                ("--to",),
                "the number of the last entry that stays, or a moment in the emulator's time, such as"
                " 2026-01-01T10:00:00Z",
                {"required": True, "metavar": "ENTRY|TIME"},
            ),
            _DATA_DIR,
        ),
        "The file as it was is kept beside, as FILE.N, N being the number of its last entry.",
        local=True,
        az=False,
        examples=(Example("before the roll", "vmss emulator state rewind rehearsal.state --to 2026-01-01T10:00:00Z"),),
    ),
    Command(
        ("emulator", "state", "export"),
        "write the story of a state file: a portable document, to be told elsewhere",
        "vmss_sdk.cli.state:export",
        (
            _FILE,
            Argument(("--to",), "where to write it", {"required": True, "metavar": "STORY"}),
            Argument(
                ("--with-secrets",),
                "passwords, protected settings, custom data and the like as they were sent (default: others in their"
                " place)",
                {"action": "store_true"},
            ),
            _DATA_DIR,
        ),
        "That is what to attach to a report: it needs no key. A server may have the file open.",
        local=True,
        az=False,
        examples=(Example("for a colleague", "vmss emulator state export rehearsal.state --to story.json"),),
    ),
    Command(
        ("emulator", "state", "import"),
        "make a state file of a story",
        "vmss_sdk.cli.state:import_story",
        (
            Argument(("story",), "what 'vmss emulator state export' wrote", {"metavar": "STORY"}),
            Argument(("--to",), "the state file, which must not be there", {"required": True, "metavar": "FILE"}),
            _DATA_DIR,
        ),
        "What was done is done again, at its moments, with the same ids.",
        local=True,
        az=False,
        examples=(Example("one of a colleague", "vmss emulator state import story.json --to theirs.state"),),
    ),
    Command(
        ("emulator", "trust"),
        "print what makes clients trust its HTTPS",
        "vmss_sdk.cli.trust:trust",
        (_PORT, _SHELL, _DATA_DIR),
        "That is the certificate authority of 'vmss emulator start --tls', which it makes when there is none;"
        " nothing else on this machine is changed.",
        local=True,
        az=False,
    ),
    Command(
        ("emulator", "credentials"),
        "print what a client logs in with",
        "vmss_sdk.cli.trust:credentials",
        (
            Argument(
                ("name",),
                "contributor, reader, managed-identity, or one made by --principal (default: %(default)s)",
                {"nargs": "?", "default": "contributor", "metavar": "NAME"},
            ),
            _PORT,
            _SHELL,
            _DATA_DIR,
        ),
        'The secret is among it. For a shell: eval "$(vmss emulator credentials reader)".',
        local=True,
        az=False,
    ),
    Command(
        ("emulator", "az-env"),
        "prepare the Azure CLI, and print the lines that log in",
        "vmss_sdk.cli.az_env:az_env",
        (
            Argument(
                ("folder",),
                "where the profile is (default: az in the data directory)",
                {"nargs": "?", "metavar": "FOLDER"},
            ),
            Argument(
                ("--as",),
                "who logs in: contributor, reader, managed-identity, or one made by --principal (default: %(default)s)",
                {"dest": "name", "default": "contributor", "metavar": "NAME"},
            ),
            _PORT,
            _SHELL,
            _DATA_DIR,
        ),
        'For a shell: eval "$(vmss emulator az-env)", while vmss emulator start --tls runs. The secret is in a file'
        " that only you can read; the profile of the real Azure is not touched.",
        local=True,
        az=False,
    ),
)
