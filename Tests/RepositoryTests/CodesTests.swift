import Testing

@Suite("Codes and words on paper and in code")
struct CodesTests {
    private let repository = Repository.own

    /// The rows of errors.md by the code in their first cell.
    private func documented() throws -> [String: [MarkdownPage.Row]] {
        let rows = MarkdownPage(try repository.text("protocol/errors.md")).rows
        let named = rows.compactMap { row in row.cells.first?.asCodeSpan.map { ($0, row) } }
        return Dictionary(grouping: named, by: \.0).mapValues { $0.map(\.1) }
    }

    @Test("every code of a problem document is in errors.md, with its status")
    func problemCodes() throws {
        let codes = try #require(
            SwiftEnum.rawValues(
                of: "ProblemCode", in: repository.text("Sources/Exchange/Codes.swift")))
        try #require(codes.count > 20)
        let statuses = try statusesByCase()
        let documented = try documented()
        for code in codes {
            let status = try #require(statuses[code.withoutHyphens], "\(code)")
            let rows = documented[code, default: []].filter { $0.heading.contains("peer API") }
            #expect(rows.map { $0.cells[1] } == ["\(status)"], "\(code)")
        }
    }

    @Test("every code of a refusal is in errors.md")
    func refusalCodes() throws {
        let codes = try #require(
            SwiftEnum.rawValues(
                of: "RefusalCode", in: repository.text("Sources/Exchange/Codes.swift")))
        try #require(codes.contains("consent-purpose"))
        let documented = try documented()
        for code in codes { #expect(documented[code] != nil, "\(code)") }
    }

    @Test("every fault of metadata is in errors.md, and the reverse")
    func updateFaults() throws {
        let codes = try #require(
            SwiftEnum.rawValues(
                of: "UpdateFault", in: repository.text("Sources/TUF/Format/UpdateFault.swift")))
        try #require(codes.contains("metadata-rollback"))
        let listed = try documented().filter { $0.key.hasPrefix("metadata-") }
        #expect(Set(listed.keys) == Set(codes))
    }

    @Test("every code of the enrolment is in errors.md, and the reverse")
    func enrolmentCodes() throws {
        let codes = try #require(
            SwiftEnum.rawValues(
                of: "EnrolmentCode",
                in: repository.text("Sources/Membership/Enrolment/EnrolmentRefusal.swift")))
        try #require(codes.contains("invitation-used"))
        let rows = try documented().mapValues { rows in
            rows.filter { $0.heading.contains("enrolment") }
        }
        #expect(Set(rows.filter { !$0.value.isEmpty }.keys) == Set(codes))
    }

    @Test(
        "every code that these write stands in errors.md",
        arguments: [
            ("Sources/Console", "LocalProblem(", "local API"),
            ("Sources/Console", "self.init(", "local API"),
            ("Sources/creditmesh/Commands", "CommandFailure(", "commands"),
        ])
    func writtenCodes(folder: String, call: String, heading: String) throws {
        let texts = try repository.files(under: folder, endingIn: ".swift").map(repository.text)
        let codes = Set(texts.flatMap { Self.codes(inCallsOf: call, in: $0) })
        try #require(codes.count > 3)
        let documented = try documented()
        for code in codes {
            let rows = documented[code, default: []]
            #expect(rows.contains { $0.heading.contains(heading) }, "\(code)")
        }
    }

    @Test("every outcome of a report, with its codes, is in errors.md")
    func outcomes() throws {
        let source = try repository.text("Sources/Exchange/Report/MemberOutcome.swift")
        let words = source.split(separator: "\n").compactMap { line -> String? in
            let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
            return line.contains("case .") && parts.count == 3 ? String(parts[1]) : nil
        }
        let reasons = try #require(SwiftEnum.rawValues(of: "NotAskedReason", in: source))
        try #require(words.contains("no-record") && words.contains("unreachable"))
        let documented = try documented()
        for word in words + reasons { #expect(documented[word] != nil, "\(word)") }
    }

    @Test("purposes.json has the purposes of the code, in their order, hard and soft as there")
    func purposes() throws {
        struct Entry: Decodable {
            let purpose: String
            let hard: Bool
        }
        let source = try repository.text("Sources/Exchange/Purpose.swift")
        let entries = try repository.json("protocol/purposes.json", as: [Entry].self)
        #expect(SwiftEnum.rawValues(of: "Purpose", in: source) == entries.map(\.purpose))
        let hardLine = try #require(source.split(separator: "\n").first { $0.hasSuffix(": true") })
        let hard = hardLine.split(separator: ".").dropFirst().map { $0.prefix { $0.isLetter } }
        #expect(
            hard.map { $0.lowercased() }
                == entries.filter(\.hard).map(\.purpose.withoutHyphens).map { $0.lowercased() })
    }

    @Test(
        "the closed lists of the schemas are those of the code",
        arguments: [
            ("Sources/Book/Model/AccountTerms.swift", "SubjectKind", "subjectKind"),
            ("Sources/Book/Model/AccountTerms.swift", "SubjectStatus", "subjectStatus"),
            ("Sources/Book/Model/AccountTerms.swift", "AccountRole", "role"),
            ("Sources/Book/Model/AccountTerms.swift", "AccountKind", "kind"),
            ("Sources/Book/Model/AccountTerms.swift", "AccountStatus", "status"),
            ("Sources/Book/Model/AccountTerms.swift", "DisputeKind", "dispute"),
            ("Sources/Exchange/Wire/AmountBand.swift", "AmountBand", "band"),
            ("Sources/Exchange/Wire/Consent.swift", "Basis", "basis"),
            ("Sources/Exchange/Purpose.swift", "Purpose", "purpose"),
            ("Sources/RiskStandard/RiskClass.swift", "RiskClass", "class"),
            ("Sources/Exchange/Codes.swift", "ProblemCode", "problemCode"),
        ])
    func schemaLists(source: String, name: String, definition: String) throws {
        let schema = try repository.json("protocol/schemas/common.json", as: Schema.self)
        let listed = try #require(schema.definitions?[definition]?.enum)
        #expect(try SwiftEnum.rawValues(of: name, in: repository.text(source)) == listed)
    }

    @Test("finds the values of an enum and nothing else")
    func enums() {
        let text = """
            enum Other: String { case no }
            public enum Code: String, Sendable {
                /// case comment
                case one
                case twoWords = "two-words"
                case a, b = "bee"
                case `internal`

                enum Inner: String {
                    case hidden
                }
                var isOne: Bool {
                    switch self {
                    case .one: true
                    default: false
                    }
                }
            }
            enum Last: String { case last }
            """
        let values = SwiftEnum.rawValues(of: "Code", in: text)
        #expect(values == ["one", "two-words", "a", "bee", "internal"])
        #expect(SwiftEnum.rawValues(of: "Missing", in: text) == nil)
    }

    /// The HTTP status by the case's name in lower case.
    private func statusesByCase() throws -> [String: Int] {
        let source = try repository.text("Sources/PeerHTTP/Server/Refusal.swift")
        var statuses: [String: Int] = [:]
        for line in source.split(separator: "\n") where line.contains("case .") {
            let halves = line.split(separator: ":")
            let name = halves.last.map { String($0.filter(\.isLetter)) } ?? ""
            guard halves.count == 2, let status = Self.statuses[name] else { continue }
            for code in halves[0].split(separator: ".").dropFirst() {
                statuses[code.filter(\.isLetter).lowercased()] = status
            }
        }
        return statuses
    }

    private static let statuses = [
        "badRequest": 400, "unauthorized": 401, "forbidden": 403, "notFound": 404,
        "methodNotAllowed": 405, "requestTimeout": 408, "contentTooLarge": 413,
        "unsupportedMediaType": 415, "unprocessableContent": 422, "tooManyRequests": 429,
        "requestHeaderFieldsTooLarge": 431, "internalServerError": 500, "serviceUnavailable": 503,
    ]

    /// The first text in each call whose first arguments are no texts and that looks like a code.
    private static func codes(inCallsOf call: String, in text: String) -> [String] {
        text.split(separator: call).dropFirst().compactMap { rest in
            let parts = rest.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, !parts[0].contains(")"), !parts[0].contains("(") else {
                return nil
            }
            return parts[1].allSatisfy { $0.isLowercase || $0 == "-" } ? String(parts[1]) : nil
        }
    }
}

extension String {
    fileprivate var withoutHyphens: String { replacing("-", with: "") }
}
