import Foundation
import NodeAssembly

/// This program, started again: the demo's nodes and commands are separate processes.
enum Subprocess {
    /// What a finished command said.
    struct Output {
        let status: Int32
        let text: String
        let errors: String
    }

    private static func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = arguments
        return process
    }

    /// Runs a command to its end; `input` is its standard input. Output goes through files, so that
    /// no pipe fills up.
    static func run(_ arguments: [String], input: String = "") throws -> Output {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "creditmesh-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["out", "err"].map { folder.appending(path: $0) }
        for file in files { try PrivateFile.write([], to: file) }
        let process = process(arguments)
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        try process.run()
        try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Output(status: process.terminationStatus, text: texts[0], errors: texts[1])
    }

    /// Starts a command that goes on, its log in a file, and what it says in another if that is wanted.
    static func start(
        _ arguments: [String], output: URL? = nil, log: URL
    ) throws -> Process {
        for file in [output, log].compactMap({ $0 }) { try PrivateFile.write([], to: file) }
        let process = process(arguments)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput =
            if let output { try FileHandle(forWritingTo: output) } else { FileHandle.nullDevice }
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        return process
    }
}
