import TransparencyLog

/// Why and by whom of the own people something is asked: what the own log says of it, and nobody else
/// is told but for the purpose of a query.
package struct AskCircumstances: Sendable {
    /// What for.
    let purpose: Purpose
    /// By which way.
    let channel: LogChannel
    /// Who of the own people, under a salt.
    private let operatorName: Salted?
    /// For which case, under a salt.
    private let caseName: Salted?

    private struct Salted: Sendable {
        let commitment: Commitment
        let salt: CommitmentSalt

        init?(_ text: String?) {
            guard let text, let salt = CommitmentSalt.fresh(1).first else { return nil }
            commitment = Commitment(to: Array(text.utf8), salt: salt)
            self.salt = salt
        }
    }

    /// Circumstances; operator and case are committed to under fresh salts.
    package init(
        purpose: Purpose, channel: LogChannel, operatorName: String?, caseName: String?
    ) {
        self.purpose = purpose
        self.channel = channel
        self.operatorName = Salted(operatorName)
        self.caseName = Salted(caseName)
    }

    /// Puts them into an entry of the asker.
    func describe(_ entry: inout LogEntry) {
        entry.purpose = purpose
        entry.channel = channel
        entry.operatorCommitment = operatorName?.commitment
        entry.caseCommitment = caseName?.commitment
    }

    /// The salts of operator and case, where there are some.
    var salts: [CommitmentSalt] { [operatorName, caseName].compactMap { $0?.salt } }
}
