/// Why a standard's file is refused. The fault is with whoever wrote the file.
public enum StandardError: Error, Equatable, Sendable {
    /// Longer than ``Standard/bytesMax``.
    case tooLong
    /// Not UTF-8.
    case notUTF8
    /// Not a JSON object: empty, cut off, or followed by something.
    case notJSON
    /// Something in it is wrong; `at` is its place, such as `rules[3].when.all[0].fact`, empty for
    /// the file's own object.
    case invalid(at: String, Problem)

    /// What is wrong at one place of the file.
    public enum Problem: Equatable, Sendable {
        /// A member that must be there is not.
        case missing
        /// A value of the wrong kind.
        case wrongType
        /// A format that this program does not read.
        case unknownFormat
        /// A member that the format does not have; in a condition, an unknown operator.
        case unknownMember(String)
        /// A condition that is not exactly one test.
        case notOneTest
        /// An identifier, date or text that breaks its pattern.
        case malformed
        /// A list or text with nothing in it.
        case empty
        /// More than the limit of such things.
        case tooMany(max: Int)
        /// Conditions nested deeper than the limit.
        case tooDeep(max: Int)
        /// A fact, rule or class that stood before.
        case duplicate
        /// A fact's name that does not exist.
        case unknownFact(String)
        /// A fact that the file's own list leaves out.
        case factNotListed
        /// A class that does not exist.
        case unknownClass(String)
        /// A class that the file's own list leaves out, or normal, which is no floor.
        case classNotListed
        /// Classes that do not rise from normal to the worst.
        case classesNotRising
        /// An operator that does not fit the kind of fact: a number for a yes-or-no fact.
        case operatorMismatch
        /// A number with which the test would always or never hold.
        case outOfRange
        /// A test with which worse facts could give a better class: an excuse as a reason, or a
        /// reason as an excuse.
        case notMonotonic
    }
}

extension StandardError: CustomStringConvertible {
    /// The place and the problem.
    public var description: String {
        switch self {
        case .tooLong: "standard: longer than \(Standard.bytesMax) bytes"
        case .notUTF8: "standard: not UTF-8"
        case .notJSON: "standard: not a JSON object"
        case .invalid(let place, let problem):
            "standard: \(place.isEmpty ? "top level" : place): \(problem)"
        }
    }
}

extension StandardError.Problem: CustomStringConvertible {
    /// The problem, in words.
    public var description: String {
        switch self {
        case .missing: "missing"
        case .wrongType: "a value of the wrong kind"
        case .unknownFormat: "a format that this version does not read"
        case .unknownMember(let name): "no such member or operator: \(name)"
        case .notOneTest: "must be exactly one test"
        case .malformed: "malformed"
        case .empty: "empty"
        case .tooMany(let max): "more than \(max)"
        case .tooDeep(let max): "nested deeper than \(max)"
        case .duplicate: "stands twice"
        case .unknownFact(let name): "no such fact: \(name)"
        case .factNotListed: "a fact that this file does not list"
        case .unknownClass(let name): "no such class: \(name)"
        case .classNotListed: "a class that this file does not list, or normal"
        case .classesNotRising: "classes must rise from normal to the worst"
        case .operatorMismatch: "an operator that does not fit this fact"
        case .outOfRange: "a number with which the test always or never holds"
        case .notMonotonic: "worse facts could give a better class"
        }
    }
}
