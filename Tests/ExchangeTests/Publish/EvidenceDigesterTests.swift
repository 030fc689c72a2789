import Crypto
import Foundation
import Testing

@testable import Exchange

@Suite("Evidence of a consent")
final class EvidenceDigesterTests {
    private let folder = FileManager.default.temporaryDirectory
        .appending(path: "evidence-\(UUID().uuidString)")
    private var digester: EvidenceDigester { EvidenceDigester(folder: folder.path) }

    init() throws {
        try FileManager.default.createDirectory(
            at: folder.appending(path: "forms"), withIntermediateDirectories: true)
        try write(Array("An invented consent.".utf8), to: "forms/1.pdf")
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    private func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }

    @Test("the digest is over salt and file, and another one each time")
    func digest() throws {
        let first = try digester.digest("forms/1.pdf")
        let second = try digester.digest("forms/1.pdf")
        for evidence in [first, second] {
            let input = Data(evidence.salt + Array("An invented consent.".utf8))
            #expect(evidence.salt.count == 32)
            #expect(Array(SHA256.hash(data: input)) == evidence.digest)
        }
        #expect(first.salt != second.salt)
    }

    @Test(
        "what lies outside the folder, or has an odd name, is not read",
        arguments: [
            "", "/etc/hostname", "../x", "forms/../forms/1.pdf", "./forms/1.pdf", "forms//1.pdf",
            "forms/", "forms/1.pdf\u{0}",
        ])
    func outside(path: String) {
        #expect(throws: EvidenceFault.path) { try digester.digest(path) }
    }

    @Test("a missing file, a folder, a link and a pipe are no files")
    func noFiles() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: "link").path, withDestinationPath: "forms/1.pdf")
        #expect(mkfifo(folder.appending(path: "pipe").path, 0o600) == 0)
        for path in ["forms/2.pdf", "forms", "link", "pipe"] {
            #expect(throws: EvidenceFault.missing, "\(path)") { try digester.digest(path) }
        }
    }

    @Test("a file has a byte at least, and 32 MiB at most")
    func sizes() throws {
        try write([], to: "empty")
        #expect(throws: EvidenceFault.empty) { try digester.digest("empty") }
        try write([UInt8](repeating: 7, count: EvidenceDigester.fileBytesMax), to: "full")
        #expect(try digester.digest("full").digest.count == 32)
        try write([UInt8](repeating: 7, count: EvidenceDigester.fileBytesMax + 1), to: "over")
        #expect(throws: EvidenceFault.tooLarge) { try digester.digest("over") }
    }
}
