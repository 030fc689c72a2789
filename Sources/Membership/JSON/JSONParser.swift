/// A strict reader of JSON (RFC 8259) within ``JSONLimits``.
///
/// Foundation's decoder takes the last of two equal keys without a word, so that two readers of one
/// signed document could see different things; this one refuses such a document.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private var valueCount = 0

    /// Reads one whole document, or says which rule it breaks and at which byte offset.
    static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        var parser = JSONParser(bytes: bytes)
        do {
            return try parser.parseDocument()
        } catch {
            throw JSONError(fault: error, offset: parser.position)
        }
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func parseDocument() throws(JSONFault) -> JSONValue {
        let value = try parseValue(depth: 0)
        skipWhitespace()
        guard position == bytes.count else { throw .trailingBytes }
        return value
    }

    private mutating func parseValue(depth: Int) throws(JSONFault) -> JSONValue {
        valueCount += 1
        guard valueCount <= JSONLimits.valuesMax else { throw .tooManyValues }
        skipWhitespace()
        switch peek {
        case UInt8(ascii: "{"): return .object(try parseObject(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try parseArray(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseWord("true", as: .boolean(true))
        case UInt8(ascii: "f"): return try parseWord("false", as: .boolean(false))
        case UInt8(ascii: "n"): return try parseWord("null", as: .null)
        default: return .integer(try parseInteger())
        }
    }
}

/// Where and why a document could not be read.
struct JSONError: Error, Equatable {
    let fault: JSONFault
    /// The offset in bytes at which reading stopped.
    let offset: Int
}

// MARK: - Objects and arrays

extension JSONParser {
    private mutating func parseObject(depth: Int) throws(JSONFault) -> [JSONMember] {
        var members: [JSONMember] = []
        try open(depth: depth)
        if take(UInt8(ascii: "}")) { return members }
        repeat {
            skipWhitespace()
            let keyPosition = position
            let key = try parseString()
            guard !members.contains(where: { $0.hasKey(key) }) else {
                position = keyPosition
                throw .duplicateKey
            }
            guard members.count < JSONLimits.membersMax else { throw .tooManyMembers }
            guard take(UInt8(ascii: ":")) else { throw .syntax }
            members.append(JSONMember(key: key, value: try parseValue(depth: depth)))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw .syntax }
        return members
    }

    private mutating func parseArray(depth: Int) throws(JSONFault) -> [JSONValue] {
        var elements: [JSONValue] = []
        try open(depth: depth)
        if take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try parseValue(depth: depth))
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw .syntax }
        return elements
    }

    private mutating func open(depth: Int) throws(JSONFault) {
        guard depth <= JSONLimits.nestingMax else { throw .tooDeep }
        position += 1
    }
}

// MARK: - Words and numbers

extension JSONParser {
    private mutating func parseWord(
        _ word: StaticString, as value: JSONValue
    ) throws(JSONFault) -> JSONValue {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count, bytes[position..<end].elementsEqual(String(describing: word).utf8)
        else { throw .syntax }
        position = end
        return value
    }

    private mutating func parseInteger() throws(JSONFault) -> Int {
        let isNegative = takeHere(UInt8(ascii: "-"))
        guard let first = peek, first.isDigit else { throw .syntax }
        var magnitude = 0
        while let digit = peek, digit.isDigit {
            magnitude = magnitude * 10 + Int(digit - UInt8(ascii: "0"))
            guard magnitude <= JSONLimits.integerMax else { throw .notAnInteger }
            position += 1
            // RFC 8259 §6: no leading zeros.
            if first == UInt8(ascii: "0") { break }
        }
        switch peek {
        case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): throw .notAnInteger
        case let next? where next.isDigit: throw .syntax
        default: return isNegative ? -magnitude : magnitude
        }
    }
}

// MARK: - Strings

extension JSONParser {
    private mutating func parseString() throws(JSONFault) -> String {
        guard takeHere(UInt8(ascii: "\"")) else { throw .syntax }
        var text: [UInt8] = []
        while true {
            let run = position
            while let byte = peek, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"),
                byte >= 0x20
            {
                position += 1
            }
            guard text.count + position - run <= JSONLimits.stringBytesMax else {
                throw .stringTooLong
            }
            text += bytes[run..<position]
            if takeHere(UInt8(ascii: "\"")) { break }
            // What stopped the run is an escape, a control character or the end.
            guard takeHere(UInt8(ascii: "\\")) else { throw .syntax }
            try parseEscape(into: &text)
        }
        guard let string = String(validating: text, as: UTF8.self) else { throw .invalidText }
        return string
    }

    private mutating func parseEscape(into text: inout [UInt8]) throws(JSONFault) {
        guard let letter = peek else { throw .syntax }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += String(Character(try parseScalar())).utf8
        default: throw .syntax
        }
    }

    /// One `\uXXXX`, or two that make a surrogate pair; the first `\u` is already taken.
    private mutating func parseScalar() throws(JSONFault) -> Unicode.Scalar {
        let unit = try parseHexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard UTF16.isLeadSurrogate(unit), takeHere(UInt8(ascii: "\\")),
            takeHere(UInt8(ascii: "u"))
        else { throw .invalidText }
        let trail = try parseHexadecimal()
        guard UTF16.isTrailSurrogate(trail) else { throw .invalidText }
        return UTF16.decode(UTF16.EncodedScalar([unit, trail]))
    }

    private mutating func parseHexadecimal() throws(JSONFault) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek,
                let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else { throw .syntax }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}

// MARK: - Bytes

extension JSONParser {
    private var peek: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipWhitespace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    /// Takes `byte` if it comes next, white space before it left out.
    private mutating func take(_ byte: UInt8) -> Bool {
        skipWhitespace()
        return takeHere(byte)
    }

    /// Takes `byte` if it stands exactly here.
    private mutating func takeHere(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }
}
