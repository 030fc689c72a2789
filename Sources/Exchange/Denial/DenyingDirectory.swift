import Membership
import Synchronization

/// The directory in force, with whom regulators deny, and without those members of the own node that left
/// it: what every decision of a node is made by.
public final class DenyingDirectory: DirectorySource {
    private let officers: any DirectorySource
    private let board: DenialBoard
    private let departed: Set<MemberID>
    private let own: NodeID?
    private let last = Mutex<Combined?>(nil)

    private struct Combined {
        /// Kept, so that its storage stays the mark of its content.
        let officers: Directory
        let generation: Int
        let result: Directory
    }

    /// Puts a board's denials over the officers' directory.
    ///
    /// - Parameter departed: members of the node `own` that left it: withdrawn, whatever is listed.
    public init(
        officers: any DirectorySource, board: DenialBoard, departed: Set<MemberID> = [],
        of own: NodeID? = nil
    ) {
        self.officers = officers
        self.board = board
        self.departed = departed
        self.own = own
    }

    /// The officers' newest, without denials: these are told of apart.
    public var issued: Directory { officers.issued }

    /// When that expires.
    public var expires: Timestamp? { officers.expires }

    /// The directory as it is now.
    public var current: Directory {
        let directory = officers.current
        let generation = board.generation
        if let last = last.withLock({ $0 }), last.generation == generation,
            last.officers.isTriviallyIdentical(to: directory)
        {
            return last.result
        }
        var result = directory.denying(board.denied(in: directory))
        if let own { result = result.withdrawing(departed, of: own) }
        last.withLock {
            $0 = Combined(officers: directory, generation: generation, result: result)
        }
        return result
    }
}
