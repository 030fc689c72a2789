import Book
import Pseudonym

/// A subject as the store knows it: by token only.
public struct SubjectKey: Sendable, Equatable {
    /// Token and name check under each live key of the node. Any of them that the store knows
    /// identifies the subject, so that a change of keys loses nobody. None: it is known by
    /// reference, and nothing of this is new.
    public let tokens: [SubjectToken]
    /// Person or enterprise.
    public let kind: SubjectKind
    /// Of the name that the tokens check (`SubjectIdentity.nameDigest`); nil without name or where
    /// the subject comes from elsewhere than a book.
    public let nameDigest: [UInt8]?

    /// Makes a key.
    public init(tokens: [SubjectToken], kind: SubjectKind, nameDigest: [UInt8]? = nil) {
        self.tokens = tokens
        self.kind = kind
        self.nameDigest = nameDigest
    }
}

/// A subject's token under one key.
public struct SubjectToken: Sendable, Equatable {
    /// The key.
    public let kid: String
    /// The token.
    public let token: Token
    /// The check of one spelling of the name; nil when the name is not known.
    public let nameCheck: NameCheck?

    /// Makes a token.
    public init(kid: String, token: Token, nameCheck: NameCheck?) {
        self.kid = kid
        self.token = token
        self.nameCheck = nameCheck
    }
}
