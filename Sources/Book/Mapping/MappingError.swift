/// Why a mapping can't be used: the file's fault, to be mended at `path`.
public struct MappingError: Error, Sendable, Equatable {
    /// What is wrong.
    public enum Problem: Sendable, Equatable {
        /// Longer than ``BookLimits/mappingBytesMax``.
        case tooLarge
        /// Not UTF-8.
        case notText
        /// Not YAML, or more than one document.
        case syntax(String)
        /// Anchors, aliases and complex keys are not part of the language.
        case anchor
        /// Nested deeper than ``BookLimits/mappingDepthMax``.
        case tooDeep
        /// A key that the language does not have here.
        case unknownKey
        /// The same key twice in one block.
        case duplicateKey
        /// A key without which the block has no meaning.
        case missingKey(String)
        /// Another form of value is needed.
        case expected(String)
        /// A word outside a closed list.
        case notOneOf([String])
        /// A constant that its field does not take.
        case badConstant(reason: String)
        /// A field that is filled in two places.
        case fieldTwice
        /// A field that every record needs and nothing fills.
        case fieldMissing
        /// A part of the language that has no meaning for this field or layout.
        case notHere(String)
    }

    /// Where in the file, e.g. `rules[1].set.status`; empty for the file as a whole.
    public let path: String
    /// The line, counted from 1, where known.
    public let line: Int?
    /// What is wrong.
    public let problem: Problem
}

extension MappingError: CustomStringConvertible {
    /// One sentence with place and problem.
    public var description: String {
        let place = [line.map { "line \($0)" }, path.isEmpty ? nil : path].compactMap(\.self)
        return (place + [sentence]).joined(separator: ": ")
    }

    private var sentence: String {
        switch problem {
        case .tooLarge: "a mapping has at most \(BookLimits.mappingBytesMax) bytes"
        case .notText: "the mapping is not UTF-8 text"
        case .syntax(let detail): "not valid YAML: \(detail)"
        case .anchor: "anchors (&), aliases (*) and complex keys are not allowed"
        case .tooDeep: "nested deeper than \(BookLimits.mappingDepthMax)"
        case .unknownKey: "unknown key"
        case .duplicateKey: "the key stands twice"
        case .missingKey(let key): "the key '\(key)' is missing"
        case .expected(let form): "expected \(form)"
        case .notOneOf(let words): "expected one of \(words.joined(separator: ", "))"
        case .badConstant(let reason): reason
        case .fieldTwice: "the field is filled twice"
        case .fieldMissing: "nothing fills this field"
        case .notHere(let why): why
        }
    }
}
