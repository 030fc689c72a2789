/// A constant of the product with a name that other code can use, and its value.
struct NamedNumber {
    /// `Type.name`, with outer types before it.
    let name: String
    /// The value; nil when it is a number that this reader cannot compute.
    let value: Quantity?

    /// The numbers, ranges and spans of time that a target's files declare as `static let`, but for
    /// private ones: what a name hides from other files is no limit of the house.
    static func all(in files: [String]) -> [NamedNumber] {
        let constants = files.flatMap { SwiftConstant.all(in: SwiftSource($0).code) }
        var known: [String: Quantity] = [:]
        // Names may stand for later ones; twice is as deep as this package goes.
        for _ in 0..<2 {
            for constant in constants {
                known[constant.name] = constant.value { known[$0] }
            }
        }
        return constants.filter { !$0.isPrivate && ($0.looksNumeric || known[$0.name] != nil) }
            .map { NamedNumber(name: $0.name, value: known[$0.name]) }
    }
}

/// A `static let` as it stands in a file.
private struct SwiftConstant {
    let name: String
    let type: String
    let expression: String
    let isPrivate: Bool

    /// Whether the declared type or the first sign of the value is that of a number: then it must
    /// be one that can be computed.
    var looksNumeric: Bool {
        Self.numericTypes.contains(where: type.hasPrefix)
            || Self.numericStarts.contains(where: expression.hasPrefix)
    }

    /// The value; other constants are known by their full name, or by the last part of it within
    /// one type.
    func value(lookup: @escaping (String) -> Quantity?) -> Quantity? {
        let owner = name.split(separator: ".").dropLast().joined(separator: ".")
        let value = SwiftExpression.value(of: expression) { reference in
            lookup(reference) ?? lookup("\(owner).\(reference.replacing("Self.", with: ""))")
        }
        return value?.inUnit(ofName: name)
    }

    private static let numericTypes = [
        "Int", "UInt", "Double", "Duration", "TimeAmount", "ClosedRange", "Range",
    ]
    private static let numericStarts =
        (0...9).map(String.init) + ["-", ".milliseconds(", ".seconds(", ".minutes(", ".hours("]

    /// The constants of a file. Nesting is told by indentation, which the formatter guarantees.
    static func all(in code: String) -> [SwiftConstant] {
        var constants: [SwiftConstant] = []
        var owners: [(indentation: Int, name: String)] = []
        let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let indentation = line.prefix { $0 == " " }.count
            let words = line.split(separator: " ")
            if let type = typeName(words) {
                owners.removeAll { $0.indentation >= indentation }
                owners.append((indentation, type))
            } else if let place = staticLet(words) {
                let owner = owners.filter { $0.indentation < indentation }.map(\.name)
                let next = index + 1 < lines.count ? lines[index + 1] : ""
                constants.append(
                    SwiftConstant(words: words, place: place, owner: owner, next: next))
            }
        }
        return constants
    }

    private init(words: [Substring], place: Int, owner: [String], next: Substring) {
        let rest = words[(place + 2)...].joined(separator: " ")
        let halves = rest.split(separator: "=", maxSplits: 1)
        let head = halves[0].split(separator: ":", maxSplits: 1)
        let trim = { (text: Substring) in text.filter { $0 != " " } }
        name = (owner + [trim(head[0])]).joined(separator: ".")
        type = head.count == 2 ? trim(head[1]) : ""
        let value = halves.count == 2 ? halves[1].drop { $0 == " " } : ""
        expression = String(value.isEmpty ? next.drop { $0 == " " } : value)
        isPrivate = words[..<place].contains { $0 == "private" || $0 == "fileprivate" }
    }

    private static func staticLet(_ words: [Substring]) -> Int? {
        guard let place = words.firstIndex(of: "static"), place + 2 < words.count,
            words[place + 1] == "let"
        else { return nil }
        return place
    }

    private static func typeName(_ words: [Substring]) -> String? {
        guard let place = words.firstIndex(where: { typeWords.contains(String($0)) }),
            place + 1 < words.count, words[..<place].allSatisfy(modifiers.contains)
        else { return nil }
        let name = words[place + 1].prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
        return name.isEmpty ? nil : String(name)
    }

    private static let typeWords: Set<String> = [
        "actor", "class", "enum", "extension", "protocol", "struct",
    ]
    private static let modifiers: Set<Substring> = [
        "public", "package", "internal", "private", "fileprivate", "final", "indirect",
    ]
}
