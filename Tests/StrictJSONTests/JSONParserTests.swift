import Testing

@testable import StrictJSON

@Suite("Strict JSON")
struct JSONParserTests {
    private static let limits = JSONLimits(documentBytesMax: 4 * 1_024 * 1_024)

    private static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
        try JSONValue(parsing: bytes, limits: limits)
    }

    @Test(
        "a number with a fraction or an exponent is read as that, never as an integer",
        arguments: ["1.0", "-0.5", "1e3", "1E-3", "12.5e+10"])
    func fractions(text: String) throws {
        let value = try Self.parse(Array(text.utf8))
        #expect(value == .fraction)
        #expect(value.integer == nil)
    }

    @Test("a document over its size is refused before it is read")
    func documentSize() throws {
        let limits = JSONLimits(documentBytesMax: 4)
        #expect(try JSONValue(parsing: Array("[10]".utf8), limits: limits) == .array([10]))
        #expect(throws: JSONError.malformed(.tooLarge, offset: 4)) {
            try JSONValue(parsing: Array("[100]".utf8), limits: limits)
        }
    }

    @Test("a reader takes members by name and knows which were not taken")
    func objectReader() throws {
        var reader = try JSONObjectReader(["a": 1, "b": .null, "c": "x"])
        #expect(try reader.required("a", "an integer", \.integer) == 1)
        #expect(reader.optional("b") == nil)
        #expect(throws: JSONError.missing(path: "b")) { try reader.required("b") }
        #expect(throws: JSONError.unknownMember(path: "the message")) { try reader.refuseUnknown() }
        #expect(throws: JSONError.mismatch(path: "c", expected: "an integer")) {
            try reader.required("c", "an integer", \.integer)
        }
        try reader.refuseUnknown()
        #expect(throws: JSONError.mismatch(path: "x[1]", expected: "an object")) {
            try JSONObjectReader([1], path: "x[1]")
        }
    }

    @Test("reads every kind of value and keeps the order of members")
    func reads() throws {
        let text = #" {"b":[1,-2,0,true,false,null], "a" : {"x":"é\u00e9\ud83d\ude00\n\/"}} "#
        #expect(
            try Self.parse(Array(text.utf8))
                == .object([
                    JSONMember(
                        "b",
                        .array([
                            .integer(1), .integer(-2), .integer(0), .bool(true),
                            .bool(false), .null,
                        ])),
                    JSONMember(
                        "a",
                        .object([JSONMember("x", .string("éé😀\n/"))])),
                ]))
    }

    @Test(
        "refuses what is not strict JSON, saying why and where",
        arguments: [
            ("", .syntax, 0),
            ("{", .syntax, 1),
            ("[1,]", .syntax, 3),
            ("[1 2]", .syntax, 3),
            ("{\"a\"}", .syntax, 4),
            ("{a:1}", .syntax, 1),
            ("{\"a\":1,}", .syntax, 7),
            ("tru", .syntax, 0),
            ("nulL", .syntax, 0),
            ("'a'", .syntax, 0),
            ("\"a", .syntax, 2),
            ("\"a\nb\"", .syntax, 2),
            ("\"\\x\"", .syntax, 3),
            ("\"\\u12G4\"", .syntax, 5),
            ("01", .syntax, 1),
            ("-", .syntax, 1),
            ("+1", .syntax, 0),
            ("\u{FEFF}1", .syntax, 0),
            ("1 1", .trailingBytes, 2),
            ("{}x", .trailingBytes, 2),
            ("1.", .syntax, 2),
            ("1.e3", .syntax, 2),
            ("1e", .syntax, 2),
            ("1e+", .syntax, 3),
            ("01.5", .syntax, 1),
            ("9007199254740992", .integerRange, 15),
            ("-9007199254740992", .integerRange, 16),
            ("99999999999999999999999999", .integerRange, 15),
            ("{\"a\":1,\"b\":2,\"a\":1}", .duplicateMember, 13),
            ("{\"a\":1,\"\\u0061\":1}", .duplicateMember, 7),
            ("\"\\ud83d\"", .invalidText, 7),
            ("\"\\ud83dx\"", .invalidText, 7),
            ("\"\\ude00\"", .invalidText, 7),
            ("\"\\ud83d\\u0041\"", .invalidText, 13),
        ] as [(String, JSONFault, Int)])
    func refuses(text: String, fault: JSONFault, offset: Int) {
        #expect(throws: JSONError.malformed(fault, offset: offset)) {
            try Self.parse(Array(text.utf8))
        }
    }

    @Test(
        "refuses invalid UTF-8 in strings",
        arguments: [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError.malformed(.invalidText, offset: bytes.count + 2)) {
            try Self.parse([UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")])
        }
    }

    @Test("takes each limit and refuses one more")
    func limits() throws {
        func fault(_ text: String) -> JSONFault? {
            do throws(JSONError) {
                _ = try Self.parse(Array(text.utf8))
                return nil
            } catch .malformed(let fault, _) {
                return fault
            } catch {
                return nil
            }
        }
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        func object(_ count: Int) -> String {
            "{" + (0..<count).map { "\"k\($0)\":0" }.joined(separator: ",") + "}"
        }
        func list(_ count: Int) -> String {
            "[" + repeatElement("0", count: count).joined(separator: ",") + "]"
        }
        func string(_ count: Int) -> String { "\"" + String(repeating: "s", count: count) + "\"" }

        #expect(fault(nested(JSONLimits.nestingMax)) == nil)
        #expect(fault(nested(JSONLimits.nestingMax + 1)) == .tooDeep)
        #expect(fault(String(repeating: "[", count: 1_000_000)) == .tooDeep)
        #expect(fault(string(JSONLimits.stringBytesMax)) == nil)
        #expect(fault(string(JSONLimits.stringBytesMax + 1)) == .tooLong)
        #expect(fault(object(JSONLimits.membersMax)) == nil)
        #expect(fault(object(JSONLimits.membersMax + 1)) == .tooManyMembers)
        #expect(fault("\(JSONLimits.integerMax)") == nil)
        #expect(fault("-\(JSONLimits.integerMax)") == nil)
        // The list itself is a value too.
        #expect(fault(list(JSONLimits.valuesMax - 1)) == nil)
        #expect(fault(list(JSONLimits.valuesMax)) == .tooManyValues)
    }

    @Test("escapes count towards the length of a string")
    func escapedLength() {
        let text = "\"" + String(repeating: "\\u4e2d", count: JSONLimits.stringBytesMax) + "\""
        #expect(throws: JSONError.self) { try Self.parse(Array(text.utf8)) }
    }

    @Test("keys that only look alike are two keys")
    func lookalikeKeys() throws {
        let value = try Self.parse(Array("{\"K\":1,\"\u{212A}\":2}".utf8))
        guard case .object(let members) = value else {
            Issue.record("not an object")
            return
        }
        #expect(members.map(\.value) == [.integer(1), .integer(2)])
    }

    @Test("what is written reads back, control characters and all")
    func writes() throws {
        let value = JSONValue.members([
            "text": .string("\"\\\u{1}\u{1F}\u{7F}é中😀\n"), "list": .array([.integer(1), .null]),
            "empty": .array([]), "flag": .bool(false), "absent": nil,
        ])
        let bytes = Array((value.prettyPrinted + "\n").utf8)
        #expect(try Self.parse(bytes) == value)
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                {
                  "text": "\\"\\\\\\u0001\\u001f\u{7F}é中😀\\u000a",
                  "list": [
                    1,
                    null
                  ],
                  "empty": [],
                  "flag": false
                }

                """)
    }
}
