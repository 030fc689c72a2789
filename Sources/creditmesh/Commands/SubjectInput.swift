import Foundation

/// Identifier and name as a person or a system hands them over: never in the arguments.
struct SubjectInput {
    /// As typed.
    let identifier: String
    /// As typed; nil when the second line is missing or empty.
    let name: String?

    /// Most bytes that are read.
    static let bytesMax = 4096

    /// Reads two lines from a file, from standard input (`-`, or when it is no terminal), or from a
    /// prompt that does not echo the identifier.
    static func read(from path: String?) throws -> SubjectInput {
        if let path, path != "-" {
            guard let handle = FileHandle(forReadingAtPath: path) else {
                throw CommandFailure("file", "\(path): cannot be read")
            }
            return try parse(handle)
        }
        if path == nil, isatty(STDIN_FILENO) == 1 { return try prompt() }
        return try parse(.standardInput)
    }

    private static func parse(_ handle: FileHandle) throws -> SubjectInput {
        let data = try handle.read(upToCount: bytesMax) ?? Data()
        guard let text = String(data: data, encoding: .utf8) else {
            throw CommandFailure("usage", "identifier and name must be UTF-8 text in two lines")
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        return try SubjectInput(lines.first ?? "", lines.count > 1 ? lines[1] : "")
    }

    private static func prompt() throws -> SubjectInput {
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        write("Identifier (not shown): ")
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        let identifier = readLine() ?? ""
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        write("\nName (may be empty): ")
        return try SubjectInput(identifier, readLine() ?? "")
    }

    private static func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }

    private init(_ identifier: String, _ name: String) throws {
        guard !identifier.isEmpty else {
            throw CommandFailure(
                "usage",
                "no identifier: give it at the prompt, on standard input or with --subject FILE")
        }
        self.identifier = identifier
        self.name = name.isEmpty ? nil : name
    }
}
