/// One import of a Swift file.
struct ModuleImport: Equatable {
    /// The module; of `import struct A.B` it is `A`.
    let module: String
    /// Whether it opens the module's internals.
    let isTestable: Bool
    /// Whether it passes the module on to whoever imports this one.
    let isExported: Bool

    /// The imports of a file, in its order.
    static func all(in text: String) -> [ModuleImport] {
        SwiftSource(text).code.split(whereSeparator: { $0 == "\n" || $0 == ";" })
            .compactMap { ModuleImport(line: $0) }
    }

    private init?(line: Substring) {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
            words[..<place].allSatisfy(Self.mayPrecede)
        else { return nil }
        let path = Self.kinds.contains(String(words[place + 1])) ? place + 2 : place + 1
        guard path < words.count, let module = words[path].split(separator: ".").first else {
            return nil
        }
        self.module = String(module)
        isTestable = words[..<place].contains("@testable")
        isExported = words[..<place].contains { $0 == "@_exported" || $0 == "public" }
    }

    private static func mayPrecede(_ word: Substring) -> Bool {
        word.hasPrefix("@") || accessLevels.contains(String(word))
    }

    private static let accessLevels: Set<String> = [
        "public", "package", "internal", "fileprivate", "private",
    ]
    private static let kinds: Set<String> = [
        "typealias", "struct", "class", "enum", "protocol", "let", "var", "func", "actor",
    ]
}
