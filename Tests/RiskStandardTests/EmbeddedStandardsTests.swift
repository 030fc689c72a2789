import Foundation
import Testing

@testable import RiskStandard

@Suite("Embedded standards")
struct EmbeddedStandardsTests {
    private let folder = packageRoot.appending(path: "protocol/standards")

    @Test("every file of protocol/standards is embedded, byte for byte, and loads")
    func embedded() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.contains("@") }.sorted()
        let files = try names.map { try [UInt8](Data(contentsOf: folder.appending(path: $0))) }
        #expect(files == StandardLibrary.embeddedFiles)
        #expect(
            StandardLibrary.embedded.ids.map { "\($0).json" } == names,
            "a file is named for its id, and each one loads")
    }

    @Test("a standard is found by name and version, and by nothing else")
    func lookUp() throws {
        let library = StandardLibrary.embedded
        let id = try #require(StandardID("cn-2023@1"))
        #expect(library.standard(id)?.id == id)
        #expect(library.standard(try #require(StandardID("cn-2023@2"))) == nil)
        #expect(library.standard(try #require(StandardID("cn-2024@1"))) == nil)
    }

    @Test("every rule that can decide can be looked up and read")
    func rules() throws {
        let standard = try cn2023()
        #expect(standard.rules.count == 16)
        for rule in standard.rules + [standard.otherwise] {
            #expect(standard.rule(rule.id) == rule)
            #expect(rule.title != rule.titleZh)
        }
        let decided = try standard.classify(.overdue(91), segment: .retail).decidedBy
        #expect(standard.rule(decided)?.title == "Overdue more than 90 days")
        #expect(standard.rule(try #require(RuleID("cn-2023/99"))) == nil)
        #expect(standard.classes.map(\.titleZh) == ["正常", "关注", "次级", "可疑", "损失"])
    }

    @Test("the schema names the same facts, classes and operators as the code")
    func schema() throws {
        let data = try Data(contentsOf: folder.appending(path: "schema.json"))
        let schema = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
        let facts = ["flag", "number", "date"].flatMap {
            definitions[$0]?["enum"] as? [String] ?? []
        }
        #expect(facts.sorted() == LoanFacts.names.sorted())
        #expect(definitions["class"]?["enum"] as? [String] == RiskClass.allCases.map(\.rawValue))
        let alternatives = definitions["condition"]?["oneOf"] as? [[String: Any]] ?? []
        let operators = Set(alternatives.flatMap { $0["required"] as? [String] ?? [] })
        #expect(operators == Set(Condition.CodingKeys.allCases.map(\.rawValue)))
    }

    @Test("the schema gives the same limits as the code")
    func schemaLimits() throws {
        let data = try Data(contentsOf: folder.appending(path: "schema.json"))
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains(#""maxItems": \#(Standard.rulesMax)"#))
        #expect(text.contains(#""maxItems": \#(Standard.stepsMax)"#))
        #expect(text.contains(#""maxLength": \#(Standard.textBytesMax)"#))
    }
}
