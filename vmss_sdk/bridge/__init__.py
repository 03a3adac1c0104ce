"""The bridge: this SDK for programs in other languages, as JSON-RPC 2.0 over standard input and output.

One JSON object per line, pure ASCII, in both directions. ``python -m vmss_sdk.bridge`` is started by the program that
uses it and ends when its standard input does. Its first line is a notification that says which versions it has::

    {"jsonrpc":"2.0","method":"hello","params":{"protocol":1,"package":"0.1.0","python":"3.12.1","pid":4711}}
    -> {"jsonrpc":"2.0","id":1,"method":"connect","params":{"kind":"inProcess"}}
    <- {"jsonrpc":"2.0","id":1,"result":{"types":["VmssSdk.Connection"],"value":{...}}}

Requests are answered in the order in which they are done. ``$/cancelRequest`` with ``{"id": 1}`` ends the waiting for
one; what the service has begun goes on. While a request runs, notifications ``progress`` and ``log`` tell about it by
its ``id``: ``progress`` when the waiting takes more than two seconds, ``log`` when the request has the parameter
``"trace": true``.

The parts: `stdio` keeps standard output clean, `bridge` reads and answers, `waiting` watches long-running operations
without a thread for each, `methods` is the table of what can be asked for, `shapes` turns ARM's documents into the
objects that Az.Compute shows and back, `failures` says what went wrong, `connections` knows whom to ask.
"""
