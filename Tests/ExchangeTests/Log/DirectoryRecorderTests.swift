import Crypto
import Foundation
import Store
import Synchronization
import Testing
import TransparencyLog

@testable import Exchange

@Suite("By which directory a node works")
struct DirectoryRecorderTests {
    struct Fault: Error {}

    private static func recorder(
        _ scene: WitnessScene, atStep: @escaping @Sendable (NoteStep) throws -> Void = { _ in }
    ) throws -> DirectoryRecorder {
        let folder = scene.folder.appending(path: "recorded").path
        return DirectoryRecorder(
            context: scene.node.context, shelf: try NoteFolder(folder, atStep: atStep))
    }

    /// Puts a directory of a later version in force.
    private static func change(_ scene: WitnessScene, version: Int) throws {
        var plan = TestDirectory()
        plan.version = version
        plan.members.append(.init("cedar", at: "harbor-node"))
        scene.directory.replace(with: try plan.directory())
    }

    @Test("is logged when it is first seen, and when it is another one, over a restart too")
    func logged() async throws {
        let scene = try WitnessScene()
        for (version, entries) in [(1, 1), (2, 2), (2, 2), (3, 3)] {
            if version > 1 { try Self.change(scene, version: version) }
            for _ in 0..<2 {
                let recorder = try Self.recorder(scene)
                try await recorder.record()
                try await recorder.record()
            }
            let logged = try await scene.node.entries()
            #expect(logged.count == entries && logged.allSatisfy { $0.type == .membershipChanged })
            let directory = scene.directory.current
            #expect(logged.last?.count == directory.members.count)
            #expect(logged.last?.directoryVersion == version)
            let digest = Array(SHA256.hash(data: directory.encoded()))
            #expect(logged.last?.directory?.bytes == digest)
        }
    }

    @Test("none is left out, whatever fails", arguments: NoteStep.allCases)
    func fails(step: NoteStep) async throws {
        let scene = try WitnessScene()
        let failing = try Self.recorder(scene) { if $0 == step { throw Fault() } }
        await #expect(throws: (any Error).self) { try await failing.record() }
        #expect(try await scene.node.entries().count == 1)
        for _ in 0..<2 { try await Self.recorder(scene).record() }
        // What was not noted is logged once more.
        #expect(try await scene.node.entries().count == (step == .placed ? 1 : 2))
    }
}
