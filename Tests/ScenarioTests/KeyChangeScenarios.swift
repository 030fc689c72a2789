import Exchange
import Foundation
import Membership
import NodeAssembly
import Pseudonym
import Testing

@Suite("Scenario: an operator changes the pseudonym key of a node")
struct KeyChangeScenarios {
    /// Everything that a lender holds and must still be found by.
    private static let book = [
        ScenarioLoan(subject: .behind, account: "A-1", daysPastDue: 95),
        ScenarioLoan(subject: .good, account: "A-2", status: "settled"),
        ScenarioLoan(
            subject: .small, account: "A-3", daysPastDue: 400, status: "written-off-still-claimed"),
        ScenarioLoan(subject: .shared, account: "A-4", daysPastDue: 10, dispute: "amount"),
        ScenarioLoan(subject: .postLoanOnly, account: "A-5", purposes: nil),
    ]
    private static let disclosed: [ScenarioSubject] = [.behind, .good, .small, .shared]

    @Test(
        "settled, written-off and disputed records are found under the new key, without an import")
    func wholeChange() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let change = try await KeyChangeScene(consortium, book: Self.book)
            let before = try await change.prepare()
            #expect(before.ready && before.lacking == 0)
            #expect(before.members.map(\.made) == [5])
            #expect(before.kid == "k2")
            // Until the directory lists it, it cannot be used.
            #expect(try await change.step("--activate").errorCode == "directory")
            try change.list([("k1", .current), ("k2", .next)])
            #expect(try await change.step("--activate").status == 0)
            #expect(try await change.step("--retire").errorCode == "directory")

            // The node is ahead of the directory: askers use the old key.
            try await change.serve { consortium in
                for subject in Self.disclosed {
                    let report = try await consortium.ask(about: subject)
                    #expect(report.story["lakeside"] == "record")
                }
            }
            // The directory follows: askers use the new one.
            try change.list([("k1", .retiring), ("k2", .current)])
            try await change.serve { consortium in
                for subject in Self.disclosed {
                    let report = try await consortium.ask(about: subject)
                    #expect(report.story["lakeside"] == "record")
                    let wrong = try await consortium.ask(about: subject, name: "别人")
                    #expect(wrong.story["lakeside"] == "refused name-mismatch")
                }
                let withheld = try await consortium.ask(about: .postLoanOnly)
                #expect(withheld.story["lakeside"] == "refused consent-purpose")
                let unknown = try await consortium.ask(about: .unknown)
                #expect(unknown.story["lakeside"] == "no-record")
            }
            try change.list([("k2", .current)])
            #expect(try await change.step("--retire").status == 0)
            #expect(try change.keyFiles() == ["k2.json"])
            try await change.serve { consortium in
                for subject in Self.disclosed {
                    let report = try await consortium.ask(about: subject)
                    #expect(report.story["lakeside"] == "record")
                }
            }
        }
    }

    @Test("books from before the rekey key are counted, and the key is not ready until they come")
    func unsealed() async throws {
        try await ScenarioConsortium.offline(books: ["lakeside": Self.book]) { consortium in
            let change = try await KeyChangeScene(consortium, book: nil)
            let first = try await change.prepare(status: 3)
            #expect(!first.ready && first.lacking == 5)
            #expect(first.members.map(\.unsealed) == [5])
            try change.list([("k1", .current), ("k2", .next)])
            #expect(try await change.step("--activate").errorCode == "not-ready")
            #expect(try change.keyFiles() == ["k1.json", "k2.json"])

            // The same file once more: its rows are known, and are sealed and tokenised now.
            try await change.importBook(Self.book)
            let second = try await change.prepare()
            #expect(second.ready && second.kid == "k2")
            #expect(second.members.map { $0.had + $0.made } == [5])
            #expect(try await change.step("--activate").status == 0)
        }
    }

    @Test("another private half opens nothing, and one of no lender of the node is refused")
    func otherKey() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let change = try await KeyChangeScene(consortium, book: Self.book)
            let wrong = consortium.site.folder.appending(path: "wrong.rekey")
            _ = try RekeyKeyFile.create(
                member: "lakeside", privatePath: wrong.path, publicPath: wrong.path + ".pub",
                now: Date(timeIntervalSince1970: 0))
            let none = try await change.prepare(privateHalf: wrong, status: 3)
            #expect(none.members.map(\.unopened) == [5])
            #expect(none.members.map(\.made) == [0])
            let stranger = consortium.site.folder.appending(path: "stranger.rekey")
            _ = try RekeyKeyFile.create(
                member: "harbor", privatePath: stranger.path, publicPath: stranger.path + ".pub",
                now: Date(timeIntervalSince1970: 0))
            let refused = try await change.step("--private-key", stranger.path)
            #expect(refused.errorCode == "unknown-member")
            #expect(try await change.prepare().ready)
        }
    }

    @Test("killed at any point it goes on where it was, and a second time it changes nothing")
    func killed() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let many = (0..<5000).map { number in
                ScenarioLoan(subject: .person(number), account: "M-\(number)")
            }
            let change = try await KeyChangeScene(consortium, book: many)
            // Ended as soon as the key is there, which is before the tokens are.
            let running = try RunningCommand.start(change.preparing())
            try await eventually("the next key is made") {
                try change.keyFiles().contains("k2.json")
            }
            running.send(SIGKILL)
            #expect(try await running.output().status == -SIGKILL)
            let rest = try await change.prepare()
            #expect(rest.ready)
            #expect(rest.members.map { $0.had + $0.made } == [5000])
            #expect(rest.members.map(\.made) != [0])
            let again = try await change.prepare()
            #expect(again.publicKey == rest.publicKey)
            #expect(again.members.map(\.had) == [5000])
            #expect(again.members.map(\.made) == [0])
        }
    }

    @Test("power lost between the two key files leaves the newer key current")
    func halfActivated() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let change = try await KeyChangeScene(consortium, book: Self.book)
            _ = try await change.prepare()
            try change.list([("k1", .current), ("k2", .next)])
            // What is on the disk after the first of the two changes.
            try PseudonymKeyFile.change(change.keyFile("k2"), to: .current)
            let keys = try NodeKeys(home: change.home)
            #expect(keys.ring.current.kid.rawValue == "k2")
            #expect(keys.ring.answering.count == 2)
            #expect(try await change.step("--activate").status == 0)
            #expect(try PseudonymKeyFile.load(change.keyFile("k1")).state == .retiring)
            #expect(try PseudonymKeyFile.load(change.keyFile("k2")).state == .current)
        }
    }

    @Test("a directory that is ahead of the node says what to do, and activating mends it")
    func directoryAhead() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let change = try await KeyChangeScene(consortium, book: Self.book)
            _ = try await change.prepare()
            try change.list([("k1", .retiring), ("k2", .current)])
            let run = try await Command.run([
                "node", "run", "--home", change.home.folder.path, "--json",
            ])
            #expect(run.errorCode == "directory")
            #expect(run.errors.contains("--activate"))
            #expect(try await change.step("--activate").status == 0)
            try await change.serve { consortium in
                let report = try await consortium.ask(about: .good)
                #expect(report.story["lakeside"] == "record")
            }
        }
    }
}
