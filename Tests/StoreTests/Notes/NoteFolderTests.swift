import Exchange
import Foundation
import Synchronization
import Testing

@testable import Store

@Suite("Notes of logs and witnesses")
struct NoteFolderTests {
    struct Fault: Error {}

    private func withFolder(_ body: (String) throws -> Void) throws {
        let store = try TemporaryStore()
        try withExtendedLifetime(store) {
            try body(store.folder.appending(path: "notes/kept").path)
        }
    }

    @Test("a note is replaced as a whole, and nobody else may read it")
    func replaced() throws {
        try withFolder { path in
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let notes = try NoteFolder(path)
            #expect(try notes.note("one") == nil)
            for text in ["the first, which is longer", "the second", ""] {
                try notes.put(Array(text.utf8), as: "one")
                #expect(try notes.note("one") == Array(text.utf8))
                #expect(try NoteFolder(path).note("one") == Array(text.utf8))
            }
            let mode = try FileManager.default.attributesOfItem(atPath: path + "/one")
            #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        }
    }

    @Test("names lead nowhere else", arguments: ["", "../one", "a/b", ".one", "One", "a.new"])
    func names(name: String) throws {
        try withFolder { path in
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let notes = try NoteFolder(path)
            #expect(throws: StoreError.self) { try notes.put([1], as: name) }
            #expect(throws: StoreError.self) { try notes.note(name) }
        }
    }

    @Test("refuses a folder that others may enter, and notes beyond the bound")
    func refused() throws {
        try withFolder { path in
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o755])
            #expect(throws: StoreError.exposed(folder: path)) { try NoteFolder(path) }
            chmod(path, 0o700)
            let notes = try NoteFolder(path)
            let long = [UInt8](repeating: 1, count: NoteFolder.noteBytesMax + 1)
            #expect(throws: StoreError.self) { try notes.put(long, as: "long") }
            try Data(long).write(to: URL(filePath: path + "/long"))
            #expect(throws: StoreError.self) { try notes.note("long") }
        }
    }

    @Test(
        "a write that fails, or a process that ends, leaves the old or the new",
        arguments: NoteStep.allCases)
    func faults(step: NoteStep) throws {
        try withFolder { path in
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            let isArmed = Mutex(false)
            let left = path + "-crashed"
            let notes = try NoteFolder(path) { reached in
                guard reached == step, isArmed.withLock({ $0 }) else { return }
                try FileManager.default.copyItem(atPath: path, toPath: left)
                throw Fault()
            }
            try notes.put([1], as: "one")
            isArmed.withLock { $0 = true }
            #expect(throws: StoreError.self) { try notes.put([2, 2], as: "one") }
            isArmed.withLock { $0 = false }
            // What failed may be there all the same, whole.
            let expected: [UInt8] = step == .placed ? [2, 2] : [1]
            #expect(try notes.note("one") == expected)
            let reopened = try NoteFolder(left)
            #expect(try reopened.note("one") == expected)
            for shelf in [notes, reopened] {
                try shelf.put([3], as: "one")
                #expect(try shelf.note("one") == [3])
            }
        }
    }
}
