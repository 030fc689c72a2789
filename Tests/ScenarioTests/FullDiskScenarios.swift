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

    @Test("under a running node: a single account is refused, and goes through when there is room")
    func underTheNode() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let home = try consortium.home("lakeside-node")
            let store = home.store.deletingLastPathComponent()
            try await SmallDisk.with(at: store, kibibytes: 8 << 10) {
                let book = try consortium.write(
                    ScenarioLoan.csv([ScenarioLoan(subject: .good)]), to: "book.csv")
                let imported = try await Command.run(consortium.importing(book, of: "lakeside"))
                try #require(imported.status == 0, "\(imported.errors)")
                try await ScenarioNode.run(
                    [home], clock: consortium.clock, log: consortium.log
                ) { nodes in
                    let node = try #require(nodes.first)
                    let caller = try LocalCaller(home: home)
                    let answer = try await caller.references(
                        #"{"member":"lakeside","accountNumbers":["I-1"]}"#)
                    let references = try JSONDecoder().decode(
                        [String: [String]].self, from: Data(answer.body))["references"]
                    let reference = try #require(references?.first)
                    let account = LocalAccount(of: .unknown).json

                    let filler = try SmallDisk.fill(store, leaving: 0)
                    let full = try await caller.put(account, at: reference, key: "full-1")
                    #expect(full.verdict == "507 disk-full", "\(full.text)")
                    #expect(!full.text.contains(ScenarioSubject.unknown.identifier))
                    let books = try await node.parts.offline.context.store.books(
                        at: consortium.clock.now)
                    #expect(books.map(\.accounts) == [1])

                    try FileManager.default.removeItem(at: filler)
                    let again = try await caller.put(account, at: reference, key: "full-1")
                    #expect(again.verdict == "200", "\(again.text)")
                    #expect(again.text.contains(#""outcome":"new""#))
                }
                // What the store holds after the node has gone.
                #expect(
                    try await consortium.publishedSubjects(ofHomeOf: "lakeside") == ["lakeside": 2])
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
