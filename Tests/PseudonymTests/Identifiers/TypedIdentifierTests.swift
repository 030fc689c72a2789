import Testing

@testable import Pseudonym

@Suite("Identifiers as they are typed")
struct TypedIdentifierTests {
    @Test(
        "brings one number into one form",
        arguments: [
            " 99999919800110259x ", "\t99999919800110259X\n", "999999 19800110 259X",
            "999999-19800110-259X", "９９９９９９１９８００１１０２５９Ｘ", "９９９９９９１９８００１１０２５９ｘ",
            "\u{3000}99999919800110259X\u{3000}", "999999\u{2011}19800110\u{2013}259X",
            "\u{202D}99999919800110259X\u{202C}", "\u{FEFF}99999919800110259X",
        ])
    func normalises(raw: String) throws {
        #expect(try Sample.identifier(raw, "cn-rid").normalForm == "99999919800110259X")
    }

    @Test("refuses nothing at all", arguments: ["", " ", "\u{3000}\t\r\n"])
    func refusesEmpty(raw: String) throws {
        #expect(try Sample.error(raw, "cn-rid") == .empty)
    }

    @Test("refuses hyphens alone by their length")
    func refusesFiller() throws {
        #expect(try Sample.error("---", "cn-rid") == .length(.residentID, expected: 18))
    }

    @Test("looks at no more than its limit")
    func refusesTooLong() throws {
        let limit = Identifier.rawBytesMax
        let padding = String(repeating: " ", count: limit - 18)
        #expect(try Sample.error(padding + "999999199012310022", "cn-rid") == nil)
        #expect(
            try Sample.error(padding + " 999999199012310022", "cn-rid") == .tooLong(bytesMax: limit)
        )
    }

    @Test(
        "knows a number that a spreadsheet has spoilt",
        arguments: ["4.2E+17", "4.20105E+17", "4E+17", "4.2e+17", "4.2Ｅ+17", " 4.2E+17 "])
    func knowsSpreadsheets(raw: String) throws {
        #expect(try Sample.error(raw, "cn-rid") == .damagedBySpreadsheet)
        #expect(try Sample.error(raw, "cn-uscc") == .damagedBySpreadsheet)
    }

    @Test(
        "takes nothing else for one",
        arguments: [
            "4.2E17", "E+17", "4.2.1E+17", "4.2E+", "4.2E+170", "AE+17", "4.2E+1X", "+", "E",
        ])
    func sparesOthers(raw: String) throws {
        #expect(try Sample.error(raw, "cn-rid") != .damagedBySpreadsheet)
    }
}
