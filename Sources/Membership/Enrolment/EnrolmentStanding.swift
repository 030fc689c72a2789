/// How far an enrolment has come.
public enum EnrolmentState: String, Sendable, CaseIterable {
    /// The token was not used, or in part.
    case invited
    /// Keys and request are there; officers are to approve.
    case enrolled
    /// The certificate is issued.
    case issued
}

/// What the holder of a token may know.
public struct EnrolmentStanding: Sendable, Equatable {
    /// Who is invited.
    public let invitation: Invitation
    /// How far it has come.
    public let state: EnrolmentState
    /// Until when the token can be used, in seconds since 1970.
    public let expires: Int

    /// A standing.
    public init(invitation: Invitation, state: EnrolmentState, expires: Int) {
        self.invitation = invitation
        self.state = state
        self.expires = expires
    }
}

/// An answer to a request for a certificate.
public enum EnrolmentReply: Sendable, Equatable {
    /// Officers have not approved yet; ask again.
    case waiting(EnrolmentState)
    /// The certificate in DER.
    case issued([UInt8])
}
