import Testing

@testable import TUF

@Suite("Metadata that must not be taken")
struct AttackTests {
    @Test("is refused with its code, and what was trusted stays", arguments: Attack.all)
    func attacks(attack: Attack) async throws {
        var publisher = SamplePublisher()
        publisher.versions[.timestamp] = 5
        let client = try SampleClient(root: publisher.publish())
        _ = try await client.update(from: publisher.repository)
        let before = try client.kept
        publisher.raise(.root, .targets, .snapshot, .timestamp)
        try publisher.publish()
        try attack.spoil(&publisher)

        await #expect(throws: UpdateError(file: attack.file, fault: attack.fault)) {
            _ = try await client.update(from: publisher.repository)
        }
        // What stands above the refused file may have been renewed; it and what is below have not.
        let after = try client.kept
        let role = try #require(
            MetadataRole.allCases.first { attack.file.hasSuffix($0.fileName) })
        let order: [MetadataRole] = [.root, .timestamp, .snapshot, .targets]
        let below = order.drop { $0 != role }
        for role in below where attack.file != "root.json" || role != .root {
            let isKept = after[role] == before[role]
            #expect(isKept, "\(role)")
        }
    }

    @Test(
        "a newer timestamp of an older snapshot, and a newer snapshot of older targets, are refused"
    )
    func rollbacks() async throws {
        var publisher = SamplePublisher()
        let client = try SampleClient(root: publisher.publish())
        let old = [publisher.repository["1.snapshot.json"], publisher.repository["1.targets.json"]]
            .map { FileDescription(of: $0 ?? []) }
        publisher.raise(.targets, .snapshot, .timestamp)
        try publisher.publish()
        _ = try await client.update(from: publisher.repository)

        publisher.raise(.timestamp)
        try publisher.publishTimestamp(snapshot: MetadataDescription(version: 1, file: old[0]))
        await #expect(throws: UpdateError(file: "timestamp.json", fault: .rollback)) {
            _ = try await client.update(from: publisher.repository)
        }
        publisher.raise(.snapshot)
        try publisher.publishSnapshot(targets: MetadataDescription(version: 1, file: old[1]))
        await #expect(throws: UpdateError(file: "3.snapshot.json", fault: .rollback)) {
            _ = try await client.update(from: publisher.repository)
        }
        // The newer timestamp was seen, so that nobody leads back behind it.
        let kept = try client.kept
        #expect(kept[.timestamp] == publisher.repository["timestamp.json"])
        #expect(kept[.snapshot] == publisher.repository["2.snapshot.json"])
        #expect(kept[.targets] == publisher.repository["2.targets.json"])
    }

    @Test("the kinds of keys that the directory does not use count for nothing")
    func otherKeys() throws {
        let pem = "-----BEGIN PUBLIC KEY-----"
        for (type, scheme) in [
            ("ecdsa", "ecdsa-sha2-nistp256"), ("rsa", "rsassa-pss-sha256"), ("sphincs", "shake"),
        ] {
            let key = try MetadataKey(
                [
                    "keytype": .string(type), "scheme": .string(scheme),
                    "keyval": ["public": .string(pem)],
                ], accepting: .directory)
            #expect(key.verifier == .unusable)
            #expect(!key.verifies([1, 2, 3], of: [4]))
        }
    }

    @Test("an Ed25519 key of small order, or that is not reduced, counts for nothing")
    func weakKeys() throws {
        let verifier = { (bytes: [UInt8]) in
            try MetadataKey(
                [
                    "keytype": "ed25519", "scheme": "ed25519",
                    "keyval": ["public": .string(Hexadecimal.text(of: bytes))],
                ], accepting: .directory
            ).verifier
        }
        for (first, rest, last): (UInt8, UInt8, UInt8) in [
            (0, 0, 0), (1, 0, 0), (1, 0, 0x80), (0xEC, 0xFF, 0x7F), (0xEE, 0xFF, 0x7F),
            (0xED, 0xFF, 0xFF),
        ] {
            let bytes = [first] + [UInt8](repeating: rest, count: 30) + [last]
            #expect(try verifier(bytes) == .unusable)
        }
        let good = [9] + [UInt8](repeating: 0x11, count: 31)
        #expect(try verifier(good) == .ed25519(good))
    }
}
