import Book
import Foundation
import Testing

@Suite("The file of an export")
struct ExportFileTests {
    /// A folder of its own, which is removed at the end.
    private func inFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-export-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
    }

    @Test("cells are read back as they were, and only its owner may read them")
    func written() throws {
        try inFolder { folder in
            let path = folder.appending(path: "book.csv").path
            let rows = [["a,b", "say \"hi\""], ["two\nlines", ""], ["=1+1", "某"]]
            var file = try ExportFile(path: path, header: ["one", "two"])
            for row in rows { try file.write(row) }
            #expect(try names(in: folder) == ["book.csv.partial"])
            try file.finish()
            #expect(try names(in: folder) == ["book.csv"])
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let expected = "\u{FEFF}one,two\n\"a,b\",\"say \"\"hi\"\"\"\n\"two\nlines\",\n=1+1,某\n"
            #expect(try Data(contentsOf: URL(filePath: path)) == Data(expected.utf8))
        }
    }

    @Test("what is not finished leaves nothing")
    func unfinished() throws {
        try inFolder { folder in
            let path = folder.appending(path: "book.csv").path
            do {
                var file = try ExportFile(path: path, header: ["one"])
                for number in 0..<20_000 { try file.write(["row \(number)"]) }
            }
            #expect(try names(in: folder) == [])
        }
    }

    @Test("nothing is overwritten, not even what came meanwhile")
    func existing() throws {
        try inFolder { folder in
            let path = folder.appending(path: "book.csv").path
            let file = try ExportFile(path: path, header: ["one"])
            #expect(throws: ExportFile.Failure.unfinished) {
                _ = try ExportFile(path: path, header: ["one"])
            }
            try Data("mine".utf8).write(to: URL(filePath: path))
            #expect(Self.finish(file) == .exists)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
            #expect(throws: ExportFile.Failure.exists) {
                _ = try ExportFile(path: path, header: ["one"])
            }
            #expect(try names(in: folder) == ["book.csv"])
        }
    }

    private static func finish(_ file: consuming ExportFile) -> ExportFile.Failure? {
        do throws(ExportFile.Failure) {
            try file.finish()
            return nil
        } catch {
            return error
        }
    }
}
