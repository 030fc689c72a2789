/// Where a pseudonym key stands in its life (protocol.md §3).
public enum KeyState: String, Sendable, CaseIterable {
    /// Made, its filter in the making; answers `unknown-kid`.
    case next
    /// The one that askers use.
    case current
    /// Still answered for askers with an older filter, then destroyed.
    case retiring
}
