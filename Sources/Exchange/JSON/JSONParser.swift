extension JSONValue {
    /// Reads one document.
    ///
    /// Strict where parsers differ and differences are attacks: duplicate members, invalid UTF-8,
    /// lone surrogates, leading zeros, bytes after the document and everything over a limit are
    /// refused (protocol/messages.md, encodings).
    public init(parsing bytes: some Collection<UInt8>, limits: JSONLimits) throws(JSONError) {
        guard bytes.count <= limits.documentBytesMax else {
            throw .malformed(.size, offset: limits.documentBytesMax)
        }
        var parser = JSONParser(bytes: Array(bytes), limits: limits)
        self = try parser.document()
    }
}

/// A recursive-descent reader; recursion is bounded by `limits.depthMax`.
private struct JSONParser {
    let bytes: [UInt8]
    let limits: JSONLimits
    var offset = 0

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try self.value(depth: 0)
        skipWhiteSpace()
        guard offset == bytes.count else { throw failure(.trailing) }
        return value
    }

    func failure(_ what: JSONError.Malformation) -> JSONError {
        .malformed(what, offset: offset)
    }

    mutating func skipWhiteSpace() {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) {
            offset += 1
        }
    }

    /// The next byte that is not white space, without taking it.
    mutating func peek() throws(JSONError) -> UInt8 {
        skipWhiteSpace()
        guard offset < bytes.count else { throw failure(.syntax) }
        return bytes[offset]
    }

    mutating func take(_ byte: UInt8) throws(JSONError) {
        guard try peek() == byte else { throw failure(.syntax) }
        offset += 1
    }

    mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        switch try peek() {
        case UInt8(ascii: "{"): return try object(depth: depth + 1)
        case UInt8(ascii: "["): return try array(depth: depth + 1)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: return try number()
        }
    }

    mutating func literal(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let end = offset + text.utf8CodeUnitCount
        let matches = text.withUTF8Buffer {
            end <= bytes.count && bytes[offset..<end].elementsEqual($0)
        }
        guard matches else { throw failure(.syntax) }
        offset = end
        return value
    }

    mutating func object(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= limits.depthMax else { throw failure(.depth) }
        try take(UInt8(ascii: "{"))
        var members: [JSONMember] = []
        var names: Set<String> = []
        if try peek() == UInt8(ascii: "}") {
            offset += 1
            return .object([])
        }
        while true {
            guard try peek() == UInt8(ascii: "\"") else { throw failure(.syntax) }
            let name = try string()
            guard names.insert(name).inserted else { throw failure(.duplicateMember) }
            try take(UInt8(ascii: ":"))
            members.append(JSONMember(name, try value(depth: depth)))
            if try closes(with: UInt8(ascii: "}")) { return .object(members) }
        }
    }

    mutating func array(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= limits.depthMax else { throw failure(.depth) }
        try take(UInt8(ascii: "["))
        var elements: [JSONValue] = []
        if try peek() == UInt8(ascii: "]") {
            offset += 1
            return .array([])
        }
        while true {
            elements.append(try value(depth: depth))
            if try closes(with: UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    /// Takes a comma (false) or the closing byte (true).
    mutating func closes(with closing: UInt8) throws(JSONError) -> Bool {
        let byte = try peek()
        guard byte == closing || byte == UInt8(ascii: ",") else { throw failure(.syntax) }
        offset += 1
        return byte == closing
    }

    mutating func number() throws(JSONError) -> JSONValue {
        let start = offset
        let isNegative = offset < bytes.count && bytes[offset] == UInt8(ascii: "-")
        if isNegative { offset += 1 }
        let magnitude = try digits()
        guard let next = bytes[safe: offset], [0x2E, 0x65, 0x45].contains(next) else {
            guard magnitude <= JSONLimits.integerMagnitudeMax else { throw failure(.integerRange) }
            return .integer(isNegative ? -magnitude : magnitude)
        }
        try fraction()
        guard offset - start <= limits.stringBytesMax else { throw failure(.stringLength) }
        return .fraction
    }

    /// The integer part: one zero, or digits without a leading zero; saturates past 2^53.
    mutating func digits() throws(JSONError) -> Int {
        guard let first = bytes[safe: offset], (0x30...0x39).contains(first) else {
            throw failure(.syntax)
        }
        var magnitude = 0
        let start = offset
        while let byte = bytes[safe: offset], (0x30...0x39).contains(byte) {
            magnitude = min(magnitude * 10 + Int(byte - 0x30), JSONLimits.integerMagnitudeMax + 1)
            offset += 1
        }
        guard first != 0x30 || offset == start + 1 else { throw failure(.syntax) }
        return magnitude
    }

    /// `.digits` and `e±digits`, either or both; only their form is checked.
    mutating func fraction() throws(JSONError) {
        if bytes[safe: offset] == UInt8(ascii: ".") {
            offset += 1
            try takeDigits()
        }
        if let byte = bytes[safe: offset], byte | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if let sign = bytes[safe: offset], sign == 0x2B || sign == 0x2D { offset += 1 }
            try takeDigits()
        }
    }

    mutating func takeDigits() throws(JSONError) {
        let start = offset
        while let byte = bytes[safe: offset], (0x30...0x39).contains(byte) { offset += 1 }
        guard offset > start else { throw failure(.syntax) }
    }

    /// A string; the opening quote is next.
    mutating func string() throws(JSONError) -> String {
        offset += 1
        var text: [UInt8] = []
        var runStart = offset
        while true {
            guard let byte = bytes[safe: offset] else { throw failure(.syntax) }
            guard text.count + (offset - runStart) <= limits.stringBytesMax else {
                throw failure(.stringLength)
            }
            switch byte {
            case UInt8(ascii: "\""):
                text += bytes[runStart..<offset]
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw failure(.utf8)
                }
                offset += 1
                return string
            case UInt8(ascii: "\\"):
                text += bytes[runStart..<offset]
                offset += 1
                text += try escape()
                runStart = offset
            case 0..<0x20: throw failure(.syntax)
            default: offset += 1
            }
        }
    }

    /// What follows a backslash, as UTF-8.
    mutating func escape() throws(JSONError) -> [UInt8] {
        guard let byte = bytes[safe: offset] else { throw failure(.syntax) }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw failure(.syntax)
        }
    }

    /// `XXXX`, or a surrogate pair `XXXX\uXXXX`.
    mutating func unicodeEscape() throws(JSONError) -> [UInt8] {
        let first = try hexUnit()
        var scalarValue = UInt32(first)
        if (0xD800...0xDBFF).contains(first) {
            guard bytes[safe: offset] == UInt8(ascii: "\\"),
                bytes[safe: offset + 1] == UInt8(ascii: "u")
            else { throw failure(.utf8) }
            offset += 2
            let second = try hexUnit()
            guard (0xDC00...0xDFFF).contains(second) else { throw failure(.utf8) }
            scalarValue = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(scalarValue) else { throw failure(.utf8) }
        return Array(String(Character(scalar)).utf8)
    }

    mutating func hexUnit() throws(JSONError) -> UInt16 {
        guard offset + 4 <= bytes.count else { throw failure(.syntax) }
        var unit: UInt16 = 0
        for byte in bytes[offset..<offset + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw failure(.syntax)
            }
            unit = unit << 4 | UInt16(digit)
        }
        offset += 4
        return unit
    }
}

extension Array<UInt8> {
    fileprivate subscript(safe index: Int) -> UInt8? { index < count ? self[index] : nil }
}
