/// Why a tool of the regulator could not do its work. What it found is no failure but a
/// ``AuditFinding``.
public enum AuditFailure: Error, Equatable, Sendable {
    /// A file of the folder cannot be read or written; the name within the folder, and what is wrong.
    case file(String, String)
    /// The folder is none of a mirror, or that of another node.
    case folder(String)
    /// The log could not be read, or refused; again later.
    case source(String)
    /// A private half of an opening key is not held; its name.
    case openingKey(String)
    /// The log served something that cannot be a log's: what was copied before stays. It is kept as
    /// evidence where that is possible.
    case untrue(AuditFinding)
}
