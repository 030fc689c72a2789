import Foundation
import NodeAssembly
import Testing

@Suite(
    "Scenario: the disk is full",
    .enabled(if: SmallDisk.isPossible, "a small disk needs the right to mount one (root)"))
struct FullDiskScenarios {
    @Test("during an import: a clear error, and the old book stands")
    func duringImport() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let home = try consortium.home("cedar-node")
            let store = home.store.deletingLastPathComponent()
            try await SmallDisk.with(at: store, kibibytes: 1024) {
                let small = try consortium.write(
                    ScenarioLoan.csv([ScenarioLoan(subject: .good)]), to: "small.csv")
                let first = try await Command.run(consortium.importing(small, of: "cedar"))
                try #require(first.status == 0, "\(first.errors)")

                let large = try consortium.write(
                    ScenarioLoan.csv(
                        (0..<8000).map { ScenarioLoan(subject: .person($0), account: "B-\($0)") }),
                    to: "large.csv")
                let second = try await Command.run(
                    consortium.importing(large, of: "cedar", "--json", "--correct", "test"))
                #expect(second.status == 1)
                #expect(second.text == "")
                #expect(second.errorCode == "disk-full", "\(second.errors)")

                let subjects = try await consortium.publishedSubjects(ofHomeOf: "cedar")
                #expect(subjects == ["cedar": 1])
                let third = try await Command.run(consortium.importing(small, of: "cedar"))
                #expect(third.status == 0, "\(third.errors)")
            }
        }
    }

    @Test("under the rejects: nothing is imported without them")
    func underTheRejects() async throws {
        try await ScenarioConsortium.offline { consortium in
            let folder = consortium.site.folder.appending(path: "rejects")
            try NodeHome.createFolder(folder)
            try await SmallDisk.with(at: folder, kibibytes: 4) {
                let bad = (0..<200).map { number in
                    ScenarioLoan(
                        subject: ScenarioSubject(
                            identifier: ScenarioSubject.person(number).mistyped, name: "某虚构"),
                        account: "B-\(number)")
                }
                let book = try consortium.write(
                    ScenarioLoan.csv([ScenarioLoan(subject: .good)] + bad), to: "book.csv")
                let output = try await Command.run(
                    consortium.importing(
                        book, of: "cedar", "--json", "--rejects",
                        folder.appending(path: "rejects.csv").path))
                #expect(output.status == 1)
                #expect(output.errorCode == "file", "\(output.errors)")
            }
            #expect(try await consortium.publishedSubjects(ofHomeOf: "cedar") == ["cedar": 3])
        }
    }
}
