import Foundation
import Synchronization
import Testing

@testable import TUF

/// A store whose disk fails at one write: before the bytes are kept, or after it.
private final class FailingStore: TrustedStore {
    enum Failure: CaseIterable { case fails, failsButPersisted }

    private let folder: MetadataFolder
    private let failure: Failure
    private let failAt: Int
    private let writes = Mutex(0)

    init(_ folder: MetadataFolder, _ failure: Failure, at write: Int) {
        self.folder = folder
        self.failure = failure
        failAt = write
    }

    func read(_ role: MetadataRole) throws(UpdateFault) -> [UInt8]? { try folder.read(role) }

    func write(_ bytes: [UInt8], as role: MetadataRole) throws(UpdateFault) {
        let isFailing = writes.withLock { count in
            count += 1
            return count == failAt
        }
        if isFailing, failure == .fails { throw .storage }
        try folder.write(bytes, as: role)
        if isFailing { throw .storage }
    }
}

@Suite("What is kept between updates")
struct StorageTests {
    @Test(
        "a disk that fails at any write leaves a state from which the next update goes on",
        arguments: [1, 2, 3, 4], [true, false])
    func failingWrites(write: Int, isPersisted: Bool) async throws {
        var publisher = SamplePublisher()
        let client = try SampleClient(root: publisher.publish())
        _ = try await client.update(from: publisher.repository)
        publisher.raise(.root, .targets, .snapshot, .timestamp)
        try publisher.publish()
        let store = FailingStore(
            client.folder, isPersisted ? .failsButPersisted : .fails, at: write)
        var update = try Update(
            from: publisher.repository, to: store, startTime: SamplePublisher.start)
        await #expect(throws: UpdateError.self) { try await update.run() }

        // A new process finds every file whole, and what it trusts is no older than before.
        for (role, bytes) in try client.kept {
            let metadata = try SignedMetadata(parsing: bytes, bytesMax: 1 << 20)
            #expect(publisher.root.isSigned(metadata, as: role), "\(role)")
        }
        let trusted = try await client.update(from: publisher.repository)
        #expect(trusted.targets?.head.version == 2)
    }

    @Test("what a crash left unfinished is neither read nor counted")
    func leftovers() async throws {
        let publisher = SamplePublisher()
        let client = try SampleClient(root: publisher.publish())
        try Data("{".utf8).write(to: client.folder.folder.appending(path: ".root.json.4711"))
        _ = try await client.update(from: publisher.repository)
        #expect(
            client.folder.names() == [
                "root.json", "snapshot.json", "targets.json", "timestamp.json",
            ])
    }

    @Test(
        "a kept file that was spoilt on the disk is fetched anew",
        arguments: ["snapshot", "targets"])
    func spoilt(name: String) async throws {
        let publisher = SamplePublisher()
        let client = try SampleClient(root: publisher.publish())
        _ = try await client.update(from: publisher.repository)
        try client.folder.write([0x7B], named: "\(name).json")
        _ = try await client.update(from: publisher.repository)
        #expect(
            try client.folder.read("\(name).json", bytesMax: 10_000)
                == publisher.repository["1.\(name).json"])
    }

    @Test("files are named by one part of a path, and are as private as was asked")
    func names() throws {
        let client = try SampleClient(root: SamplePublisher().publish())
        for name in ["", ".", "..", "../root.json", "a/b", "a\0b"] {
            #expect(throws: UpdateFault.storage) { try client.folder.write([1], named: name) }
            #expect(throws: UpdateFault.storage) {
                try client.folder.read(name, bytesMax: 1)
            }
        }
        var status = stat()
        #expect(stat(client.folder.folder.appending(path: "root.json").path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        #expect(throws: UpdateFault.tooLarge) {
            try client.folder.read("root.json", bytesMax: 10)
        }
        #expect(try client.folder.read("none.json", bytesMax: 10) == nil)
    }
}
