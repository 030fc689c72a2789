import Exchange
import Pseudonym
import Testing

@testable import Exchange

@Suite("Tokens of the next key, cut off by a crash")
struct RekeyCrashTests {
    private static let lakeside = Samples.member("lakeside")
    private let next: PseudonymKey
    private let rekey = RekeyPrivateKey.generate()

    init() throws {
        next = try TestNode.key("k2", state: .next, seed: 2)
    }

    /// A node with a subject a page.
    private func node() throws -> TestNode {
        let node = try AnswerScene().node
        let references = try #require(ReferenceKey(bytes: 0..<32))
        let importer = try BookImporter(
            context: node.context, standards: .embedded, references: references,
            sealer: RekeySealer([Self.lakeside: rekey.publicKey]))
        var book = try PlainBook(
            Samples.Resident.allCases.enumerated().map { number, resident in
                .init(resident, account: "L-\(number)")
            }
        ).reader()
        _ = try importer.importBook(
            PlainImport.header(), rows: { try book.next() },
            reject: { Issue.record("line \($0.line) was rejected: \($0.code)") })
        return node
    }

    private func rekey(
        _ node: TestNode, progress: (RekeyCount) throws -> Void = { _ in }
    ) async throws -> RekeyCount {
        var failure: (any Error)?
        let count = try await Rekeyer(context: node.context, key: next, pageSize: 1).rekey(
            Self.lakeside, privateHalves: [rekey]
        ) { count in
            do { try progress(count) } catch { failure = error }
        }
        if let failure { throw failure }
        return count
    }

    /// What is found of every resident under either key.
    private func state(_ node: TestNode) async throws -> [String: [HeldRecord]] {
        var state: [String: [HeldRecord]] = [:]
        for key in [node.context.keys.current, next] {
            for resident in Samples.Resident.allCases {
                let token = key.secret.output(for: Samples.input(resident)).token
                let found = try await node.store.records(
                    kid: key.kid.rawValue, tokens: [token], at: Samples.now)[0]
                if !found.isEmpty { state["\(key.kid) \(resident)"] = found }
            }
        }
        return state
    }

    @Test("after any page, the rest is made after it, and all is as if there had been no crash")
    func afterEveryPage() async throws {
        let whole = try node()
        var crashed: [TestNode] = []
        let count = try await rekey(whole) { _ in crashed.append(try whole.crashed()) }
        let pages = Samples.Resident.allCases.count
        #expect(count.made == pages && crashed.count == pages)
        let expected = try await state(whole)
        #expect(expected.count == 2 * pages)
        for (page, node) in crashed.enumerated() {
            let before = try await state(node)
            #expect(before.keys.count { $0.hasPrefix("k2") } == page + 1)
            let rest = try await rekey(node)
            #expect(rest.had == page + 1 && rest.made == pages - page - 1)
            #expect(rest.lacking == 0)
            #expect(try await state(node) == expected)
        }
    }
}
