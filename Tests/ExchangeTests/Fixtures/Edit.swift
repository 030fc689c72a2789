import StrictJSON
import Testing

/// A change to one place of a message, and what its reader says to it.
struct Edit<Verdict: Sendable>: Sendable, CustomTestStringConvertible {
    let path: String
    /// What is put there; nil: the member is taken away.
    let value: JSONValue?
    let verdict: Verdict

    static func without(_ path: String, _ verdict: Verdict) -> Edit {
        Edit(path: path, value: nil, verdict: verdict)
    }

    static func put(_ path: String, _ value: JSONValue, _ verdict: Verdict) -> Edit {
        Edit(path: path, value: value, verdict: verdict)
    }

    /// The message with the change made.
    func apply(to message: JSONValue) throws -> JSONValue {
        guard let value else { return try message.removing(path) }
        return try message.setting(path, to: value)
    }

    var testDescription: String {
        guard let value else { return "without \(path)" }
        let text = String(decoding: value.encoded.prefix(40), as: UTF8.self)
        return "\(path) = \(value == .fraction ? "a fraction" : text)"
    }
}

extension JSONValue {
    /// Every text of the document that is long enough to be recognised.
    var recognisableTexts: [String] {
        switch self {
        case .string(let text): text.utf8.count >= 8 ? [text] : []
        case .array(let elements): elements.flatMap(\.recognisableTexts)
        case .object(let members):
            members.flatMap { member in
                // Only names that are not the protocol's own.
                (member.name.hasPrefix("x-") ? [member.name] : [])
                    + member.value.recognisableTexts
            }
        case .null, .bool, .integer, .fraction: []
        }
    }
}
