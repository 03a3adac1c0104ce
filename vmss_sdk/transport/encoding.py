"""Undoing Content-Encoding here, because the HTTP library takes a compressed body that was cut for a whole one."""

import zlib

__all__ = ["decoded"]


def decoded(body: bytes, encoding: str) -> bytes:
    """The body as it was before it was encoded for the way.

    Args:
        body: As it arrived.
        encoding: The Content-Encoding header; empty for none.

    Raises:
        ValueError: The body is cut or garbled, or encoded in a way that was not asked for.
    """
    for name in reversed(encoding.lower().split(",") if body else ()):
        body = _decoded_once(body, name.strip())
    return body


def _decoded_once(body: bytes, name: str) -> bytes:
    try:
        if name in ("gzip", "x-gzip"):
            return _gunzip(body)
        if name == "deflate":
            return _inflate(body)
    except zlib.error:
        raise ValueError(f"it is called {name}, but is not") from None
    if name in ("", "identity"):
        return body
    raise ValueError(f"it is encoded as {name!r}, which was not asked for")


def _gunzip(body: bytes) -> bytes:
    parts = []
    while body:  # one gzip text may follow another
        unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
        parts.append(_whole(unpacker.decompress(body), unpacker.eof))
        body = unpacker.unused_data.lstrip(b"\0")
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _inflate(body: bytes) -> bytes:
    """With the header of zlib, as RFC 9110 says, or without, as some servers do."""
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(body)
    except zlib.error:
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        text = unpacker.decompress(body)
    return _whole(text, unpacker.eof)


def _whole(text: bytes, ended: bool) -> bytes:
    if not ended:
        raise ValueError("the compressed text ends in the middle")
    return text
