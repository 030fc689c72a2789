/// What a stretch of text that is not ASCII is written in.
struct EncodingSample {
    /// UTF-8 sequences of two bytes and more, well-formed.
    private(set) var wellFormed = 0
    /// Bytes that are part of no such sequence.
    private(set) var malformed = 0

    private let bytes: ArraySlice<UInt8>

    /// Looks at bytes that begin with a whole character; the last one may be cut off.
    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let length = Self.sequenceLength(bytes[index])
            if length == 1 {
                index += 1
                continue
            }
            let rest = bytes[(index + 1)...].prefix(max(0, length - 1))
            let following = rest.prefix { $0 & 0xC0 == 0x80 }.count
            if length > 0, following == length - 1 {
                wellFormed += 1
                index += length
            } else if length > 0, following == rest.count, rest.endIndex == bytes.endIndex {
                break
            } else {
                malformed += 1
                index += 1
            }
        }
    }

    /// The encoding; nil when it is neither.
    ///
    /// Chinese text in GB 18030 is hardly ever well-formed UTF-8, while nearly all UTF-8 can be
    /// read as GB 18030: so UTF-8 is asked first, and a single broken row does not change it.
    var encoding: TextEncoding? {
        if wellFormed >= malformed { return .utf8 }
        return looksLikeGB ? .gb18030 : nil
    }

    /// Whether two thirds of the characters are of GB 2312 or have four bytes. Big5, Shift-JIS and
    /// Latin letters read as GB 18030 are scattered over all of it.
    private var looksLikeGB: Bool {
        var common = 0
        var others = 0
        var index = bytes.startIndex
        while index + 1 < bytes.endIndex {
            let lead = bytes[index]
            let trail = bytes[index + 1]
            if lead < 0x80 {
                index += 1
            } else if (0x30...0x39).contains(trail), (0x81...0xFE).contains(lead) {
                common += 1
                index += 4
            } else if trail >= 0x40, trail != 0x7F, trail != 0xFF, (0x81...0xFE).contains(lead) {
                let isCommon = (0xA1...0xF7).contains(lead) && trail >= 0xA1
                if isCommon { common += 1 } else { others += 1 }
                index += 2
            } else {
                others += 1
                index += 1
            }
        }
        return common >= 2 * others
    }

    /// 1 for ASCII, 2 to 4 for the first byte of a longer sequence, 0 for any other byte.
    private static func sequenceLength(_ byte: UInt8) -> Int {
        switch byte {
        case 0..<0x80: 1
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
    }
}
