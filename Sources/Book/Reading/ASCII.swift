extension UInt8 {
    /// The value of an ASCII digit, nil for any other byte.
    var asciiDigit: Int? {
        let value = Int(self) - 0x30
        return (0...9).contains(value) ? value : nil
    }

    /// Whether the byte is an ASCII space or tab.
    var isBlank: Bool { self == 0x20 || self == 0x09 }

    /// Whether the byte may stand in a word of a closed list: `a`–`z`, `0`–`9`, `-`.
    var isWordByte: Bool {
        (0x61...0x7A).contains(self) || (0x30...0x39).contains(self) || self == 0x2D
    }
}

extension ArraySlice<UInt8> {
    /// The slice without spaces and tabs at both ends, ideographic and no-break spaces included.
    var trimmed: ArraySlice<UInt8> {
        var first = startIndex
        var last = endIndex
        while first < last, self[first].isBlank { first += 1 }
        while last > first, self[last - 1].isBlank { last -= 1 }
        let bare = self[first..<last]
        guard let begin = bare.first, let end = bare.last, begin >= 0x80 || end >= 0x80 else {
            return bare
        }
        for space in WideSpace.all {
            if bare.starts(with: space) { return bare.dropFirst(space.count).trimmed }
            if bare.suffix(space.count).elementsEqual(space) {
                return bare.dropLast(space.count).trimmed
            }
        }
        return bare
    }

    /// The bytes as text; the reader has checked that they are UTF-8.
    var text: String { String(decoding: self, as: UTF8.self) }
}

/// Spaces that are not ASCII.
private enum WideSpace {
    /// The ideographic and the no-break space.
    static let all: [[UInt8]] = [[0xE3, 0x80, 0x80], [0xC2, 0xA0]]
}
