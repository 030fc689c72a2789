/// A Swift file taken apart into code and comments, so that a word in a text or a comment is not
/// taken for code. Both parts have the lines of the file; what belongs elsewhere is left out.
struct SwiftSource {
    /// Everything but comments and the texts of string literals. Code inside a literal's `\( )`
    /// is code.
    let code: String
    /// The comments.
    let comments: String

    init(_ text: String) {
        var lexer = SwiftLexer(Array(text.utf8))
        lexer.run()
        code = String(decoding: lexer.code, as: UTF8.self)
        comments = String(decoding: lexer.comments, as: UTF8.self)
    }
}

/// Knows comments, nested ones too, and string literals in all spellings. Regular expressions in
/// slashes are not known; this package writes none.
private struct SwiftLexer {
    private let bytes: [UInt8]
    private var index = 0
    private(set) var code: [UInt8] = []
    private(set) var comments: [UInt8] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func run() {
        while index < bytes.count { takeCode() }
    }

    private enum Part { case code, comment, literal }

    /// Takes one byte into a part; a line's end goes into both, so that lines keep their numbers.
    private mutating func take(_ part: Part) {
        guard index < bytes.count else { return }
        let byte = bytes[index]
        if part == .code || byte == UInt8(ascii: "\n") { code.append(byte) }
        if part == .comment || byte == UInt8(ascii: "\n") { comments.append(byte) }
        index += 1
    }

    private mutating func take(_ part: Part, count: Int) {
        for _ in 0..<count { take(part) }
    }

    private func stands(_ text: String) -> Bool {
        bytes[index...].starts(with: text.utf8)
    }

    /// A comment, a literal, or one byte of code.
    private mutating func takeCode() {
        if stands("//") { return takeLineComment() }
        if stands("/*") { return takeBlockComment() }
        let hashes = bytes[index...].prefix { $0 == UInt8(ascii: "#") }.count
        let quote = index + hashes
        guard quote < bytes.count, bytes[quote] == UInt8(ascii: "\"") else { return take(.code) }
        takeLiteral(hashes: hashes)
    }

    private mutating func takeLineComment() {
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { take(.comment) }
    }

    private mutating func takeBlockComment() {
        var depth = 0
        repeat {
            if stands("/*") {
                depth += 1
                take(.comment, count: 2)
            } else if stands("*/") {
                depth -= 1
                take(.comment, count: 2)
            } else {
                take(.comment)
            }
        } while depth > 0 && index < bytes.count
    }

    private mutating func takeLiteral(hashes: Int) {
        let marks = String(repeating: "#", count: hashes)
        take(.literal, count: hashes)
        let quotes = stands("\"\"\"") ? "\"\"\"" : "\""
        take(.literal, count: quotes.utf8.count)
        while index < bytes.count, !stands(quotes + marks) {
            if stands("\\\(marks)(") {
                take(.literal, count: hashes + 1)
                takeInterpolation()
            } else if stands("\\\(marks)") {
                take(.literal, count: hashes + 2)
            } else {
                take(.literal)
            }
        }
        take(.literal, count: quotes.utf8.count + hashes)
    }

    /// From an opening parenthesis to the one that closes it.
    private mutating func takeInterpolation() {
        var depth = 0
        repeat {
            if stands("(") { depth += 1 }
            if stands(")") { depth -= 1 }
            takeCode()
        } while depth > 0 && index < bytes.count
    }
}
