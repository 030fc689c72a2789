"""JSON, bytes and times as protocol/messages.md spells them, section 1."""

import base64
import binascii
import datetime
import json
import re

NESTING_MAX = 16
STRING_BYTES_MAX = 4_096
MEMBERS_MAX = 64
VALUES_MAX = 1_000_000
INTEGER_MAX = 2**53 - 1

_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):", re.ASCII)
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)


class Malformed(Exception):
    """An answer or file is not what the protocol says. It counts as `error`, never as a miss."""


# JSON

def read_document(data):
    """The one JSON document in `data`, refused wherever the protocol refuses it.

    A number with fraction or exponent stays a float: it is wrong only where a member is known, and
    no member of the protocol is one, so that `member` refuses it.
    """
    try:
        document = json.loads(
            data.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Malformed("not one JSON document in UTF-8") from error
    _check_limits(document)
    return document


def write_document(document):
    """A document without white space, its members in the order in which they were put."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def member(of, name, kind, optional=False):
    """The value of a member, which must be of `kind`; null is as if absent."""
    if type(of) is not dict:
        raise Malformed(f"no object around {name}")
    value = of.get(name)
    if value is None and optional:
        return None
    if type(value) is not kind:  # not isinstance: true is no number
        raise Malformed(f"{name} is missing or of another type")
    return value


def _object(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise Malformed("a member twice in one object")
    if len(members) > MEMBERS_MAX:
        raise Malformed("too many members in one object")
    for name in members:
        _check_string(name)
    return members


def _refuse_constant(_):
    raise Malformed("NaN and infinities are no JSON")


def _check_limits(document):
    waiting, values = [(document, 1)], 0
    while waiting:
        value, depth = waiting.pop()
        values += 1
        if isinstance(value, str):
            _check_string(value)
        elif isinstance(value, int) and abs(value) > INTEGER_MAX:
            raise Malformed("an integer beyond 2^53 - 1")
        elif isinstance(value, (dict, list)):
            if depth > NESTING_MAX:
                raise Malformed("nested too deep")
            items = value.values() if isinstance(value, dict) else value
            waiting.extend((item, depth + 1) for item in items)
    if values > VALUES_MAX:
        raise Malformed("too many values")


def _check_string(text):
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise Malformed("half a surrogate pair") from error
    if size > STRING_BYTES_MAX:
        raise Malformed("a string that is too long")


# Bytes, digests and times

def write_bytes(data):
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def read_bytes(text, count):
    """`count` bytes from base64url without padding, whose spare bits must be zero."""
    if type(text) is not str or not _BASE64URL.fullmatch(text):
        raise Malformed("not base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise Malformed("not base64url") from error
    if len(data) != count or write_bytes(data) != text:
        raise Malformed(f"not {count} bytes in canonical base64url")
    return data


def write_digest(digest):
    """A SHA-256 in the spelling of a manifest and of evidence."""
    return f"sha-256=:{base64.b64encode(digest).decode('ascii')}:"


def read_digest(text):
    """The 32 bytes of a SHA-256."""
    found = _DIGEST.fullmatch(text)
    digest = base64.b64decode(found[1]) if found else b""
    if write_digest(digest) != text:
        raise Malformed("no digest")
    return digest


def write_time(moment):
    """A moment in UTC, to the second."""
    return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_time(text):
    """A moment of the years 1900 to 2999."""
    try:
        if not _TIME.fullmatch(text):
            raise ValueError
        moment = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError as error:
        raise Malformed("no time") from error
    if not 1900 <= moment.year <= 2999 or not text.endswith(moment.strftime("%SZ")):
        raise Malformed("no time of the protocol")
    return moment.replace(tzinfo=datetime.timezone.utc)
