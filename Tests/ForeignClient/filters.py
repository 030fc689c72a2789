"""Filters: protocol/messages.md, section 5. A Golomb-Rice code of sorted, scaled hashes."""

import bisect

from wire import Malformed

REMAINDER_BITS = 20
COUNT_MAX = 100_000_000


class Filter:
    """The tokens that a node may hold, one false hit in 2^20."""

    def __init__(self, body, count):
        """Decodes a body whose length and digest were compared with the manifest."""
        self.values = _decode(body, count)

    def __contains__(self, token):
        if not self.values:
            return False
        value = scaled(token, len(self.values))
        place = bisect.bisect_left(self.values, value)
        return place < len(self.values) and self.values[place] == value


def body_bytes_max(count):
    """The most bytes that a filter of so many tokens has: 22 bits each."""
    return -(-22 * count // 8)


def scaled(token, count):
    """A token's place among the count * 2^20 values of a filter."""
    return int.from_bytes(token[:8], "big") * count * 2**REMAINDER_BITS >> 64


def _decode(body, count):
    if not 0 <= count <= COUNT_MAX:
        raise Malformed("a filter of too many tokens")
    bits = _Bits(body)
    values, value = [], 0
    for _ in range(count):
        value += bits.unary() << REMAINDER_BITS | bits.number(REMAINDER_BITS)
        if value >= count << REMAINDER_BITS:
            raise Malformed("a filter's value beyond its range")
        values.append(value)
    bits.finish()
    return values


class _Bits:
    """The bits of a body, most significant first."""

    def __init__(self, body):
        self._body = body
        self._place = 0

    def number(self, width):
        value = 0
        for _ in range(width):
            value = value << 1 | self._next()
        return value

    def unary(self):
        ones = 0
        while self._next():
            ones += 1
        return ones

    def finish(self):
        """Only the zero bits that fill the last byte may be left."""
        left = 8 * len(self._body) - self._place
        if left >= 8 or self.number(left):
            raise Malformed("bits behind a filter's last token")

    def _next(self):
        byte, bit = divmod(self._place, 8)
        if byte == len(self._body):
            raise Malformed("a filter that ends early")
        self._place += 1
        return self._body[byte] >> 7 - bit & 1
