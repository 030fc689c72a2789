import Foundation
import Testing

@testable import Book

@Suite("Reject file")
struct RejectFileTests {
    /// A path in a directory of its own, removed afterwards.
    private func withPath(_ body: (String) throws -> Void) throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try body(directory.appendingPathComponent("rejects.csv").path)
    }

    @Test("what is written can be read back; only the owner may")
    func contents() throws {
        try withPath { path in
            var file = try RejectFile(path: path)
            try file.write(
                RejectedRow(line: 3, column: "a,\"b\"", code: .negative, reason: "line\nbreak"))
            try file.write(RejectedRow(line: 4, column: "=1+1", code: .quote, reason: "plain"))
            try file.write(RejectedRow(line: 5, column: nil, code: .nulByte, reason: "x"))
            try file.finish()
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(
                text == """
                    line,column,code,reason
                    3,"a,""b\""",negative,"line
                    break"
                    4,'=1+1,quote,plain
                    5,,nul-byte,x

                    """)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600)
        }
    }

    @Test("an existing file is not overwritten, a missing folder is an error")
    func failures() throws {
        try withPath { path in
            try Data("kept".utf8).write(to: URL(fileURLWithPath: path))
            #expect(throws: RejectFile.Failure.exists) { _ = try RejectFile(path: path) }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "kept")
            #expect(throws: RejectFile.Failure.failed(errno: ENOENT)) {
                _ = try RejectFile(path: path + ".d/rejects.csv")
            }
        }
    }

    @Test(
        "a full disk is an error, not a shorter file", .enabled(if: access("/dev/full", W_OK) == 0))
    func fullDisk() throws {
        var file = RejectFile(descriptor: open("/dev/full", O_WRONLY))
        try file.write(RejectedRow(line: 1, column: nil, code: .quote, reason: "x"))
        do {
            try file.finish()
            Issue.record("finished on a full disk")
        } catch {
            #expect(error == .failed(errno: ENOSPC))
        }
    }
}
