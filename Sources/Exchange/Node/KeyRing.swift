import Pseudonym

/// The pseudonym keys of a node, by their names and states (protocol/messages.md, keys).
public struct KeyRing: Sendable {
    /// All keys that are not destroyed.
    public let keys: [PseudonymKey]
    /// The key that askers use.
    public let current: PseudonymKey

    /// Takes the keys of a node.
    /// - Throws: `KeyRingError`: the keys' owner is at fault.
    public init(_ keys: [PseudonymKey]) throws(KeyRingError) {
        guard Set(keys.map(\.kid)).count == keys.count else { throw .duplicateName }
        let currents = keys.filter { $0.state == .current }
        guard let current = currents.first, currents.count == 1 else {
            throw .currentKeys(count: currents.count)
        }
        self.keys = keys
        self.current = current
    }

    /// The key of that name if peers may use it: current or retiring. A `next` key is unknown to
    /// them.
    public func answering(_ kid: String) -> PseudonymKey? {
        answering.first { $0.kid.rawValue == kid }
    }

    /// The keys that peers may use.
    public var answering: [PseudonymKey] { keys.filter { $0.state != .next } }

    /// The subject's token and name check under every key, the current one first.
    public func subjectTokens(for input: SubjectInput, name: SubjectName?) -> [SubjectToken] {
        ([current] + keys.filter { $0.kid != current.kid }).map { key in
            let output = key.secret.output(for: input)
            return SubjectToken(
                kid: key.kid.rawValue, token: output.token,
                nameCheck: name.map(output.nameCheck))
        }
    }
}

/// Why keys do not make a key ring.
public enum KeyRingError: Error, Equatable, Sendable {
    /// Not exactly one key is current.
    case currentKeys(count: Int)
    /// Two keys have the same name.
    case duplicateName
}
