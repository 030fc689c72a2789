import ArgumentParser
import Exchange
import RiskStandard
import StrictJSON

/// `creditmesh standard …`
struct StandardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "standard",
        abstract: "Risk standards: which class the facts of a loan give, and why.",
        subcommands: [
            List.self, Show.self, StandardExplainCommand.self, StandardCheckCommand.self,
        ])

    /// `creditmesh standard list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the standards that this program knows.")

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await output.run {
                let library = StandardLibrary.embedded
                let standards = library.ids.compactMap(library.standard)
                output.write(
                    .array(standards.map(\.headJSON)),
                    text: standards.map { "\($0.id): \($0.title) (\($0.titleZh))" }
                        .joined(separator: "\n"))
            }
        }
    }

    /// `creditmesh standard show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show a standard: its classes, facts and rules.",
            discussion: """
                Example:
                  creditmesh standard show cn-2023@1 --lang zh
                """)

        @OptionGroup var output: OutputOptions
        @Argument(help: "Name and version, such as cn-2023@1.")
        var id: String
        @Option(name: .customLong("lang"), help: "en or zh.")
        var language = ReportLanguage.english

        func run() async throws {
            try await output.run {
                let standard = try StandardLibrary.embedded.standard(named: id)
                output.write(standard.json, text: text(of: standard))
            }
        }

        private func text(of standard: Standard) -> String {
            let words = DerivationText(standard: standard, language: language)
            let rules = (standard.rules + [standard.otherwise]).map { rule in
                "  \(rule.id) → \(words.name(rule.riskClass)): \(words.title(rule.id))"
            }
            let isChinese = language == .chinese
            return
                ([
                    "\(standard.id): \(isChinese ? standard.titleZh : standard.title)",
                    isChinese ? "来源：\(standard.source)" : "Source: \(standard.source)",
                    isChinese ? "施行：\(standard.inForce)" : "In force: \(standard.inForce)",
                    (isChinese ? "事实：" : "Facts: ")
                        + standard.facts.map(\.rawValue).joined(separator: ", "),
                    isChinese ? "规则：" : "Rules:",
                ] + rules).joined(separator: "\n")
        }
    }
}

extension ReportLanguage: ExpressibleByArgument {}

extension StandardLibrary {
    /// A standard by its written name.
    func standard(named text: String) throws -> Standard {
        guard let standard = StandardID(text).flatMap(standard) else {
            let known = ids.map(\.description).joined(separator: ", ")
            throw CommandFailure("not-found", "no standard '\(text)' is here; there are: \(known)")
        }
        return standard
    }
}

extension Standard {
    fileprivate var headJSON: JSONValue {
        [
            "id": .string(id.description), "title": .string(title), "titleZh": .string(titleZh),
            "source": .string(source), "inForce": .string(inForce),
        ]
    }

    fileprivate var json: JSONValue {
        guard case .object(let head) = headJSON else { return .null }
        let rules = (self.rules + [otherwise]).map { rule -> JSONValue in
            [
                "rule": .string(rule.id.description), "class": .string(rule.riskClass.rawValue),
                "title": .string(rule.title), "titleZh": .string(rule.titleZh),
            ]
        }
        return .object(
            head + [
                JSONMember("facts", .array(facts.map { .string($0.rawValue) })),
                JSONMember("rules", .array(rules)),
            ])
    }
}
