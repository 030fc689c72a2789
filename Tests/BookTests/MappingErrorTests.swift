import Testing

@testable import Book

@Suite("Mapping language: what is refused")
struct MappingErrorTests {
    private func error(_ yaml: String) -> MappingError? {
        do {
            _ = try ColumnMapping(yaml: Array(yaml.utf8))
            return nil
        } catch {
            return error
        }
    }

    /// The error of the smallest mapping with some lines more.
    private func error(adding lines: String) -> MappingError? {
        error(
            """
            \(BookFixture.constants)
            columns:
              identifier: ID
              accountNumber: ACC
            \(lines)
            """)
    }

    @Test("the smallest mapping is accepted")
    func smallest() {
        #expect(error(adding: "") == nil)
    }

    @Test(
        "an unknown key is refused with its line and path",
        arguments: [
            ("colums: {}", "colums"), ("file2: 1", "file2"),
            ("skip: [{ wenn: 1 }]", "skip[0].wenn"),
            ("skip: [{ when: { column: A, equals: B, foo: 1 } }]", "skip[0].when.foo"),
            (
                "rules: [{ when: { column: A, equals: B }, set: { state: open } }]",
                "rules[0].set.state"
            ),
            ("history: { colums: [A] }", "history.colums"),
            ("periods: { perod: A }", "periods.perod"),
        ])
    func unknownKey(lines: String, path: String) {
        let error = error(adding: lines)
        #expect(error?.problem == .unknownKey)
        #expect(error?.path == path)
        #expect(error?.line == 15)
    }

    @Test(
        "two columns for one fact are refused",
        arguments: [
            "  scheme: SCHEME", "  currency: CUR",
        ])
    func fieldTwice(line: String) {
        #expect(error(adding: line)?.problem == .fieldTwice)
    }

    @Test("a key twice is refused", arguments: ["  identifier: OTHER", "name: again"])
    func keyTwice(line: String) {
        #expect(error(adding: line)?.problem == .duplicateKey)
    }

    @Test("a field that nothing fills is refused")
    func fieldMissing() {
        let error = error(BookFixture.constants + "\ncolumns: { identifier: ID }")
        #expect(error?.problem == .fieldMissing)
        #expect(error?.path == "accountNumber")
        let amount = BookFixture.constants.replacing("amounts: { currency: CNY }", with: "")
        let columns = "\ncolumns: { identifier: ID, accountNumber: ACC, balance: B }"
        #expect(self.error(amount + columns)?.path == "currency")
    }

    @Test(
        "a value of the wrong form is refused where it stands",
        arguments: [
            ("  balance: { unit: one }", "columns.balance"),
            ("  balance: []", "columns.balance"),
            ("  balance: { column: A, unit: 万元 }", "columns.balance.unit"),
            ("  balance: { column: A, date: yyyyMMdd }", "columns.balance.date"),
            ("  balance: { column: A, negative: ignore }", "columns.balance.negative"),
            ("  balance: { column: A, scientific: yes }", "columns.balance.scientific"),
            ("  balance: { column: [A, B] }", "columns.balance"),
            ("  balance: { column: A, unmapped: read }", "columns.balance.unmapped"),
            ("  balance: { column: A, map: {} }", "columns.balance.map"),
            ("  balance: { column: A, map: { x: much } }", "columns.balance.map.x"),
            ("  name: { column: A, from: days }", "columns.name.from"),
            ("  daysPastDue: { column: A, from: weeks }", "columns.daysPastDue.from"),
            ("  openedMonth: { column: A, date: dd.MM.yyyy }", "columns.openedMonth.date"),
            ("  letter: A", "columns.letter"),
            ("  dispute: { column: A, map: { x: somehow } }", "columns.dispute.map.x"),
            ("dates: guess", "dates"),
            ("skip: { when: 1 }", "skip"),
            ("skip: [{ when: { column: A } }]", "skip[0].when"),
            ("skip: [{ when: { column: A, equals: B, in: [C] } }]", "skip[0].when"),
            ("skip: [{ when: { column: A, above: 1.5 } }]", "skip[0].when.above"),
            ("skip: [{ when: [] }]", "skip[0].when"),
            ("rules: [{ when: { column: A, equals: B } }]", "rules[0]"),
            ("rules: [{ set: { status: open } }]", "rules[0]"),
            (
                "rules: [{ when: { column: A, equals: B }, set: { status: odd } }]",
                "rules[0].set.status"
            ),
            (
                "rules: [{ when: { column: A, equals: B }, lasting: true, set: { status: open } }]",
                "rules[0]"
            ),
            (
                "rules: [{ when: { column: A, equals: B }, set: { letter: B } }]",
                "rules[0].set.letter"
            ),
            ("history: { columns: [A], order: newest-first }", "history"),
            ("history: { columns: [A], order: up, ends: as-of }", "history.order"),
            ("history: { columns: [A], order: newest-first, ends: now }", "history.ends"),
            (
                "history: { columns: [A], order: newest-first, ends: as-of, letters: { x: NN } }",
                "history.letters.x"
            ),
            (
                "history: { columns: [A], order: newest-first, ends: as-of }\nperiods: { period: P }",
                "history"
            ),
            ("periods: { keepLastBy: A }", "periods"),
        ])
    func wrongForm(lines: String, path: String) throws {
        let refused = try #require(self.error(adding: lines))
        #expect(refused.path == path)
        #expect(refused.description.contains(path))
    }

    @Test(
        "head and file block are checked",
        arguments: [
            ("name: test", "name: Test"), ("name: test", "title: test"),
            ("version: 1", "version: 0"), ("version: 1", "version: one"),
            ("asOf: 2026-10-31", "asOf: 2026-02-30"), ("asOf: 2026-10-31", "encoding: gbk"),
            ("asOf: 2026-10-31", "delimiter: ' '"), ("currency: CNY", "currency: RMB"),
            ("retail: true", "retail: perhaps"), ("kind: instalment", "kind: loan"),
            ("scheme: cn-rid", "scheme: CN RID"),
        ])
    func head(part: String, replacement: String) {
        let yaml = BookFixture.constants.replacing(part, with: replacement)
        #expect(error(yaml + "\ncolumns: { identifier: ID, accountNumber: ACC }") != nil)
    }

    @Test("every delimiter of the language is taken", arguments: [",", ";", "|", "tab"])
    func delimiters(delimiter: String) throws {
        let yaml = BookFixture.constants.replacing(
            "asOf: 2026-10-31", with: "asOf: 2026-10-31, delimiter: '\(delimiter)'")
        let mapping = try ColumnMapping(
            yaml: Array((yaml + "\ncolumns: { identifier: ID, accountNumber: ACC }").utf8))
        let separator = delimiter == "tab" ? "\t" : delimiter
        let record = try BookFixture.record(of: "ID\(separator)ACC\nx\(separator)y", mapping)
        #expect(record.accountNumber == "y")
    }

    @Test(
        "what is not one YAML document of keys is refused",
        arguments: [
            "", "- a", "just text", "a: [", "a: b: c", "\tname: x", "name: x\n---\nname: y",
            "? [a]\n: b",
            "{}", "name: [1]",
        ])
    func notYAML(text: String) {
        #expect(error(text) != nil)
    }

    @Test(
        "anchors and aliases are refused before they unfold",
        arguments: [
            "name: &a x", "a: &a [x]\nb: *a", "- *a", "a: [*b]", "{a:*b}", "? &k a\n: b",
        ])
    func anchors(text: String) {
        #expect(error(text)?.problem == .anchor)
    }

    @Test("an alias bomb costs nothing")
    func aliasBomb() {
        var yaml = "a0: &a0 [x, x]\n"
        for level in 1...200 {
            yaml += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 9))]\n"
        }
        #expect(error(yaml)?.problem == .anchor)
    }

    @Test(
        "an ampersand or asterisk in a text is none",
        arguments: [
            "description: Loans & cards", "description: '*'", "description: a * b",
            "description: R&D",
        ])
    func noAnchors(line: String) {
        #expect(error(adding: line) == nil)
    }

    @Test("deep nesting is refused", arguments: [13, 900, 5_000, 60_000])
    func depth(levels: Int) {
        let brackets = String(repeating: "[", count: levels)
        let closing = String(repeating: "]", count: levels)
        #expect(error("name: \(brackets)\(closing)") != nil)
    }

    @Test("a mapping of more than 256 KiB, or not in UTF-8, is refused")
    func sizeAndEncoding() {
        let long = [UInt8](repeating: 0x23, count: BookLimits.mappingBytesMax + 1)
        #expect(throws: MappingError(path: "", line: nil, problem: .tooLarge)) {
            try ColumnMapping(yaml: long)
        }
        #expect(throws: MappingError(path: "", line: nil, problem: .notText)) {
            try ColumnMapping(yaml: [0xC4, 0xE3])
        }
    }
}
