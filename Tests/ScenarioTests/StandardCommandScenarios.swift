import Foundation
import Testing

@Suite("Scenario: a supervisor asks the standard")
struct StandardCommandScenarios {
    private func write(_ text: String, _ work: (String) async throws -> Void) async throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-standard-\(UUID().uuidString).csv")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        try await work(file.path)
    }

    private static let header =
        "scheme,identifier,accountNumber,role,kind,product,retail,status,currency,balance,ownClass,"
        + "daysPastDue\n"

    @Test("lists and shows the standards, in both languages")
    func listAndShow() async throws {
        let list = try await Command.run(["standard", "list"])
        #expect(list.status == 0)
        #expect(list.text.contains("cn-2023@1") && list.text.contains("cn-microloan@1"))
        let shown = try await Command.run(["standard", "show", "cn-2023@1", "--lang", "zh"])
        #expect(shown.status == 0)
        #expect(shown.text.contains("cn-2023/11.4 → 次级"))
        let unknown = try await Command.run(["standard", "show", "cn-2023@9", "--json"])
        #expect(unknown.status == 1)
        #expect(unknown.errorCode == "not-found")
    }

    @Test("explains one loan: class, deciding rule, and every rule that was considered")
    func explain() async throws {
        let facts = ["--fact", "daysPastDue=95", "--as-of", "2026-10-31"]
        let text = try await Command.run(["standard", "explain"] + facts)
        #expect(text.status == 0)
        #expect(text.text.hasPrefix("substandard by cn-2023/11.1: Overdue more than 90 days\n"))
        for rule in ["7", "10.1", "11.4", "12", "13", "14.1", "14.2", "14.3", "21", "22"] {
            #expect(text.text.contains("\ncn-2023/\(rule) →"), "\(rule)")
        }
        let chinese = try await Command.run(["standard", "explain", "--lang", "zh"] + facts)
        #expect(chinese.text.hasPrefix("次级 依据 cn-2023/11.1"))
        let json = try await Command.run(["standard", "explain", "--json"] + facts)
        let view = try JSONDecoder().decode(DerivationView.self, from: Data(json.text.utf8))
        #expect(view.class == "substandard" && view.decidedBy == "cn-2023/11.1")
        #expect(!view.atLeast)
        #expect(view.rules.count == 16)
        let unknown = try await Command.run([
            "standard", "explain", "--json", "--fact", "daysPastDue=unknown",
        ])
        let open = try JSONDecoder().decode(DerivationView.self, from: Data(unknown.text.utf8))
        #expect(open.class == "normal" && open.atLeast && open.couldBe == "loss")
    }

    @Test("explains a firm's loan, and says that nothing of the firm was considered")
    func explainAlone() async throws {
        let facts = [
            "standard", "explain", "--segment", "non-retail", "--fact", "daysPastDue=0",
            "--as-of", "2026-10-31",
        ]
        let text = try await Command.run(facts).text
        #expect(text.contains("cn-2023/10.4 → special-mention: not considered\n"))
        #expect(
            text.contains(
                "another debt of the debtor is non-performing at all institutions: not considered"))
        #expect(!text.contains(": no\n"))
        let chinese = try await Command.run(facts + ["--lang", "zh"]).text
        #expect(chinese.contains("cn-2023/7 → 次级: 未考虑\n"))
        #expect(chinese.contains("债务人的另一笔债务 不良 在所有机构: 未考虑"))
        let json = try await Command.run(facts + ["--json"])
        let view = try JSONDecoder().decode(DerivationView.self, from: Data(json.text.utf8))
        let rule = try #require(view.rules.first { $0.rule == "cn-2023/11.4" })
        #expect(rule.outcome == "not-considered")
        #expect(rule.inputs.compactMap(\.holds) == ["not-considered"])
    }

    @Test(
        "refuses facts that can't be, and names the fact",
        arguments: [
            (["expectedLossBasisPoints=100"], "facts", "expectedLossBasisPoints"),
            (["daysPastDue=-1"], "facts", "daysPastDue"),
            (["income=1"], "facts", "income"),
            (["openEnd=yes"], "facts", "openEnd"),
            (["daysPastDue=1", "daysPastDue=2"], "facts", "daysPastDue"),
            (["restructuredOn=2024-02-29"], "facts", "restructuredOn"),
            (["restructuredOn=2026-11-01"], "facts", "restructuredOn"),
            (["daysPastDue=soon"], "usage", "--fact"), (["daysPastDue"], "usage", "--fact"),
        ])
    func refusals(_ facts: [String], _ code: String, _ named: String) async throws {
        let output = try await Command.run(
            ["standard", "explain", "--json", "--as-of", "2026-10-31", "--opened", "2024-03"]
                + facts.flatMap { ["--fact", $0] })
        #expect(output.status == 1)
        #expect(output.errorCode == code)
        #expect(output.errors.contains(named))
    }

    @Test("checks a file: status 3 and the line where a class is too good, 0 where none is")
    func check() async throws {
        let bad = """
            demo,secret-1,A,borrower,instalment,loan,true,open,CNY,10,正常,0
            demo,secret-2,B,borrower,instalment,loan,true,open,CNY,10,关注,91
            demo,secret-3,C,borrower,instalment,loan,true,open,CNY,10,损失,0

            """
        try await write(Self.header + bad) { file in
            let arguments = ["standard", "check", file, "--as-of", "2026-10-31"]
            let text = try await Command.run(arguments)
            #expect(text.status == 3)
            #expect(
                text.text.contains(
                    "line 3: special-mention → substandard, cn-2023/11.1: Overdue more than 90"))
            #expect(!text.text.contains("line 2:") && !text.text.contains("line 4:"))
            #expect(!text.text.contains("secret"))
            let json = try await Command.run(arguments + ["--json"])
            let view = try JSONDecoder().decode(CheckView.self, from: Data(json.text.utf8))
            #expect(view.rows == 3 && view.classified == 3)
            #expect(view.tooGood.map(\.line) == [3])
            #expect(view.tooGood.map(\.decidedBy) == ["cn-2023/11.1"])
            // The same day is non-performing already for a microloan company.
            let micro = try await Command.run(arguments + ["--standard", "cn-microloan@1"])
            #expect(micro.status == 3)
        }
        try await write(Self.header + bad.replacing("关注", with: "次级")) { file in
            let text = try await Command.run(["standard", "check", file, "--as-of", "2026-10-31"])
            #expect(text.status == 0)
            let classes = file + ".classes"
            defer { try? FileManager.default.removeItem(atPath: classes) }
            let arguments = [
                "standard", "check", file, "--as-of", "2026-10-31", "--classes", classes,
            ]
            #expect(try await Command.run(arguments).status == 0)
            let written = try String(contentsOfFile: classes, encoding: .utf8)
            #expect(
                written == """
                    line,class,decidedBy,atLeast
                    2,normal,cn-2023/6,false
                    3,substandard,cn-2023/11.1,false
                    4,normal,cn-2023/6,false

                    """)
            let mode = try FileManager.default.attributesOfItem(atPath: classes)[.posixPermissions]
            #expect(mode as? Int == 0o600)
            let again = try await Command.run(arguments + ["--json"])
            #expect(again.errorCode == "file", "an existing file is not overwritten")
        }
    }

    @Test("says with a stable code why a file can't be checked")
    func fileFaults() async throws {
        let cases: [(String, [String])] = [
            ("file", ["/nonexistent.csv"]),
            ("not-found", ["/dev/null", "--standard", "cn-2023@7"]),
            ("usage", ["/dev/null", "--as-of", "today"]),
            ("book", ["/dev/null", "--as-of", "2026-10-31"]),
        ]
        for (code, arguments) in cases {
            let output = try await Command.run(["standard", "check", "--json"] + arguments)
            #expect(output.status == 1, "\(arguments)")
            #expect(output.errorCode == code, "\(arguments)")
        }
    }
}

private struct DerivationView: Decodable {
    let `class`: String
    let decidedBy: String
    let atLeast: Bool
    let couldBe: String
    let rules: [Rule]

    struct Rule: Decodable {
        let rule: String
        let outcome: String
        let inputs: [Input]
    }

    struct Input: Decodable {
        let holds: String?
    }
}

private struct CheckView: Decodable {
    let rows: Int
    let classified: Int
    let tooGood: [Row]

    struct Row: Decodable {
        let line: Int
        let decidedBy: String
    }
}
