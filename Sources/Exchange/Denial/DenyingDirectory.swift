import Membership
import Synchronization

/// The directory in force, with whom regulators deny: what every decision of a node is made by.
public final class DenyingDirectory: DirectorySource {
    private let officers: any DirectorySource
    private let board: DenialBoard
    private let last = Mutex<Combined?>(nil)

    private struct Combined {
        /// Kept, so that its storage stays the mark of its content.
        let officers: Directory
        let generation: Int
        let result: Directory
    }

    /// Puts a board's denials over the officers' directory.
    public init(officers: any DirectorySource, board: DenialBoard) {
        self.officers = officers
        self.board = board
    }

    /// The directory as it is now.
    public var current: Directory {
        let directory = officers.current
        let generation = board.generation
        if let last = last.withLock({ $0 }), last.generation == generation,
            last.officers.isTriviallyIdentical(to: directory)
        {
            return last.result
        }
        let result = directory.denying(board.denied(in: directory))
        last.withLock {
            $0 = Combined(officers: directory, generation: generation, result: result)
        }
        return result
    }
}
