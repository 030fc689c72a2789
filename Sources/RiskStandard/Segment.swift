/// Which part of the book a loan belongs to; some rules are for one part only.
public enum Segment: String, Sendable, Codable {
    /// Personal loans, cards, small and micro business: judged loan by loan (article 8).
    case retail
    /// Everything else: judged by debtor (article 7).
    case nonRetail = "non-retail"
}
