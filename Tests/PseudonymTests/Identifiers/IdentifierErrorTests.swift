import Testing

@testable import Pseudonym

@Suite("Identifier errors")
struct IdentifierErrorTests {
    /// One of each kind.
    static let all: [IdentifierError] = [
        .unknownScheme, .empty, .tooLong(bytesMax: 256), .length(.residentID, expected: 18),
        .character(.creditCode, position: 11), .date, .checkCharacter(.lei), .organisationCheck,
        .pattern(.residentID), .damagedBySpreadsheet,
    ]

    @Test("have codes that differ and fit a program", arguments: all)
    func haveCodes(error: IdentifierError) {
        #expect(Self.all.count { $0.code == error.code } == 1)
        #expect(error.code.allSatisfy { $0.isLowercase || $0 == "-" })
        #expect(error.description.contains(error.rule))
    }

    @Test("name the standard and say what to check")
    func nameTheRule() {
        #expect(
            IdentifierError.checkCharacter(.residentID).rule
                == "GB 11643: the 18th character does not fit the other 17; "
                + "check for a mistyped or swapped character")
        #expect(
            IdentifierError.length(.residentID, expected: 18).rule
                == "GB 11643: there must be 18 characters (or 15 digits of the old kind)")
        #expect(IdentifierError.character(.creditCode, position: 11).rule.contains("character 11"))
    }

    @Test(
        "never repeat the identifier",
        arguments: [
            ("999999199012310020", "cn-rid"), ("999999190002290012", "cn-rid"),
            ("99999919901231002", "cn-rid"), ("99999919901231002Y", "cn-rid"),
            ("999999199012310000", "cn-rid"), ("91999999MA0TE5T080", "cn-uscc"),
            ("91999999MAOTE5T08K", "cn-uscc"), ("91999999MA0TE5T0XK", "cn-uscc"),
            ("ZZZZ00NODETEST000173", "lei"), ("4.20105E+17", "cn-rid"),
            ("999999199012310022", "999999199012310022"), ("AB12345", "permit"),
            (String(repeating: "9", count: 300), "cn-rid"),
        ])
    func neverRepeatInput(raw: String, scheme: String) throws {
        let registry = try SchemeRegistry(
            charter: [
                ("cn-rid", nil), ("cn-uscc", nil), ("lei", nil), ("permit", #"[A-Z]{2}\d{6}"#),
            ])
        let error = #expect(throws: IdentifierError.self) {
            try registry.identifier(raw, scheme: scheme)
        }
        let thrown = try #require(error)
        let texts = [thrown.rule, thrown.code, "\(thrown)", String(reflecting: thrown)]
        for start in raw.indices {
            let piece = raw[start...].prefix(5)
            guard piece.count == 5 else { break }
            #expect(!texts.contains { $0.contains(piece) })
        }
    }
}
