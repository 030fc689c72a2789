/// What no file of this repository may hold. Every function gives one sentence a fault, with its
/// line.
enum TextRules {
    /// The most lines of a Swift file.
    static let linesMax = 500

    /// A file of the product: nothing that ends the process, nothing left undone.
    static func faults(inSource text: String) -> [String] {
        let source = SwiftSource(text)
        return faults(in: source.code, unwanted: ["try!", "as!", "fatalError"])
            + faults(in: source.comments, unwanted: ["TODO", "FIXME", "XXX"])
            + faults(inLengthOf: text)
    }

    /// A Swift file has few enough lines to be read at a sitting.
    static func faults(inLengthOf text: String) -> [String] {
        let count = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
        return count > linesMax ? ["\(count) lines, \(linesMax) at most"] : []
    }

    /// Any file: no folder of somebody's machine, no private key.
    static func faults(inAny text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().flatMap { index, line in
            var faults: [String] = []
            for folder in machineFolders where line.holdsPath(folder) {
                faults.append("line \(index + 1): a path of one machine, \(folder)")
            }
            let next = index + 1 < lines.count ? lines[index + 1] : ""
            if line.hasSuffix("PRIVATE" + " KEY-----"), line.contains("-----BEGIN"),
                next.drop(while: \.isWhitespace).prefix(while: \.isBase64).count >= 40
            {
                faults.append("line \(index + 1): a private key")
            }
            return faults
        }
    }

    /// Put together here, so that this file does not break its own rule.
    private static let machineFolders = ["work", "home", "root", "Users"].map { "/" + $0 + "/" }

    private static func faults(in text: String, unwanted words: [String]) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().flatMap { index, line in
            words.filter(line.holdsWord).map { "line \(index + 1): \($0)" }
        }
    }
}

extension Substring {
    /// Whether a word stands here that is no part of a longer one.
    fileprivate func holdsWord(_ word: String) -> Bool {
        ranges(of: word).contains { range in
            let before = self[..<range.lowerBound].last
            let after = self[range.upperBound...].first
            return before?.isWordPart != true && after?.isWordPart != true
        }
    }

    /// Whether an absolute path begins with a folder here; `a/home/b` is another one.
    fileprivate func holdsPath(_ folder: String) -> Bool {
        ranges(of: folder).contains { range in
            let before = self[..<range.lowerBound].last
            return before.map { !$0.isWordPart && !".-~/}".contains($0) } ?? true
        }
    }
}

extension Character {
    fileprivate var isBase64: Bool {
        isASCII && (isLetter || isNumber || self == "+" || self == "/")
    }
}
