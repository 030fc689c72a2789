import Foundation
import Testing

@Suite("Checking a file before any node is there")
struct BookCheckScenarios {
    private struct CheckView: Decodable {
        struct Reject: Decodable {
            let code: String
            let count: Int
            let mend: String
        }

        struct Cell: Decodable {
            let own: String?
            let `class`: String
            let count: Int
            let balances: [String: String]
        }

        struct TooGood: Decodable {
            let count: Int
        }

        let encoding: String
        let mappingFrom: String
        let rows: Int
        let accounts: Int
        let rejected: Int
        let rejects: [Reject]
        let classes: [Cell]
        let tooGood: TooGood
        let columnsNotRead: [String]
    }

    /// A folder of its own, removed afterwards.
    private func withFolder(_ work: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-check-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await work(folder)
    }

    private func write(_ text: String, to file: URL) throws -> String {
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// A Chinese export with a title, as a core-banking system writes it.
    private static let export = """
        某银行贷款台账,,,,,,,
        客户名称,证件号码,借据号,放款日期,贷款余额（万元）,逾期天数,五级分类,备注
        林测试,\(ScenarioSubject.behind.identifier),JJ-10001,2025/1/5,8.5,95,关注,x
        高演示,\(ScenarioSubject.consentEnded.identifier),JJ-10002,45231,2,0,正常,
        吴示例,\(ScenarioSubject.small.mistyped),JJ-10003,2025-03-01,1,0,正常,
        合计,,,,11.5,,,

        """

    @Test("an export in Chinese is checked without a mapping, a node or a trace")
    func check() async throws {
        try await withFolder { folder in
            let file = try write(Self.export, to: folder.appending(path: "loans.csv"))
            let output = try await Command.run([
                "book", "check", file, "--as-of", "2026-10-31", "--json",
            ])
            #expect(output.status == 0, "\(output.errors)")
            let view = try JSONDecoder().decode(CheckView.self, from: Data(output.text.utf8))
            #expect(view.encoding == "utf-8")
            #expect(view.mappingFrom == "proposed")
            #expect(view.rows == 4)
            #expect(view.accounts == 2)
            #expect(view.columnsNotRead == ["备注"])
            #expect(
                view.rejects.map { "\($0.code) \($0.count)" }
                    == ["identifier-check-character 1", "totals-row 1"])
            #expect(view.rejects.allSatisfy { !$0.mend.isEmpty })
            #expect(view.tooGood.count == 1)
            let late = view.classes.first { $0.class == "substandard" }
            #expect(late?.own == "关注")
            #expect(late?.balances == ["CNY": "85000.00"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
        }
    }

    @Test("people read the same in both languages, and no borrower in either")
    func texts() async throws {
        try await withFolder { folder in
            let file = try write(Self.export, to: folder.appending(path: "loans.csv"))
            for command in ["check", "map"] {
                for (language, words) in [("en", "as of"), ("zh", "证件")] {
                    let output = try await Command.run([
                        "book", command, file, "--as-of", "2026-10-31", "--lang", language,
                    ])
                    #expect(output.status == 0, "\(output.errors)")
                    #expect(output.text.contains(words) || command == "map")
                    for secret in [
                        ScenarioSubject.behind.identifier, ScenarioSubject.small.mistyped,
                        "林测试", "JJ-10001",
                    ] {
                        #expect(!output.text.contains(secret), "\(command) \(language)")
                    }
                }
            }
        }
    }

    @Test("a proposal is written once, and then used for the check")
    func map() async throws {
        try await withFolder { folder in
            let file = try write(Self.export, to: folder.appending(path: "loans.csv"))
            let mapping = folder.appending(path: "mine.yaml").path
            let arguments = ["book", "map", file, "--out", mapping, "--json"]
            let output = try await Command.run(arguments)
            #expect(output.status == 0, "\(output.errors)")
            #expect(output.text.contains("\"isComplete\": true"))
            let again = try await Command.run(arguments)
            #expect(again.status == 1)
            #expect(again.errorCode == "file")
            let check = try await Command.run([
                "book", "check", file, "--mapping", mapping, "--as-of", "2026-10-31", "--json",
            ])
            let view = try JSONDecoder().decode(CheckView.self, from: Data(check.text.utf8))
            #expect(view.mappingFrom == "given")
            #expect(view.accounts == 2)
        }
    }

    @Test("the plain layout is known by its headers")
    func plain() async throws {
        try await withFolder { folder in
            let loans = [ScenarioLoan(subject: .behind), ScenarioLoan(subject: .good)]
            let file = try write(ScenarioLoan.csv(loans), to: folder.appending(path: "book.csv"))
            let output = try await Command.run(["book", "check", file, "--json"])
            let view = try JSONDecoder().decode(CheckView.self, from: Data(output.text.utf8))
            #expect(view.mappingFrom == "plain")
            #expect(view.accounts == 2)
        }
    }

    @Test("what cannot be checked says why with a stable code")
    func refusals() async throws {
        try await withFolder { folder in
            let damaged = (0..<4).map {
                "cn-rid,4.2E+17,某虚构,A-\($0),borrower,card,card,true,open,CNY,0,0,1,,,,\n"
            }
            let cases: [(code: String, text: String, more: [String])] = [
                ("book", "PK\u{3}\u{4}xxxx[Content_Types].xml", []),
                ("book", "", []),
                ("book", ScenarioLoan.header + damaged.joined(), []),
                ("mapping", "姓名,余额\n某虚构,5\n", []),
                ("usage", Self.export, ["--as-of", "today"]),
                ("not-found", Self.export, ["--standard", "cn-1998@1"]),
                ("file", Self.export, ["--mapping", "/nonexistent"]),
                ("file", Self.export, ["--home", "/nonexistent"]),
            ]
            for (code, text, more) in cases {
                let file = try write(text, to: folder.appending(path: "case.csv"))
                let output = try await Command.run(["book", "check", file, "--json"] + more)
                #expect(output.status == 1, "\(text.prefix(20)) \(more)")
                #expect(output.errorCode == code, "\(text.prefix(20)): \(output.errors)")
            }
        }
    }
}
