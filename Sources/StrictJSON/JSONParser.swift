extension JSONValue {
    /// Reads one document.
    ///
    /// Foundation's decoder takes the last of two equal names without a word, so that two readers of
    /// one document could see different things; this one refuses such a document, and everything
    /// else in which readers differ: invalid UTF-8, half surrogate pairs, leading zeros, bytes
    /// behind the end.
    ///
    /// - Throws: `JSONError.malformed` with the byte offset at which reading stopped.
    public init(parsing bytes: some Collection<UInt8>, limits: JSONLimits) throws(JSONError) {
        guard bytes.count <= limits.documentBytesMax else {
            throw .malformed(.tooLarge, offset: limits.documentBytesMax)
        }
        var parser = JSONParser(bytes: Array(bytes), limits: limits)
        do {
            self = try parser.parseDocument()
        } catch {
            throw .malformed(error, offset: parser.position)
        }
    }
}

/// A strict reader of JSON (RFC 8259) within `JSONLimits`. Recursion is bounded by the nesting.
private struct JSONParser {
    private let bytes: [UInt8]
    private let limits: JSONLimits
    private(set) var position = 0
    private var valueCount = 0

    init(bytes: [UInt8], limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    mutating func parseDocument() throws(JSONFault) -> JSONValue {
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
        case UInt8(ascii: "t"): return try parseWord("true", as: .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", as: .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", as: .null)
        default: return try parseNumber()
        }
    }
}

// MARK: - Objects and arrays

extension JSONParser {
    private mutating func parseObject(depth: Int) throws(JSONFault) -> [JSONMember] {
        var members: [JSONMember] = []
        try open(depth: depth)
        if take(UInt8(ascii: "}")) { return members }
        repeat {
            skipWhitespace()
            let namePosition = position
            let name = try parseString()
            guard !members.contains(where: { $0.hasName(name) }) else {
                position = namePosition
                throw .duplicateMember
            }
            guard members.count < JSONLimits.membersMax else { throw .tooManyMembers }
            guard take(UInt8(ascii: ":")) else { throw .syntax }
            members.append(JSONMember(name, try parseValue(depth: depth)))
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
        guard depth <= limits.nestingMax else { throw .tooDeep }
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

    /// An integer, or a number with a fraction or an exponent, of which only the form is checked.
    private mutating func parseNumber() throws(JSONFault) -> JSONValue {
        let start = position
        let isNegative = takeHere(UInt8(ascii: "-"))
        guard let first = peek, first.isDigit else { throw .syntax }
        var magnitude = 0
        while let digit = peek, digit.isDigit {
            magnitude = magnitude * 10 + Int(digit - UInt8(ascii: "0"))
            guard magnitude <= JSONLimits.integerMax else { throw .integerRange }
            position += 1
            // RFC 8259 §6: no leading zeros.
            if first == UInt8(ascii: "0") { break }
        }
        switch peek {
        case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
            try skipFraction()
            guard position - start <= limits.stringBytesMax else { throw .tooLong }
            return .fraction
        case let next? where next.isDigit: throw .syntax
        default: return .integer(isNegative ? -magnitude : magnitude)
        }
    }

    private mutating func skipFraction() throws(JSONFault) {
        if takeHere(UInt8(ascii: ".")) { try skipDigits() }
        if takeHere(UInt8(ascii: "e")) || takeHere(UInt8(ascii: "E")) {
            if !takeHere(UInt8(ascii: "+")) { _ = takeHere(UInt8(ascii: "-")) }
            try skipDigits()
        }
    }

    private mutating func skipDigits() throws(JSONFault) {
        guard peek?.isDigit == true else { throw .syntax }
        while peek?.isDigit == true { position += 1 }
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
            guard text.count + position - run <= limits.stringBytesMax else { throw .tooLong }
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

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
