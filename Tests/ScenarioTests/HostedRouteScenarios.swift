import Console
import Exchange
import Foundation
import Membership
import NodeAssembly
import Testing

/// `guild-node` hosts maple, birch and willow: at its local API what is one lender's is no other's.
@Suite("Scenario: the local API of a node with several members")
struct HostedRouteScenarios {
    static let members = ["maple", "birch", "willow"]

    @Test("whose token opens which route: all routes, by all tokens, in everybody's name")
    func routes() async throws {
        try await ScenarioConsortium.run { consortium in
            let home = try consortium.home("guild-node")
            var callers: [(holder: String?, caller: LocalCaller)] = try Self.members.map {
                ($0, try LocalCaller(home: home, as: $0))
            }
            callers.append((nil, try LocalCaller(home: home)))
            for (holder, caller) in callers {
                for named in Self.members + ["harbor", "nobody"] {
                    for route in LocalRoute.allCases {
                        let answer = try await Self.call(route, caller, naming: named)
                        #expect(
                            answer.verdict == Self.verdict(of: route, by: holder, naming: named),
                            "\(route.rawValue) by \(holder ?? "the operator") for \(named)")
                        let others = Self.members.filter { $0 != holder }
                        guard holder != nil, route != .reports else { continue }
                        #expect(!others.contains { answer.text.contains($0) }, "\(route.rawValue)")
                    }
                }
            }
        }
    }

    @Test("the same number, key and case of two members are two accounts, two puts, two inquiries")
    func namesakes() async throws {
        try await ScenarioConsortium.run { consortium in
            let home = try consortium.home("guild-node")
            let maple = try LocalCaller(home: home, as: "maple")
            let birch = try LocalCaller(home: home, as: "birch")
            let theirs = try await Self.reference(maple, "maple")
            let own = try await Self.reference(birch, "birch")
            #expect(theirs != own)
            // Another's reference is no way to its account.
            let account = LocalAccount(of: .unknown).with("member", "\"birch\"")
            let crossing = try await birch.put(account.json, at: theirs, key: "k")
            #expect(crossing.verdict == "422 reference-mismatch")
            // The same key with another body is another member's business.
            let first = LocalAccount(of: .good).with("member", "\"maple\"")
            #expect(try await maple.put(first.json, at: theirs, key: "k").verdict == "200")
            #expect(try await birch.put(account.json, at: own, key: "k").verdict == "200")
            // A case of the same name is another member's case; its record is no "own" one.
            for (member, caller) in [("maple", maple), ("birch", birch)] {
                let question = LocalQuestion(about: .good).with("member", "\"\(member)\"")
                    .with("case", "\"one and the same\"")
                for isFirst in [true, false] {
                    let answer = try await caller.report(question.json)
                    let view = try JSONDecoder().decode(OwnView.self, from: Data(answer.body))
                    #expect(view.countedInquiry == isFirst, "\(member)")
                    #expect(view.own?.member ?? member == member)
                    let accounts = view.own?.accounts.count ?? 0
                    #expect(accounts == (member == "maple" ? 1 : 0), "\(member)")
                }
            }
        }
    }

    @Test("tokens are files of their own, come and go with members, and change when one is removed")
    func tokens() async throws {
        try await ScenarioConsortium.run { consortium in
            let home = try consortium.home("guild-node")
            let files = try Self.members.map { home.memberToken(of: try #require(MemberID($0))) }
            let texts = try (files + [home.localToken]).map(Self.text)
            #expect(Set(texts).count == Self.members.count + 1)
            for file in files {
                let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            // Removed: another takes its place, and the removed one opens nothing.
            let old = try LocalCaller(home: home, as: "maple")
            try FileManager.default.removeItem(at: files[0])
            try await eventually("maple has another token") {
                (try? Self.text(files[0])).map { $0 != texts[0] } ?? false
            }
            let references = #"{"member":"maple","accountNumbers":["I-1"]}"#
            #expect(try await old.references(references).verdict == "401 token")
            let renewed = try LocalCaller(home: home, as: "maple")
            #expect(try await renewed.references(references).verdict == "200")
            #expect(try Self.text(files[1]) == texts[1])

            // Suspended: it keeps its token, to be told why nothing is answered.
            let birch = try LocalCaller(home: home, as: "birch")
            try await consortium.publish { try $0.set(.suspended, ofMember: "birch") }
            let question = LocalQuestion(about: .good).with("member", "\"birch\"")
            #expect(try await birch.report(question.json).verdict == "403 suspended")

            // Elsewhere: its token is gone, and opens nothing.
            try await consortium.publish { try $0.move(member: "birch", to: "cedar-node") }
            try await eventually("birch has no token here") {
                !FileManager.default.fileExists(atPath: files[1].path)
            }
            #expect(try await birch.report(question.json).verdict == "401 token")
            let there = try consortium.home("cedar-node")
            try await eventually("birch has a token there") {
                (try? LocalCaller(home: there, as: "birch")) != nil
            }
            for line in consortium.log.lines {
                #expect(!texts.contains { line.contains($0) })
            }
        }
    }

    @Test("every start makes new tokens and sweeps away what is nobody's")
    func starts() async throws {
        try await ScenarioConsortium.offline(books: [:]) { consortium in
            let home = try consortium.home("guild-node")
            try NodeHome.createFolder(home.memberTokens)
            try Data("old".utf8).write(to: home.memberTokens.appending(path: "long-gone"))
            var seen: Set<String> = []
            for _ in 0..<2 {
                try await ScenarioNode.run(
                    [home], clock: consortium.clock, log: consortium.log
                ) { _ in
                    let names = try FileManager.default
                        .contentsOfDirectory(atPath: home.memberTokens.path)
                    #expect(Set(names) == Set(Self.members))
                    for name in names {
                        let file = home.memberTokens.appending(path: name)
                        #expect(seen.insert(try Self.text(file)).inserted)
                    }
                    #expect(seen.insert(try Self.text(home.localToken)).inserted)
                }
            }
        }
    }

    private static func text(_ file: URL) throws -> String {
        try String(contentsOf: file, encoding: .utf8)
    }

    /// Asks what a route takes, in the name of a member where it takes one.
    private static func call(
        _ route: LocalRoute, _ caller: LocalCaller, naming member: String
    ) async throws -> HTTPAnswer {
        let method = route.method.rawValue
        switch route {
        case .reports:
            let question = LocalQuestion(about: .unknown).with("member", "\"\(member)\"")
            return try await caller.call(method, route.path, question.json)
        case .account:
            let reference = try? await reference(caller, member)
            let path = route.path.replacing(":ref", with: reference ?? "AAAAAAAAAAAAAAAAAAAAAA")
            let account = LocalAccount(of: .unknown).with("member", "\"\(member)\"")
            return try await caller.call(method, path, account.json, key: "one")
        case .references:
            let json = #"{"member":"\#(member)","accountNumbers":["I-1"]}"#
            return try await caller.call(method, route.path, json)
        case .nextKey:
            return try await caller.call(method, route.path, #"{"privateKeyFiles":[]}"#)
        case .retiredKeys: return try await caller.call(method, route.path, "{}")
        case .exchanges, .alarms, .status, .peers, .metrics:
            return try await caller.call(method, route.path, "")
        }
    }

    /// What a route must answer; `holder` nil: the operator.
    private static func verdict(
        of route: LocalRoute, by holder: String?, naming member: String
    ) -> String {
        switch route {
        case .reports, .account, .references:
            holder == nil
                ? "403 member-token" : holder == member ? "200" : "403 unknown-member"
        case .exchanges: holder == nil ? "403 member-token" : "200"
        case .nextKey, .retiredKeys, .alarms, .status, .peers, .metrics:
            holder == nil ? "200" : "403 operator-token"
        }
    }

    /// The reference of the account I-1 of a member.
    private static func reference(_ caller: LocalCaller, _ member: String) async throws -> String {
        let answer = try await caller.references(
            #"{"member":"\#(member)","accountNumbers":["I-1"]}"#)
        let found = try JSONDecoder().decode(
            [String: [String]].self, from: Data(answer.body))["references"]
        return try #require(found?.first)
    }
}

/// What of a report is the asker's own.
private struct OwnView: Decodable {
    let countedInquiry: Bool
    let own: Own?

    struct Own: Decodable {
        let member: String
        let accounts: [Account]
    }

    struct Account: Decodable {}
}
