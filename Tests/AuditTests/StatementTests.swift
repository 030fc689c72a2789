import Exchange
import StrictJSON
import Testing
import TransparencyLog

@testable import Audit

@Suite("A lender's statement against its supervisory return")
struct StatementTests {
    private static let heading = "member,as_of,item,name,currency,count,balance\r\n"

    private static func statement(
        asOf: String = "2026-10-31", normal: Int = 20, balance: String = "123456789"
    ) -> [UInt8] {
        let json: JSONValue = [
            "statement": "creditmesh-statement-v1", "member": "lakeside",
            "bookAsOf": .string(asOf), "complete": true,
            "parts": [
                ["part": "a", "rejects": ["identifier-check-character": 1]],
                ["part": "b", "rejects": ["identifier-check-character": 2, "row-columns": 1]],
            ],
            "subjects": 26, "withheld": ["consent-purpose": 2, "held-back": 1],
            "hiddenAccounts": 0,
            "totals": [
                [
                    "class": "normal", "currency": "CNY", "accounts": .integer(normal),
                    "balance": .string(balance),
                ],
                ["class": "loss", "currency": "JPY", "accounts": 1, "balance": "500"],
            ],
        ]
        return json.encoded
    }

    /// What differs between the statements in a log and the lines of a return.
    private func differences(
        _ lines: [String], statements: [[UInt8]] = [statement()]
    ) async throws -> StatementResult {
        let scene = try AuditScene()
        for statement in statements {
            var entry = LogEntry(.published, at: scene.clock.now, node: scene.lakeside.id)
            entry.member = scene.lakeside.member
            entry.statement = LogStatement(statement)
            _ = try await scene.lakeside.log.append(entry, evidence: nil, nonce: nil)
        }
        try await scene.mirrorBoth()
        let csv = Self.heading + lines.map { $0 + "\r\n" }.joined()
        return try StatementComparison(
            scene.copy(of: scene.lakeside),
            with: SupervisoryReturn(csv: Array(csv.utf8), named: "return.csv")
        ).run()
    }

    private static let same = [
        "lakeside,2026-10-31,class,normal,CNY,20,1234567.89",
        "lakeside,2026-10-31,class,loss,JPY,1,500",
    ]

    @Test("finds nothing where both say the same, whatever else the return leaves out")
    func same() async throws {
        let more = [
            "lakeside,2026-10-31,class,doubtful,CNY,0,0", "lakeside,2026-10-31,subjects,,,26,",
            "lakeside,2026-10-31,rejects,,,4,",
            "lakeside,2026-10-31,rejects,identifier-check-character,,3,",
            "lakeside,2026-10-31,withheld,,,3,", "lakeside,2026-10-31,hidden-accounts,,,0,",
        ]
        for lines in [Self.same, Self.same + more] {
            let result = try await differences(lines)
            #expect(result.differences.isEmpty)
            #expect(result.compared == 1)
        }
    }

    @Test(
        "finds every figure that differs",
        arguments: [
            (0, "lakeside,2026-10-31,class,normal,CNY,19,1234567.89", "count-differs"),
            (0, "lakeside,2026-10-31,class,normal,CNY,20,1234567.8", "balance-differs"),
            (0, "lakeside,2026-10-31,class,normal,USD,20,1234567.89", "not-returned not-stated"),
            (0, "lakeside,2026-10-31,subjects,,,26,", "not-returned"),
            (1, "lakeside,2026-10-31,class,loss,JPY,2,500", "count-differs"),
            (2, "lakeside,2026-10-31,withheld,held-back,,0,", "count-differs"),
            (2, "lakeside,2026-10-31,rejects,invented,,7,", "not-stated"),
            (2, "lakeside,2026-09-30,subjects,,,26,", "no-statement"),
            (2, "harbor,2026-10-31,subjects,,,26,", "no-statement"),
        ])
    func differ(place: Int, line: String, codes: String) async throws {
        var lines = Self.same + [""]
        lines[place] = line
        let result = try await differences(lines.filter { !$0.isEmpty })
        #expect(result.differences.map(\.code.rawValue).sorted().joined(separator: " ") == codes)
        for language in ReportLanguage.allCases {
            let text = AuditText(language).text(of: result)
            for code in codes.split(separator: " ") { #expect(text.contains("[\(code)]")) }
        }
    }

    @Test("names both figures, in the currency's major unit")
    func figures() async throws {
        let result = try await differences([
            "lakeside,2026-10-31,class,normal,CNY,20,0.05", Self.same[1],
        ])
        let text = AuditText(.english).text(of: result)
        #expect(text.contains("published 20 / 1234567.89 CNY, returned 20 / 0.05 CNY"))
        #expect(result.differences.first?.index == 0)
    }

    @Test("of several statements of one date the newest counts")
    func newest() async throws {
        let result = try await differences(
            Self.same,
            statements: [
                Self.statement(normal: 1), Self.statement(asOf: "2026-09-30"), Self.statement(),
            ])
        #expect(result.differences.isEmpty)
        let changed = try await differences(
            Self.same, statements: [Self.statement(), Self.statement(normal: 1)])
        #expect(changed.differences.map(\.code) == [.countDiffers])
        #expect(changed.differences.first?.index == 1)
    }

    @Test("says which statements stand in the log as a digest alone")
    func digest() async throws {
        let long: JSONValue = ["x": .string(String(repeating: "x", count: LogStatement.bytesMax))]
        let result = try await differences(Self.same, statements: [long.encoded])
        #expect(result.unreadable == [0])
        #expect(result.differences.map(\.code) == [.noStatement])
    }

    @Test(
        "refuses a return that cannot be read, with its line and without its values",
        arguments: [
            ("lakeside,2026-10-31,class,normal,CNY,20", "line 2 has another number of cells"),
            ("Lakeside!,2026-10-31,class,normal,CNY,20,1", "line 2 has no member's id"),
            ("lakeside,2026-02-30,class,normal,CNY,20,1", "line 2 has no date"),
            ("lakeside,2026-10-31,total,normal,CNY,20,1", "line 2 has an item"),
            ("lakeside,2026-10-31,class,good,CNY,20,1", "line 2 has a class"),
            ("lakeside,2026-10-31,class,normal,CNY,-1,1", "line 2 has no count"),
            ("lakeside,2026-10-31,class,normal,CNY,20,1.234", "line 2 has a balance"),
            ("lakeside,2026-10-31,class,normal,CNY,20,1-2", "line 2 has a balance"),
            ("lakeside,2026-10-31,class,normal,RMB,20,1", "line 2 has a currency"),
            ("lakeside,2026-10-31,subjects,,,1,5", "line 2 has a balance without"),
            ("lakeside,2026-10-31,subjects,,,\"1", "line 2 has a quote without an end"),
            ("lake\"side,2026-10-31,subjects,,,1,", "line 2 has a quote within a cell"),
        ])
    func malformed(line: String, what: String) throws {
        let failure = #expect(throws: AuditFailure.self) {
            try SupervisoryReturn(csv: Array((Self.heading + line).utf8), named: "r.csv")
        }
        guard case .file("r.csv", let text) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(text.hasPrefix(what))
    }

    @Test("refuses a line that is there twice, and other columns")
    func structure() throws {
        let twice = Self.heading + Self.same[0] + "\n\n\"lakeside\",2026-10-31,class,normal,CNY,1,1"
        #expect(
            throws: AuditFailure.file("r.csv", "line 4 says again what a line before says")
        ) { try SupervisoryReturn(csv: Array(twice.utf8), named: "r.csv") }
        #expect(throws: AuditFailure.self) {
            try SupervisoryReturn(csv: Array("member,as_of\n".utf8), named: "r.csv")
        }
    }
}
