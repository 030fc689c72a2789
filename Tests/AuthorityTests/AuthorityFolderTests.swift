import Foundation
import Membership
import TUF
import Testing

@testable import Authority

@Suite("What the authority publishes")
struct AuthorityFolderTests {
    private let now = AuthorityScene.now

    @Test("is a repository from which a client that has the first root takes the directory")
    func founded() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let trusted = try await scene.client()
        let members = try await trusted.target("members.json", from: scene.authority.repository)
        #expect(try Directory(json: members) == AuthorityScene.directory(version: 1))
        #expect(scene.authority.drafts.names() == [])
        var status = stat()
        let path = scene.authority.repository.folder.appending(path: "timestamp.json").path
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o644)
    }

    @Test("nothing is published that too few officers signed", arguments: [[], [0], [1]])
    func tooFew(signers: [Int]) async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let before = scene.authority.repository.names()
        let timestamp = try scene.authority.repository.read("timestamp.json", bytesMax: 10_000)
        let name = try await scene.authority.draftTargets(
            AuthorityScene.directory(version: 2).encoded(), now: now)
        for index in signers { try await scene.sign(name, index, index) }
        await #expect(
            throws: AuthorityError.refused(UpdateError(file: name, fault: .signatures))
        ) {
            try await scene.authority.publish(by: scene.online[0], now: now)
        }
        #expect(scene.authority.repository.names() == before)
        #expect(
            try scene.authority.repository.read("timestamp.json", bytesMax: 10_000) == timestamp)
        #expect(try await scene.authority.review(name).missing == 2 - signers.count)
    }

    @Test("renewals at one moment have a version each")
    func renewals() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let before = try #require(try await scene.client().timestamp?.head.version)
        let (authority, signer, now) = (scene.authority, scene.online[0], now)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { _ = try await authority.renew(by: signer, now: now) }
            }
            try await group.waitForAll()
        }
        #expect(try await scene.client().timestamp?.head.version == before + 8)
    }

    @Test("what a replaced draft described is not published", arguments: [false, true])
    func replaced(isLeftBehind: Bool) async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let drafts = scene.authority.drafts
        let first = try AuthorityScene.directory(version: 2).encoded()
        _ = try await scene.authority.draftTargets(first, now: now)
        let left = try #require(drafts.names().first { $0.hasSuffix(".members.json") })
        let second = try AuthorityScene.directory(version: 3).encoded()
        let name = try await scene.authority.draftTargets(second, now: now)
        #expect(!drafts.names().contains(left))
        // As after a crash before it was removed.
        if isLeftBehind { try drafts.write(first, named: left) }
        try await scene.sign(name, 0, 1)
        _ = try await scene.authority.publish(by: scene.online[0], now: now)
        #expect(!scene.authority.repository.names().contains(left))
        let members = try await scene.client().target(
            "members.json", from: scene.authority.repository)
        #expect(members == second)
    }

    @Test("a draft is shown in words, with who has signed, before another signs")
    func review() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let changed = try AuthorityScene.directory(version: 2, status: .suspended, quota: 5)
        let name = try await scene.authority.draftTargets(changed.encoded(), now: now)
        try await scene.sign(name, 2)
        let review = try await scene.authority.review(name)
        #expect(
            review.changes.map { $0.text(.english) } == [
                "directory version 1 becomes 2", "charter: quotas changes",
                "member maple: status active becomes suspended",
            ])
        #expect(
            review.changes.map { $0.text(.chinese) } == [
                "成员目录版本 1 改为 2", "章程：quotas 有变更", "成员 maple：状态 active 改为 suspended",
            ])
        #expect(review.signers == ["chen"])
        #expect(review.missing == 1)
    }

    @Test("a key of nobody, or an online key, signs no draft")
    func strangers() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let name = try await scene.authority.draftTargets(
            AuthorityScene.directory(version: 2).encoded(), now: now)
        for signer in [scene.online[0], AuthorityScene.signer("mallory")] {
            await #expect(throws: AuthorityError.self) {
                try await scene.authority.sign(name, by: signer)
            }
        }
        await #expect(throws: AuthorityError.draft("the key is none of the online keys")) {
            try await scene.authority.publish(by: scene.officers[0], now: now)
        }
    }

    @Test(
        "a directory of another consortium, an older one and one that does not check are no drafts")
    func badDirectories() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let same = try AuthorityScene.directory(version: 1).encoded()
        let other = String(
            decoding: try AuthorityScene.directory(version: 2).encoded(), as: UTF8.self
        )
        .replacing("test.creditmesh", with: "other.creditmesh")
        for bytes in [same, Array(other.utf8), Array(same.dropLast(3))] {
            await #expect(throws: AuthorityError.self) {
                try await scene.authority.draftTargets(bytes, now: now)
            }
        }
        #expect(scene.authority.drafts.names() == [])
    }

    @Test("what is altered between two officers loses their signatures")
    func altered() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let name = try await scene.authority.draftTargets(
            AuthorityScene.directory(version: 2).encoded(), now: now)
        try await scene.sign(name, 0)
        _ = try await scene.authority.draftTargets(
            AuthorityScene.directory(version: 3).encoded(), now: now)
        try await scene.sign(name, 1)
        let review = try await scene.authority.review(name)
        #expect(review.signers == ["bruno"])
        let members = try #require(
            scene.authority.drafts.names().first { $0.hasSuffix(".members.json") })
        let file = scene.authority.drafts
        let bytes = try #require(try file.read(members, bytesMax: 100_000))
        try file.write(bytes.map { $0 == 0x33 ? 0x34 : $0 }, named: members)
        await #expect(throws: AuthorityError.self) { try await scene.authority.review(name) }
    }

    @Test("either online key renews the timestamp, and the snapshot when half of it is over")
    func renewal() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let hours = now.advanced(bySeconds: 20 * 3_600)
        let first = try await scene.authority.publish(by: scene.online[1], now: hours)
        #expect(first.files == ["timestamp.json"])
        #expect(first.expires == hours.advanced(bySeconds: 86_400))
        let days = now.advanced(bySeconds: 5 * 86_400)
        let second = try await scene.authority.publish(by: scene.online[1], now: days)
        #expect(second.files == ["2.snapshot.json", "timestamp.json"])
        #expect(try await scene.client(at: days).snapshot?.head.version == 2)
    }

    @Test("officers and online keys are exchanged, and a client of the first root follows")
    func rotation() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let diana = AuthorityScene.signer("diana")
        let fresh = AuthorityScene.signer("online-3")
        let names = try await scene.authority.draftNextRoot(now: now) {
            rules throws(AuthorityError) in
            try rules.removeOfficers(named: ["alice"])
            try rules.removeOnlineKeys(named: ["online-1"])
            rules.officers.append(diana.key)
            rules.online.append(fresh.key)
        }
        #expect(names == ["2.root.json", "2.targets.json"])
        let review = try await scene.authority.review("2.root.json")
        let words = review.changes.map { $0.text(.english) }
        #expect(words.contains { $0.hasPrefix("officer alice (") && $0.hasSuffix(") goes") })
        #expect(words.contains { $0.hasPrefix("online key online-3 (") && $0.hasSuffix(") comes") })

        // Alice and Bruno are enough of the old ones, not of the new ones.
        try await scene.sign("2.root.json", 0, 1)
        try await scene.sign("2.targets.json", 1)
        #expect(try await scene.authority.review("2.root.json").missing == 1)
        await #expect(throws: AuthorityError.self) {
            try await scene.authority.publish(by: fresh, now: now)
        }
        try await scene.authority.sign("2.root.json", by: diana)
        try await scene.authority.sign("2.targets.json", by: diana)
        let publication = try await scene.authority.publish(by: fresh, now: now)
        #expect(publication.files.suffix(2) == ["2.root.json", "timestamp.json"])
        let trusted = try await scene.client()
        #expect(trusted.root.head.version == 2)
        #expect(trusted.targets?.head.version == 2)
        await #expect(throws: AuthorityError.draft("the key is none of the online keys")) {
            try await scene.authority.publish(by: scene.online[0], now: now)
        }
    }

    @Test("rules under which one alone decides, or one loss ends everything, are refused")
    func rules() async throws {
        let scene = AuthorityScene()
        var lone = scene.rules
        lone.threshold = 1
        var many = scene.rules
        many.threshold = 4
        var one = scene.rules
        one.online.removeLast()
        var twice = scene.rules
        twice.officers[1] = twice.officers[0]
        var both = scene.rules
        both.online[0] = both.officers[0]
        for rules in [lone, many, one, twice, both] {
            await #expect(throws: AuthorityError.self) {
                try await scene.authority.draftFirstRoot(rules, now: now)
            }
        }
    }

    @Test("a publication that stopped after any of its files leaves a good repository, and goes on")
    func interrupted() async throws {
        let scene = AuthorityScene()
        try await scene.found()
        let name = try await scene.authority.draftTargets(
            AuthorityScene.directory(version: 2).encoded(), now: now)
        try await scene.sign(name, 0, 1)
        let drafts = try scene.authority.drafts.names().map {
            ($0, try scene.authority.drafts.read($0, bytesMax: 100_000) ?? [])
        }
        // What a stop leaves: some of the new files, the old timestamp.
        for (name, bytes) in drafts {
            try scene.authority.repository.write(bytes, named: name)
            let trusted = try await scene.client()
            #expect(trusted.targets?.head.version == 1)
        }
        _ = try await scene.authority.publish(by: scene.online[0], now: now)
        #expect(try await scene.client().targets?.head.version == 2)
    }
}
