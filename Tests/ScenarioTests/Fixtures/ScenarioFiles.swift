import Foundation
import Testing

extension ScenarioConsortium {
    /// All nodes, for scenarios in which none serves.
    static let allNodes: Set<String> = [
        "harbor-node", "lakeside-node", "cedar-node", "guild-node", "regulator-node",
    ]

    /// A consortium with books and no node that serves.
    static func offline(
        books: [String: [ScenarioLoan]] = ScenarioLoan.books,
        _ body: (ScenarioConsortium) async throws -> Void
    ) async throws {
        try await run(books: books, absent: allNodes, body)
    }

    /// The files of a node's store, with what SQLite keeps beside it.
    func storeBytes(of node: String) throws -> [Data] {
        let folder = try home(node).store.deletingLastPathComponent()
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
            try Data(contentsOf: folder.appending(path: $0))
        }
    }

    /// Writes a file beside the nodes' homes and names it.
    func write(_ text: String, to name: String) throws -> String {
        let file = site.folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// Arguments of `book import` for a member.
    func importing(_ file: String, of member: String, _ more: String...) throws -> [String] {
        let today = try #require(clock.now.date)
        return [
            "book", "import", file, "--home", try home(ofMember: member).folder.path,
            "--member", member, "--as-of", "\(today)",
        ] + more
    }

    /// How many subjects each member of a home published last, by the program itself.
    func publishedSubjects(ofHomeOf member: String) async throws -> [String: Int] {
        let home = try home(ofMember: member)
        let output = try await Command.run([
            "book", "publish", "--home", home.folder.path, "--json",
        ])
        try #require(output.status == 0, "\(output.errors)")
        let statements = try JSONDecoder().decode([Statement].self, from: Data(output.text.utf8))
        return Dictionary(uniqueKeysWithValues: statements.map { ($0.member, $0.subjects) })
    }

    /// Arguments of `query` for harbor; the subject comes on standard input.
    func querying(_ more: String..., asking home: String = "harbor-node") throws -> [String] {
        [
            "query", "--home", try self.home(home).folder.path, "--member", "harbor",
            "--scheme", "cn-rid", "--purpose", "loan-approval", "--evidence",
            try write("An invented consent.", to: "consent.txt"),
            "--granted-at", "2026-01-05T09:00:00Z", "--expires-at", "2099-01-05T09:00:00Z",
        ] + more
    }
}

extension ScenarioSubject {
    /// Number and name in two lines, as commands take them.
    var input: String { "\(identifier)\n\(name)\n" }
}

private struct Statement: Decodable {
    let member: String
    let subjects: Int
}
