import Exchange
import TransparencyLog

/// What an entry says of an asking of the log's own node: that it begins, or how it ended.
enum AskingStep: Hashable, Sendable {
    case begins(MerkleHash)
    case ends(MerkleHash)

    /// What an entry says; nil for entries of other things, and of the other side.
    init?(_ entry: LogEntry) {
        guard entry.type.isOfExchange, entry.member != nil, let request = entry.request else {
            return nil
        }
        switch entry.type {
        case .evaluationAsked, .queryAsked: self = .begins(request)
        default: self = .ends(request)
        }
    }
}
