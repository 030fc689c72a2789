/// The bounds of an enrolment (protocol/enrolment.md).
public enum EnrolmentLimits {
    /// Most members of one invited node, as many as one manifest has.
    public static let membersMax = 1_024
    /// Most bytes of a token.
    public static let tokenBytesMax = 4 * 1024
    /// Most bytes of an invitation in JSON.
    public static let invitationBytesMax = 1024 * 1024
    /// Most bytes of a document of keys.
    public static let keysBytesMax = 4 * 1024 * 1024
    /// How long a token can be used.
    public static let tokenLife: Duration = .seconds(86_400)
    /// How long after that officers may take, for whoever used the token in time.
    public static let approvalWaitMax: Duration = .seconds(30 * 86_400)
    /// How long after its issue a certificate is handed out again to the same request.
    public static let repeatLife: Duration = .seconds(86_400)
    /// Bytes of a token's secret.
    public static let secretBytes = 32
}
