import Pseudonym
import StrictJSON

extension ServedEvidence {
    /// The own accounts that it shows: those that an answer of this node disclosed, and those whose
    /// disputes were told. Nothing where it cannot be read.
    var ownAccounts: Set<AccountReference> {
        guard let entry = try? LogEntry(bytes: entry) else { return [] }
        switch entry.type {
        case .queryAnswered where entry.peerMember != nil: return disclosedAccounts(entry.count)
        case .disputeOpened, .disputeEnded:
            return Set(evidence.items.compactMap { Self.account(of: $0) })
        default: return []
        }
    }

    /// The numbers of the own book's consents that it tells of. Nothing where it cannot be read.
    var ownConsents: Set<Int> {
        guard let entry = try? LogEntry(bytes: entry),
            entry.type == .consentRecorded || entry.type == .consentWithdrawn
        else { return [] }
        return Set(evidence.items.compactMap { Self.consent(in: $0) })
    }

    private func disclosedAccounts(_ count: Int?) -> Set<AccountReference> {
        let limits = JSONLimits(documentBytesMax: ExchangeLimits.answerBytesMax)
        guard let body = evidence.answer?.body, let count,
            let json = try? JSONValue(parsing: body, limits: limits),
            let answer = try? QueryAnswer(json: json, count: count)
        else { return [] }
        var accounts: Set<AccountReference> = []
        for case .found(let summaries, _, _) in answer.results {
            for summary in summaries { accounts.formUnion(summary.accounts.map(\.reference)) }
        }
        return accounts
    }

    private static func account(of item: [UInt8]) -> AccountReference? {
        member("account", of: item)?.bytes(count: 16).flatMap { AccountReference(bytes: $0) }
    }

    private static func consent(in item: [UInt8]) -> Int? { member("consent", of: item)?.integer }

    private static func member(_ name: String, of item: [UInt8]) -> JSONValue? {
        let limits = JSONLimits(documentBytesMax: BookEvent.valueBytesMax)
        guard let json = try? JSONValue(parsing: item, limits: limits),
            var reader = try? JSONObjectReader(json)
        else { return nil }
        return reader.optional(name)
    }
}
