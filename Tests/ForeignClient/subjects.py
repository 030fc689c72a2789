"""Identifiers and names in normal form: protocol/messages.md, section 3.

The three built-in schemes. Schemes of a charter, with patterns of their own, are left out: the
demo's subjects have none.
"""

import dataclasses
import datetime
import re
import unicodedata

NAME_BYTES_MAX = 256

_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# The property White_Space of Unicode, which differs from Python's own `isspace`.
_WHITE_SPACE = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000")
_NAME_DOTS = "\u00b7\u2022\u2027\u22c5\u30fb\uff65"


class InvalidSubject(ValueError):
    """An identifier breaks a rule of its scheme, or nothing is left of a name."""


@dataclasses.dataclass(frozen=True, repr=False)
class Subject:
    """Whom a lender asks about. Never shown: `repr` is the default one, without fields."""

    scheme: str
    identifier: str
    name: str

    @classmethod
    def typed(cls, scheme, identifier, name):
        """A subject from what somebody typed."""
        return cls(scheme, normal_identifier(scheme, identifier), normal_name(name))


def normal_identifier(scheme, typed):
    """The one spelling of an identifier in which all nodes agree."""
    rule = {"cn-rid": _resident_number, "cn-uscc": _credit_code, "lei": _legal_entity}.get(scheme)
    if rule is None:
        raise InvalidSubject("a scheme that this client does not know")
    return rule(_bare(typed))


def normal_name(typed):
    """NFKC, without white space and middle dots, in full upper case."""
    dropped = dict.fromkeys(map(ord, _WHITE_SPACE + _NAME_DOTS))
    name = unicodedata.normalize("NFKC", typed).translate(dropped).upper()
    if not 1 <= len(name.encode("utf-8")) <= NAME_BYTES_MAX:
        raise InvalidSubject("no name is left, or too much of one")
    return name


def _bare(typed):
    kept = (
        character for character in unicodedata.normalize("NFKC", typed)
        if character not in _WHITE_SPACE and character != "\u2212"
        and unicodedata.category(character) not in ("Pd", "Cf"))
    return "".join(c.upper() if c.isascii() else c for c in kept)


def _resident_number(text):
    if re.fullmatch(r"[0-9]{15}", text):  # the old kind, of the years 19xx
        text = text[:6] + "19" + text[6:]
        text += _resident_check(text)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        raise InvalidSubject("not 17 digits and a check character")
    try:
        datetime.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError as error:
        raise InvalidSubject("no day of the calendar") from error
    if text[17] != _resident_check(text):
        raise InvalidSubject("the check character")
    return text


def _resident_check(text):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(text, weights)) % 11]


def _credit_code(text):
    if len(text) != 18 or any(c not in _USCC_ALPHABET for c in text):
        raise InvalidSubject("not 18 characters of the code's alphabet")
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    weighted = sum(_USCC_ALPHABET.index(c) * w for c, w in zip(text, weights))
    if text[17] != _USCC_ALPHABET[(31 - weighted % 31) % 31]:
        raise InvalidSubject("the check character")
    weighted = sum(
        _LETTERS.index(c) * w for c, w in zip(text[8:16], (3, 7, 9, 10, 5, 8, 4, 2)))
    if text[16] != "0X987654321"[weighted % 11]:
        raise InvalidSubject("the check character of the organisation code")
    return text


def _legal_entity(text):
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", text) or not 2 <= int(text[18:]) <= 98:
        raise InvalidSubject("not 18 letters and digits with two check digits")
    if int("".join(str(_LETTERS.index(c)) for c in text)) % 97 != 1:
        raise InvalidSubject("the check digits")
    return text
