import Exchange
import Logging
import Membership

/// How loudly a node says that its certificate ends: from the time on at which it should have been
/// renewed, then more loudly (certs/PROFILE.md, "Renewal").
enum CertificateExpiry {
    /// What to say, and how long to be silent then.
    struct Warning: Equatable {
        let level: Logger.Level
        let silence: Duration
    }

    /// Shares of its life.
    private static let urgent = 5.0 / 6
    private static let critical = 11.0 / 12

    /// What to say; nil while there is no need.
    static func warning(of certificate: NodeCertificate, at now: Timestamp) -> Warning? {
        let life = certificate.notAfter.timeIntervalSince(certificate.notBefore)
        let spent = Double(now.secondsSinceEpoch) - certificate.notBefore.timeIntervalSince1970
        if spent >= life * critical { return Warning(level: .critical, silence: .seconds(3_600)) }
        if spent >= life * urgent { return Warning(level: .error, silence: .seconds(21_600)) }
        guard Double(now.secondsSinceEpoch) >= certificate.renewal.timeIntervalSince1970 else {
            return nil
        }
        return Warning(level: .warning, silence: .seconds(86_400))
    }
}
