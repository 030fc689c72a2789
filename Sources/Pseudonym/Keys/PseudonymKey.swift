import Foundation

/// A node's pseudonym key with its name and state. The name, state and time are public; the secret
/// shows in no text.
public struct PseudonymKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// The key's name in the directory.
    public let kid: KeyID

    /// Where the key stands in its life.
    public let state: KeyState

    /// When the key was made, to the second; the charter bounds its life.
    public let createdAt: Date

    /// The secret itself.
    public let secret: VOPRFSecretKey

    /// A key from its parts.
    public init(kid: KeyID, state: KeyState, createdAt: Date, secret: VOPRFSecretKey) {
        self.kid = kid
        self.state = state
        self.createdAt = createdAt
        self.secret = secret
    }

    /// Name and state.
    public var description: String { "<pseudonym key \(kid), \(state.rawValue)>" }

    /// A mirror without the secret.
    public var customMirror: Mirror {
        Mirror(self, children: ["kid": kid, "state": state, "createdAt": createdAt])
    }
}
