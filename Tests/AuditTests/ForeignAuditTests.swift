import Exchange
import Foundation
import Testing

@testable import Audit

/// The programs of `Tests/ForeignAudit`, which share no code with this package.
@Suite("Auditors of another make")
struct ForeignAuditTests {
    private static let script = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "ForeignAudit/check.py")

    @Test(
        "accept a copy, and find what was changed in it",
        .enabled("needs python3 with aics-tlog 0.2") {
            try Self.python(["-c", "import aics_tlog.verified"]) == 0
        })
    func acceptedAndFound() async throws {
        let scene = try AuditScene()
        try await scene.answered(0..<3)
        try await scene.mirror(scene.lakeside)
        try await scene.answered(3..<260)
        try await scene.mirror(scene.lakeside)
        let copy = scene.copy(of: scene.lakeside).folder
        let arguments = [
            Self.script.path(), copy.path(), scene.lakeside.logSigner.key.description,
        ]
        #expect(try Self.python(arguments) == 0)
        for name in ["tile/entries/000", "tile/0/001.p/4", "checkpoints/3", "checkpoint"] {
            let file = copy.appending(path: name)
            try file.changeByte(at: 60)
            #expect(try Self.python(arguments) != 0, "\(name)")
            try file.changeByte(at: 60)
        }
        #expect(try Self.python(arguments) == 0)
    }

    @Test(
        "accept what witnesses cosigned, and find what was changed in it",
        .enabled("needs python3 with aics-tlog 0.2") {
            try Self.python(["-c", "import aics_tlog.verified"]) == 0
        })
    func cosigned() async throws {
        let scene = try AuditScene(quorum: 1)
        try await scene.answered(0..<5)
        let note = try await scene.cosigned(scene.lakeside, by: 2)
        try await scene.mirror(
            scene.lakeside, from: WitnessedSource(scene.lakeside.log, cosigned: note))
        let copy = scene.copy(of: scene.lakeside)
        let script = Self.script.deletingLastPathComponent().appending(path: "cosigned.py")
        let arguments = [
            script.path(), copy.folder.path(), scene.lakeside.logSigner.key.description,
        ]
        let keys = scene.witnesses.map(\.key.description)
        #expect(try Self.python(arguments + keys) == 0)
        #expect(try Self.python(arguments + keys.prefix(1)) == 0)
        #expect(try Self.python(arguments) != 0)
        let name = try sample(copy.names(in: MirrorFolder.cosignedFolder).first)
        let file = copy.folder.appending(path: "cosigned/\(name)")
        try file.changeByte(at: note.count - 20)
        #expect(try Self.python(arguments + keys) != 0)
    }

    /// Runs Python and gives its exit status; it ends by itself.
    private static func python(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
