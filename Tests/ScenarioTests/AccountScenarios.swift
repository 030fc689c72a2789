import Exchange
import Foundation
import Testing

@Suite("Scenario: a lender's system puts single accounts while its node runs")
struct AccountScenarios {
    /// The reference of an account number at lakeside, as its node gives it.
    private func reference(
        of number: String, _ caller: LocalCaller
    ) async throws -> String {
        let answer = try await caller.references(
            #"{"member":"lakeside","accountNumbers":["\#(number)"]}"#)
        #expect(answer.verdict == "200")
        let references = try JSONDecoder().decode(
            [String: [String]].self, from: Data(answer.body))["references"]
        return try #require(references?.first)
    }

    @Test("another lender sees it after the next small filter, and sees it closed")
    func visible() async throws {
        try await ScenarioConsortium.run { consortium in
            let caller = try LocalCaller(home: consortium.home("lakeside-node"))
            let subject = ScenarioSubject.unknown
            #expect(try await consortium.ask(about: subject).story["lakeside"] == "no-record")
            let reference = try await reference(of: "I-1", caller)
            let account = LocalAccount(of: subject)
            let put = try await caller.put(account.json, at: reference, key: "new-1")
            #expect(put.verdict == "200", "\(put.text)")
            #expect(put.text.contains(#""outcome":"new""#))

            // The node publishes by itself every few seconds; the asker's clock moves on a minute.
            consortium.clock.advance(by: .seconds(59))
            let node = try consortium.node("lakeside-node")
            try await eventually("lakeside publishes") {
                await node.parts.offline.publisher.manifest?.asOf == consortium.clock.now
            }
            // A manifest of a minute ago may still be used, one of a second more may not.
            consortium.clock.advance(by: .seconds(2))
            let report = try await consortium.ask(about: subject)
            #expect(report.story["lakeside"] == "record")
            let shown = try #require(report.records.first?.summary.accounts.first)
            #expect(shown.status == .open)

            let late = account.with("daysPastDue", "95").with("overdue", "50000")
            let changed = try await caller.put(late.json, at: reference, key: "late-1")
            #expect(changed.text.contains("substandard"))
            let worse = try await consortium.ask(about: subject)
            #expect(worse.verdict(withDisputed: true)?.riskClass == .substandard)

            let closed = account.with("status", "\"settled\"").with("balance", "0")
            #expect(try await caller.put(closed.json, at: reference, key: "end-1").status == 200)
            let after = try await consortium.ask(about: subject)
            #expect(after.records.first?.summary.accounts.map(\.status) == [.settled])
        }
    }

    @Test("a repetition is answered as before, and every refusal has its code")
    func codes() async throws {
        try await ScenarioConsortium.run { consortium in
            let caller = try LocalCaller(home: consortium.home("lakeside-node"))
            let account = LocalAccount(of: .unknown)
            let reference = try await reference(of: "I-1", caller)
            let first = try await caller.put(account.json, at: reference, key: "k_1-A")
            #expect(first.verdict == "200")
            let again = try await caller.put(account.json, at: reference, key: "k_1-A")
            #expect(again.body == first.body)

            let refused: [(String, LocalAccount, String?)] = [
                ("422 idempotency-key-reused", account.with("balance", "1"), "k_1-A"),
                ("400 idempotency-key", account, nil),
                ("400 idempotency-key", account, "a b"),
                ("400 idempotency-key", account, String(repeating: "k", count: 65)),
                ("422 reference-mismatch", account.with("accountNumber", "\"I-2\""), "k-2"),
                ("403 unknown-member", account.with("member", "\"harbor\""), "k-3"),
                ("400 bad-request", account.with("balance", "\"1.00\""), "k-4"),
                ("400 bad-request", account.with("retail", "\"true\""), "k-5"),
                ("400 bad-request", account.with("colour", "1"), "k-6"),
                ("400 bad-request", account.with("asOf", "\"2999-01-01\""), "k-7"),
                ("400 bad-request", account.with("part", "\"\""), "k-8"),
                ("422 row-rejected", account.with("status", "\"gone\""), "k-9"),
                (
                    "422 row-rejected",
                    account.with("identifier", "\"\(ScenarioSubject.unknown.mistyped)\""), "k-10"
                ),
                (
                    "409 account-outdated",
                    account.with("asOf", "\"2026-01-31\"").with("balance", "1"), "k-11"
                ),
            ]
            for (verdict, account, key) in refused {
                let answer = try await caller.put(account.json, at: reference, key: key)
                #expect(answer.verdict == verdict, "\(answer.text)")
                for secret in [
                    ScenarioSubject.unknown.identifier, ScenarioSubject.unknown.mistyped,
                    ScenarioSubject.unknown.name,
                ] {
                    #expect(!answer.text.contains(secret))
                }
            }
            let rejected = try await caller.put(
                account.with("status", "\"gone\"").json, at: reference, key: "k-12")
            #expect(rejected.text.contains(#""reject":"value-unknown","column":"status""#))
            #expect(
                try await caller.put("{", at: reference, key: "k-13").verdict
                    == "400 malformed-json")
            #expect(
                try await caller.put(account.json, at: "short", key: "k-14").verdict
                    == "404 not-found")
            for body in [
                #"{"member":"lakeside","accountNumbers":[]}"#, #"{"accountNumbers":["a"]}"#,
                #"{"member":"lakeside","accountNumbers":[""]}"#,
            ] {
                #expect(try await caller.references(body).verdict == "400 bad-request")
            }
            let other = #"{"member":"cedar","accountNumbers":["a"]}"#
            #expect(try await caller.references(other).verdict == "403 unknown-member")
        }
    }

    @Test("identifier, name and account number are nowhere in the log or the store")
    func privacy() async throws {
        try await ScenarioConsortium.run { consortium in
            let caller = try LocalCaller(home: consortium.home("lakeside-node"))
            let reference = try await reference(of: "SECRET-77", caller)
            let account = LocalAccount(of: .unknown, number: "SECRET-77")
            #expect(try await caller.put(account.json, at: reference, key: "k-1").status == 200)
            let stores = try consortium.storeBytes(of: "lakeside-node")
            for secret in [
                ScenarioSubject.unknown.identifier, ScenarioSubject.unknown.name, "SECRET-77",
            ] {
                #expect(!stores.contains { $0.range(of: Data(secret.utf8)) != nil })
                #expect(!consortium.log.lines.contains { $0.contains(secret) })
            }
        }
    }
}
