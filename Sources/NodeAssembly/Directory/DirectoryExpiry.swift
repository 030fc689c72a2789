import Logging
import TUF

/// How loudly a node says that its directory will expire. From half of the timestamp's life on it
/// says so, then more often and more loudly (protocol/directory.md, "When it expires").
struct DirectoryExpiry {
    /// The life of a timestamp.
    static let life: Duration = .seconds(86_400)

    /// What to say, and how long to be silent then.
    struct Warning: Equatable {
        let level: Logger.Level
        let silence: Duration
    }

    /// What to say with so much time left; nil while there is no need.
    static func warning(left: Duration) -> Warning? {
        switch left {
        case ...Duration.zero: Warning(level: .critical, silence: .seconds(60))
        case ..<(life / 8): Warning(level: .critical, silence: .seconds(600))
        case ..<(life / 4): Warning(level: .error, silence: .seconds(1_800))
        case ..<(life / 2): Warning(level: .warning, silence: .seconds(3_600))
        default: nil
        }
    }
}
