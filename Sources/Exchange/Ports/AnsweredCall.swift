import HTTPSignatures

/// A request that was answered, before the answer leaves: what the log is told of it.
public struct AnsweredCall: Sendable {
    /// Which of the two kinds of asking it was.
    public let subject: PeerMessage.Subject
    /// What was asked; nil when it could not be read.
    public let message: PeerMessage?
    /// Who asked.
    public let caller: Caller
    /// The request.
    public let request: VerifiedRequest
    /// Its content.
    public let requestBody: [UInt8]
    /// The answer, with its final signature.
    public let answer: SignedAnswer
    /// Its content.
    public let answerBody: [UInt8]
    /// On which consents what it discloses rests, one list a query.
    public let consents: [[RestingConsent]]

    /// A call that was answered.
    public init(
        subject: PeerMessage.Subject, message: PeerMessage?, caller: Caller,
        request: VerifiedRequest, requestBody: [UInt8], answer: SignedAnswer,
        answerBody: [UInt8], consents: [[RestingConsent]] = []
    ) {
        self.subject = subject
        self.message = message
        self.caller = caller
        self.request = request
        self.requestBody = requestBody
        self.answer = answer
        self.answerBody = answerBody
        self.consents = consents
    }
}
