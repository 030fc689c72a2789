import Pseudonym
import StrictJSON
import TestSupport
import Testing

@testable import Exchange

/// What the encodings of protocol/messages.md refuse, and with which code a peer hears of it.
@Suite("Encodings")
struct EncodingTests {
    /// Reads the bytes of a request as the server does.
    private static func problem(with bytes: [UInt8]) -> ProblemCode? {
        do throws(Problem) {
            let json: JSONValue
            do throws(JSONError) {
                json = try JSONValue(parsing: bytes, limits: .request)
            } catch {
                throw Problem(error)
            }
            _ = try QueryRequest(json: json, admit: { _, _ in })
            return nil
        } catch {
            return error.code
        }
    }

    /// A query whose purpose is written as these bytes; purposes are free texts until judged.
    private static func query(purpose: [UInt8]) throws -> [UInt8] {
        let mark = "purpose-to-replace"
        let query = try Samples.queryRequest().json.setting("purpose", to: .string(mark)).encoded
        let text = String(decoding: query, as: UTF8.self)
        let parts = text.split(separator: "\"\(mark)\"", omittingEmptySubsequences: false)
        try #require(parts.count == 2)
        return Array(parts[0].utf8) + purpose + Array(parts[1].utf8)
    }

    private static func quoted(_ bytes: [UInt8]) -> [UInt8] { [0x22] + bytes + [0x22] }

    struct Document: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let purpose: [UInt8]
        let code: ProblemCode?

        init(_ name: String, _ purpose: [UInt8], _ code: ProblemCode?) {
            testDescription = name
            self.purpose = purpose
            self.code = code
        }

        init(_ name: String, _ purpose: String, _ code: ProblemCode?) {
            self.init(name, Array(purpose.utf8), code)
        }

        static func nested(_ depth: Int) -> String {
            // The query's own object is the first level.
            String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
        }
    }

    @Test(
        "a request's values are read strictly",
        arguments: [
            Document("a text", #""loan-approval""#, nil),
            Document("4096 bytes of text", quoted(Array(repeating: 0x61, count: 4096)), nil),
            Document(
                "4097 bytes of text", quoted(Array(repeating: 0x61, count: 4097)), .malformedJSON),
            Document(
                "4096 bytes as escapes", #"""# + String(repeating: #"\u0061"#, count: 4096) + #"""#,
                nil),
            Document(
                "4098 bytes as escapes of 3",
                #"""# + String(repeating: #"\u4e2d"#, count: 1366) + #"""#, .malformedJSON),
            Document("a surrogate pair", #""\ud83d\ude00""#, nil),
            Document("a lone high surrogate", #""\ud83d""#, .malformedJSON),
            Document("a lone low surrogate", #""\ude00""#, .malformedJSON),
            Document("a high surrogate and a letter", #""\ud83d\u0041""#, .malformedJSON),
            Document("UTF-8 cut short", quoted([0xE4, 0xB8]), .malformedJSON),
            Document("an overlong slash", quoted([0xC0, 0xAF]), .malformedJSON),
            Document("an overlong NUL", quoted([0xE0, 0x80, 0x80]), .malformedJSON),
            Document("a surrogate in UTF-8", quoted([0xED, 0xA0, 0x80]), .malformedJSON),
            Document("beyond U+10FFFF", quoted([0xF4, 0x90, 0x80, 0x80]), .malformedJSON),
            Document("a lone continuation byte", quoted([0x80]), .malformedJSON),
            Document("a raw NUL in a text", quoted([0x00]), .malformedJSON),
            Document("a raw line break in a text", quoted([0x0A]), .malformedJSON),
            Document("an escaped NUL", #""\u0000""#, nil),
            Document("nesting of 16", Document.nested(16), .badRequest),
            Document("nesting of 17", Document.nested(17), .malformedJSON),
            Document("nesting without end", String(repeating: "[", count: 100_000), .malformedJSON),
            Document("2^53 − 1", "9007199254740991", .badRequest),
            Document("−(2^53 − 1)", "-9007199254740991", .badRequest),
            Document("2^53", "9007199254740992", .malformedJSON),
            Document("−2^53", "-9007199254740992", .malformedJSON),
            Document("far beyond 64 bits", String(repeating: "9", count: 4000), .malformedJSON),
            Document("a leading zero", "01", .malformedJSON),
            Document("minus nothing", "-", .malformedJSON),
            Document("minus zero", "-0", .badRequest),
            Document("a plus sign", "+1", .malformedJSON),
            Document("a fraction", "1.5", .badRequest),
            Document("an exponent", "1e3", .badRequest),
            Document("a point without digits", "1.", .malformedJSON),
            Document("hexadecimal", "0x10", .malformedJSON),
            Document("not a number", "NaN", .malformedJSON),
            Document("a duplicate member below", #"{"a":1,"a":1}"#, .malformedJSON),
            Document(
                "a duplicate member deep below", #"[[{"b":{"a":1,"\u0061":2}}]]"#, .malformedJSON),
            Document("a trailing comma", "[1,]", .malformedJSON),
            Document("a comment", "1/**/", .malformedJSON),
            Document("a single-quoted text", "'a'", .malformedJSON),
        ])
    func value(document: Document) throws {
        #expect(Self.problem(with: try Self.query(purpose: document.purpose)) == document.code)
    }

    @Test(
        "a request is one whole document",
        arguments: [
            Document("nothing", "", .malformedJSON),
            Document("white space", " \n", .malformedJSON),
            Document("a NUL", [0], .malformedJSON),
            Document("an array", "[]", .badRequest),
            Document("a text", #""a""#, .badRequest),
            Document("null", "null", .badRequest),
            Document("half an object", "{", .malformedJSON),
        ])
    func whole(document: Document) {
        #expect(Self.problem(with: document.purpose) == document.code)
    }

    @Test("white space around a document is nothing; anything else is refused")
    func around() throws {
        let query = Samples.queryRequest().json.encoded
        let code = { (before: [UInt8], after: [UInt8]) in
            Self.problem(with: before + query + after)
        }
        #expect(code([], []) == nil)
        #expect(code([0x20, 0x09, 0x0A, 0x0D], [0x0A]) == nil)
        #expect(code([0xEF, 0xBB, 0xBF], []) == .malformedJSON, "a byte order mark")
        #expect(code([], [0]) == .malformedJSON)
        #expect(code([], Array("{}".utf8)) == .malformedJSON)
        #expect(code([], [UInt8](repeating: 0x20, count: 256 * 1024)) == .tooLarge)
    }

    @Test("the same member twice is refused at the top, whatever its spelling")
    func duplicate() {
        for name in ["purpose", #"pur\u0070ose"#] {
            let text = #"{"purpose":"loan-approval","\#(name)":"loan-approval"}"#
            #expect(Self.problem(with: Array(text.utf8)) == .malformedJSON)
        }
    }

    @Test("an array of too many values is refused while it is read")
    func hugeArray() {
        let limits = JSONLimits(documentBytesMax: 8 * 1024 * 1024)
        let list = { (count: Int) in
            [0x5B] + Array(repeatElement([0x30, 0x2C] as [UInt8], count: count - 1).joined())
                + [0x30, 0x5D]
        }
        // The array itself is one of the values.
        #expect(throws: Never.self) {
            try JSONValue(parsing: list(JSONLimits.valuesMax - 1), limits: limits)
        }
        #expect(throws: JSONError.self) {
            try JSONValue(parsing: list(JSONLimits.valuesMax), limits: limits)
        }
    }

    @Test("what is written reads back, and to the same bytes")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let value = JSONValue.random(depth: 1, using: &generator)
            let bytes = value.encoded
            let read = try JSONValue(parsing: bytes, limits: .request)
            #expect(read == value)
            #expect(read.encoded == bytes)
            let pretty = Array(value.prettyPrinted.utf8)
            #expect(try JSONValue(parsing: pretty, limits: .request) == value)
        }
    }

    @Test("a problem names what is wrong and where, and no value")
    func problemTexts() {
        let errors: [JSONError] = [
            .malformed(.duplicateMember, offset: 17), .missing(path: "queries[3].token"),
            .mismatch(path: "kid", expected: "a key's name"), .unknownMember(path: "queries[3]"),
        ]
        #expect(
            errors.map(Problem.init).map(\.code) == [
                .malformedJSON, .badRequest, .badRequest, .badRequest,
            ])
        #expect(Problem(errors[1]).detail.contains("queries[3].token"))
        #expect(Problem(errors[0]).detail.contains("17"))
    }
}

extension JSONLimits {
    static let request = JSONLimits(documentBytesMax: ExchangeLimits.requestBytesMax)
    static let answer = JSONLimits(documentBytesMax: ExchangeLimits.answerBytesMax)
}

extension JSONValue {
    /// Any value that the protocol can write, seldom a large one.
    fileprivate static func random(
        depth: Int, using generator: inout SeededGenerator
    ) -> JSONValue {
        let isLeaf = depth > 14
        switch Int.random(in: 0..<(isLeaf ? 4 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2:
            let magnitude = JSONLimits.integerMax >> Int.random(in: 0...53, using: &generator)
            return .integer(Int.random(in: -magnitude...magnitude, using: &generator))
        case 3: return .string(text(using: &generator))
        case 4:
            return .array(
                (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                    random(depth: depth + 1, using: &generator)
                })
        default:
            return .object(
                (0..<Int.random(in: 0...3, using: &generator)).map { index in
                    JSONMember(
                        "\(index)\(text(using: &generator))",
                        random(depth: depth + 1, using: &generator))
                })
        }
    }

    private static func text(using generator: inout SeededGenerator) -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0...0x1F, 0x20...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF,
            0x10000...0x10FFFF,
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...6, using: &generator) {
            let range = ranges[Int.random(in: ranges.indices, using: &generator)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
