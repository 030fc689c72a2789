import Foundation
import Membership
import NodeAssembly
import Pseudonym
import Testing

@Suite("Scenario: a change of keys is cut off")
struct KeyChangeFaultScenarios {
    @Test("killed between two pages it keeps the first, and ends as if nothing had been")
    func killedBetweenPages() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let subjects = 6000
            let book = (0..<subjects).map { number in
                ScenarioLoan(subject: .person(number), account: "M-\(number)")
            }
            let change = try await KeyChangeScene(consortium, book: book)
            let running = try RunningCommand.start(change.preparing())
            // The log grows with a page's commit and then rests, while the next page is made.
            var sizes: [Int] = []
            try await eventually("the tokens of a page are on the disk") {
                sizes = sizes.suffix(4) + [change.storeLogBytes]
                return sizes.count == 5 && Set(sizes).count == 1 && sizes[0] > 100_000
            }
            running.send(SIGKILL)
            #expect(try await running.output().status == -SIGKILL)

            let rest = try await change.prepare()
            let member = try #require(rest.members.first)
            #expect(member.had.isMultiple(of: 4096), "a page is whole or not there")
            #expect(member.made > 0 && member.had + member.made == subjects)
            #expect(rest.ready && rest.lacking == 0)
            let again = try await change.prepare()
            #expect(again.members.map(\.had) == [subjects] && again.members.map(\.made) == [0])
            #expect(again.publicKey == rest.publicKey)

            try change.list([("k1", .current), ("k2", .next)])
            #expect(try await change.step("--activate").status == 0)
            try change.list([("k1", .retiring), ("k2", .current)])
            try await change.serve { consortium in
                for number in [0, 4095, 4096, subjects - 1] {
                    let report = try await consortium.ask(about: .person(number))
                    #expect(report.story["lakeside"] == "record", "\(number)")
                }
            }
        }
    }

    @Test(
        "a disk that is full under the tokens: said, the old key works on, and it goes on after",
        .enabled(if: SmallDisk.isPossible, "a small disk needs the right to mount one (root)"))
    func fullUnderTokens() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let change = try await KeyChangeScene(consortium, book: nil)
            let store = change.home.store.deletingLastPathComponent()
            try await SmallDisk.with(at: store, kibibytes: 16 << 10) {
                let subjects = 2000
                try await change.importBook(
                    (0..<subjects).map { number in
                        ScenarioLoan(subject: .person(number), account: "F-\(number)")
                    })
                let filler = try SmallDisk.fill(store, leaving: 128 << 10)
                let full = try await Command.run(change.preparing())
                #expect(full.status == 1 && full.text == "")
                #expect(full.errorCode == "disk-full", "\(full.errors)")
                #expect(full.errors.contains("Run the same command again."))
                #expect(try NodeKeys(home: change.home).ring.current.kid.rawValue == "k1")
                try FileManager.default.removeItem(at: filler)

                let rest = try await change.prepare()
                #expect(rest.ready && rest.members.map(\.made) == [subjects])
                #expect(try change.keyFiles() == ["k1.json", "k2.json"])
            }
        }
    }

    @Test(
        "a disk that is full under the keys: neither changes, and activating goes through after",
        .enabled(if: SmallDisk.isPossible, "a small disk needs the right to mount one (root)"))
    func fullUnderKeys() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let change = try await KeyChangeScene(
                consortium, book: [ScenarioLoan(subject: .good)])
            #expect(try await change.prepare().ready)
            try change.list([("k1", .current), ("k2", .next)])
            let keys = try ["k1", "k2"].map { try Data(contentsOf: change.keyURL($0)) }
            // A page for each of the two files, and none for what is to take the place of one.
            try await SmallDisk.with(at: change.home.pseudonymKeys, kibibytes: 8) {
                for (kid, bytes) in zip(["k1", "k2"], keys) {
                    try PrivateFile.write(bytes, to: change.keyURL(kid))
                }
                let full = try await change.step("--activate")
                #expect(full.status == 1 && full.text == "")
                #expect(full.errorCode == "file", "\(full.errors)")
                let left = try FileManager.default.contentsOfDirectory(
                    atPath: change.home.pseudonymKeys.path)
                #expect(left.sorted() == ["k1.json", "k2.json"])
                for (kid, bytes) in zip(["k1", "k2"], keys) {
                    #expect(try Data(contentsOf: change.keyURL(kid)) == bytes)
                }
                #expect(try NodeKeys(home: change.home).ring.current.kid.rawValue == "k1")
            }
            #expect(try await change.step("--activate").status == 0)
            #expect(try NodeKeys(home: change.home).ring.current.kid.rawValue == "k2")
        }
    }
}
