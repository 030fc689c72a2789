import Foundation
import Membership
import TUF
import Testing

@testable import Authority

@Suite("Officers suspend, reinstate and withdraw")
struct StatusChangeTests {
    private let now = AuthorityScene.now

    @Test("a draft changes the statuses of nodes and members, and nothing else")
    func drafted() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let name = try await scene.authority.draft(
            .suspend, of: ["maple", "harbor-node"], reason: "left its keys open", now: now)
        let review = try await scene.authority.review(name)
        #expect(
            review.changes.map { $0.text(.english) } == [
                "directory version 1 becomes 2",
                "node harbor-node: status active becomes suspended",
                "member maple: status active becomes suspended",
            ])
        #expect(review.reason == "left its keys open")
        try await scene.publish(name)
        let directory = try await scene.directory()
        #expect(directory.members.map(\.status) == [.active, .suspended])
        #expect(directory.nodes.map(\.status) == [.suspended])
        #expect(scene.authority.drafts.names() == [])
        #expect(!scene.authority.repository.names().contains { $0.contains("reason") })
    }

    @Test("what was suspended is reinstated, on trial where that is said, and withdraws for good")
    func life() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let steps: [(StatusChange, Bool, MemberEntry.Status)] = [
            (.suspend, false, .suspended), (.reinstate, true, .trial),
            (.admit, false, .active),
            (.suspend, false, .suspended),
            (.reinstate, false, .active), (.withdraw, false, .withdrawn),
        ]
        for (change, isTrial, status) in steps {
            let name = try await scene.authority.draft(
                change, of: ["maple"], isTrial: isTrial, now: now)
            try await scene.publish(name)
            #expect(try await scene.directory().members.last?.status == status)
        }
        for change in StatusChange.allCases {
            await #expect(
                throws: AuthorityError.status(
                    "member 'maple' is withdrawn: it cannot be \(participle(of: change))")
            ) {
                try await scene.authority.draft(change, of: ["maple"], now: now)
            }
        }
    }

    @Test("an unknown id or a status that does not fit drafts nothing for anybody")
    func refused() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        await #expect(throws: AuthorityError.unknownID("nobody")) {
            try await scene.authority.draft(.suspend, of: ["maple", "nobody"], now: now)
        }
        await #expect(throws: AuthorityError.unknownID("No Such Id")) {
            try await scene.authority.draft(.suspend, of: ["No Such Id"], now: now)
        }
        await #expect(
            throws: AuthorityError.status("member 'maple' is active: it cannot be reinstated")
        ) {
            try await scene.authority.draft(.reinstate, of: ["maple"], now: now)
        }
        for id in ["maple", "harbor-node"] {
            await #expect(throws: AuthorityError.self, "\(id) is on no trial") {
                try await scene.authority.draft(.admit, of: [id], now: now)
            }
        }
        await #expect(
            throws: AuthorityError.status("node 'harbor-node' is active: it cannot be reinstated")
        ) {
            try await scene.authority.draft(.reinstate, of: ["harbor-node"], now: now)
        }
        await #expect(throws: AuthorityError.status("node 'harbor-node' cannot be on trial")) {
            try await scene.authority.draft(
                .reinstate, of: ["harbor-node"], isTrial: true, now: now)
        }
        for ids in [[], ["maple", "maple"]] {
            await #expect(
                throws: AuthorityError.draft("name 1 to 1000 nodes and members, each once")
            ) {
                try await scene.authority.draft(.suspend, of: ids, now: now)
            }
        }
        #expect(scene.authority.drafts.names() == [])
    }

    @Test(
        "a reason is short plain text",
        arguments: ["", "two\nlines", "\u{202E}txet", String(repeating: "a", count: 257)])
    func reasons(text: String) async throws {
        let scene = AuthorityScene()
        try await scene.found()
        await #expect(throws: AuthorityError.draft("a reason is 1 to 256 bytes of plain text")) {
            try await scene.authority.draft(.suspend, of: ["maple"], reason: text, now: now)
        }
        #expect(scene.authority.drafts.names() == [])
    }

    @Test("the reason of a draft does not outlive it")
    func replaced() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        _ = try await scene.authority.draft(
            .suspend, of: ["maple"], reason: "a mistake", now: now)
        let name = try await scene.authority.draft(.suspend, of: ["harbor"], now: now)
        #expect(try await scene.authority.review(name).reason == nil)
    }

    @Test("nothing is drafted where nothing is published")
    func empty() async throws {
        let scene = AuthorityScene()
        await #expect(throws: AuthorityError.self) {
            try await scene.authority.draft(.suspend, of: ["maple"], now: now)
        }
    }

    private func participle(of change: StatusChange) -> String {
        switch change {
        case .suspend: "suspended"
        case .reinstate: "reinstated"
        case .admit: "admitted"
        case .withdraw: "withdrawn"
        }
    }
}

extension AuthorityScene {
    /// Signs a draft by enough officers and publishes it.
    func publish(_ name: String) async throws {
        try await sign(name, 0, 1)
        _ = try await authority.publish(by: online[0], now: Self.now)
    }

    /// What is published.
    func directory() async throws -> Directory {
        let members = try await authority.published().members
        return try Directory(json: #require(members))
    }
}
