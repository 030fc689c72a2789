import Exchange
import Foundation
import Testing

@testable import Store

@Suite("Nonces of the log")
struct LogNonceTests {
    @Test("a nonce is used once, with an entry or without")
    func once() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        defer { try? log.close() }
        let (one, two) = (try LogScene.nonce(1), try LogScene.nonce(2))
        _ = try await log.append(LogScene.entry(1), evidence: nil, nonce: one)
        try await log.use(two)
        for used in [one, two] {
            await #expect(throws: LogError.nonceReplayed) { try await log.use(used) }
            await #expect(throws: LogError.nonceReplayed) {
                try await log.append(LogScene.entry(2), evidence: nil, nonce: used)
            }
        }
        #expect(try await log.audited(keys: scene.keys).count == 1)
    }

    @Test("of the same nonce at the same time one is taken")
    func together() async throws {
        let scene = try LogScene()
        let log = try scene.open()
        defer { try? log.close() }
        let nonce = try LogScene.nonce(1)
        let taken = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<50 {
                group.addTask {
                    let logged = try? await log.append(
                        LogScene.entry(number), evidence: nil, nonce: nonce)
                    return logged != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 1)
        #expect(try await log.audited(keys: scene.keys).count == 1)
    }

    @Test("is remembered over a restart, and forgotten when its time is over")
    func restart() async throws {
        let scene = try LogScene()
        let nonce = try LogScene.nonce(1)
        var log = try scene.open()
        try await log.use(nonce)
        try log.close()
        log = try scene.open()
        defer { try? log.close() }
        await #expect(throws: LogError.nonceReplayed) { try await log.use(nonce) }
        scene.clock.advance(by: .seconds(360))
        await #expect(throws: LogError.nonceReplayed) { try await log.use(nonce) }
        scene.clock.advance(by: .seconds(1))
        try await log.use(try LogScene.nonce(1, seconds: 720))
    }

    @Test("when no more fit new ones are refused, none is forgotten early")
    func full() async throws {
        let scene = try LogScene()
        let log = try scene.open(LogTuning(noncesMax: 2))
        defer { try? log.close() }
        for number in 1...2 { try await log.use(try LogScene.nonce(number)) }
        await #expect(throws: LogError.nonceStoreFull) { try await log.use(LogScene.nonce(3)) }
        await #expect(throws: LogError.nonceReplayed) { try await log.use(LogScene.nonce(1)) }
        _ = try await log.append(LogScene.entry(1), evidence: nil, nonce: nil)
        scene.clock.advance(by: .seconds(361))
        try await log.use(try LogScene.nonce(3, seconds: 720))
    }

    @Test("another key's equal nonce is another one")
    func otherKey() async throws {
        let log = try LogScene().open()
        defer { try? log.close() }
        let one = try LogScene.nonce(1)
        try await log.use(one)
        let other = NonceUse(
            keyID: try #require(.init("lakeside-1")), nonce: one.nonce, keepUntil: one.keepUntil)
        try await log.use(other)
    }
}
