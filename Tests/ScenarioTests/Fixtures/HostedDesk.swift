import Foundation
import RiskStandard
import Testing

/// Commands about the members of `guild-node`, of which each holds somebody of its own.
struct HostedDesk: Sendable {
    static let members = ["maple", "birch", "willow"]

    let home: URL
    private let folder: URL
    /// What may be seen of a member by itself alone.
    private var secrets: [String: [String]] = [:]

    /// A desk at which nothing is held yet.
    init(of consortium: ScenarioConsortium) {
        home = consortium.site.folder.appending(path: "nodes/guild-node")
        folder = consortium.site.folder
    }

    /// Puts a book of September in place for each, and a file of October with a row that is rejected.
    init(_ consortium: ScenarioConsortium) async throws {
        self.init(of: consortium)
        for (index, member) in Self.members.enumerated() {
            let subject = ScenarioSubject.person(301 + index, name: "\(member)的客户")
            let loan = ScenarioLoan(subject: subject, account: "number-of-\(member)")
            try await consortium.importBook(
                [loan], of: member, asOf: CalendarDate(year: 2026, month: 9, day: 30))
            let mistyped = ScenarioSubject(
                identifier: subject.mistyped, name: "\(member)的错行")
            let rows = [loan, ScenarioLoan(subject: mistyped, account: "wrong-of-\(member)")]
            try Data(ScenarioLoan.csv(rows).utf8).write(to: URL(filePath: file(member, "csv")))
            let reference = try await Command.run(
                ["book", "reference", "--home", home.path, "--member", member],
                input: "\(loan.account)\n")
            try #require(reference.status == 0, "\(reference.errors)")
            secrets[member] = [
                member, subject.identifier, subject.mistyped,
                reference.text.trimmingCharacters(in: .whitespacesAndNewlines),
            ]
        }
    }

    /// A file of a member's.
    func file(_ member: String, _ name: String) -> String {
        folder.appending(path: "\(member).\(name)").path
    }

    /// Runs a command on the home.
    func run(
        _ command: String, _ arguments: [String], _ input: String = ""
    ) async throws -> Command.Output {
        let words = command.split(separator: " ").map(String.init)
        return try await Command.run(
            words + arguments + ["--home", home.path, "--json"], input: input)
    }

    /// What the files hold that commands wrote for a member.
    func written(for member: String) throws -> String {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("\(member).") && $0 != "\(member).csv" }
            .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
            .joined(separator: "\n")
    }

    /// What may be seen of all others only by themselves.
    func secrets(except member: String) -> [String] {
        secrets.filter { $0.key != member }.flatMap(\.value)
    }

    /// How the books of all others stand.
    func books(except member: String) async throws -> [String] {
        var books: [String] = []
        for other in Self.members where other != member {
            for command in ["book statements", "book parts"] {
                books.append(try await run(command, ["--member", other]).text)
            }
        }
        return books
    }
}
