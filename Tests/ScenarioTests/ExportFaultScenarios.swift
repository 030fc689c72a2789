import Foundation
import Testing

@Suite("Scenario: an export is cut off")
struct ExportFaultScenarios {
    private struct View: Decodable {
        let accounts: Int
    }

    private static let accounts = 5000
    /// How much of a file the system lets the program write: not the whole, and more than a part of it
    /// that waits in memory.
    private static let bytesMax = 300 * 1024

    /// A lender with a book that an export needs more than one page for, and a whole export of it.
    private func run(
        _ body: (ScenarioConsortium, _ whole: URL) async throws -> Void
    ) async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let book = (0..<Self.accounts).map { number in
                ScenarioLoan(subject: .person(number), account: "E-\(number)")
            }
            let file = try consortium.write(ScenarioLoan.csv(book), to: "book.csv")
            let imported = try await Command.run(consortium.importing(file, of: "cedar"))
            try #require(imported.status == 0, "\(imported.errors)")
            let whole = consortium.site.folder.appending(path: "whole.csv")
            let output = try await Command.run(exporting(to: whole, consortium))
            try #require(output.status == 0, "\(output.errors)")
            try await body(consortium, whole)
        }
    }

    private func exporting(to file: URL, _ consortium: ScenarioConsortium) throws -> [String] {
        [
            "book", "export", "--home", try consortium.home(ofMember: "cedar").folder.path,
            "--member", "cedar", "--out", file.path, "--json",
        ]
    }

    private func partial(_ file: URL) -> String { file.path + ".partial" }

    /// What a killed export leaves, of the book and of the consents beside it.
    private func unfinished(_ consortium: ScenarioConsortium) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(
            at: consortium.site.folder, includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "partial" }
    }

    private func size(_ path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.size] as? Int ?? 0
    }

    /// What a killed export leaves can be told from a whole one, and does not stand in the way of the
    /// next for longer than somebody needs to remove it.
    private func checkKilled(
        _ file: URL, _ whole: URL, _ consortium: ScenarioConsortium
    ) async throws {
        let before = try Data(contentsOf: whole)
        #expect(!FileManager.default.fileExists(atPath: file.path))
        let attributes = try FileManager.default.attributesOfItem(atPath: partial(file))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(size(partial(file)) < before.count)

        let refused = try await Command.run(exporting(to: file, consortium))
        #expect(refused.status == 1 && refused.errorCode == "file")
        #expect(refused.errors.contains("remove it"))
        #expect(!FileManager.default.fileExists(atPath: file.path))
        for left in try unfinished(consortium) { try FileManager.default.removeItem(at: left) }
        let again = try await Command.run(exporting(to: file, consortium))
        #expect(again.status == 0, "\(again.errors)")
        let view = try JSONDecoder().decode(View.self, from: Data(again.text.utf8))
        #expect(view.accounts == Self.accounts)
        #expect(try Data(contentsOf: file) == before)
        #expect(try Data(contentsOf: whole) == before)
    }

    @Test("killed in the middle it leaves no file of its name, and the next export is whole")
    func killed() async throws {
        try await run { consortium, whole in
            let file = consortium.site.folder.appending(path: "out.csv")
            let running = try RunningCommand.start(exporting(to: file, consortium))
            try await eventually("rows are written") { size(partial(file)) > 0 }
            running.send(SIGKILL)
            #expect(try await running.output().status == -SIGKILL)
            try await checkKilled(file, whole, consortium)
        }
    }

    @Test("a write that fails is said, leaves nothing, and the old export as it was")
    func failedWrite() async throws {
        try await run { consortium, whole in
            let before = try Data(contentsOf: whole)
            let file = consortium.site.folder.appending(path: "out.csv")
            let output = try await Command.run(
                exporting(to: file, consortium), fileBytesMax: Self.bytesMax)
            #expect(output.status == 1 && output.text == "")
            #expect(output.errorCode == "file", "\(output.errors)")
            #expect(output.errors.contains("cannot be written"))
            #expect(output.errors.contains("Nothing was exported."))
            let names = try FileManager.default.contentsOfDirectory(
                atPath: consortium.site.folder.path)
            #expect(!names.contains { $0.hasPrefix("out.") })
            #expect(try Data(contentsOf: whole) == before)
            let again = try await Command.run(exporting(to: file, consortium))
            #expect(again.status == 0, "\(again.errors)")
            #expect(try Data(contentsOf: file) == before)
        }
    }
}
