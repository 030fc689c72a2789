import Membership

/// Takes denials from peers and shows those that count.
public struct DenialDesk: Sendable {
    private let board: DenialBoard
    private let directory: any DirectorySource
    private let onNew: @Sendable ([UInt8]) -> Void

    /// Opens the desk.
    ///
    /// - Parameters:
    ///   - directory: by which notes are judged.
    ///   - onNew: called with every note that was new here, so that it is handed on.
    public init(
        board: DenialBoard, directory: any DirectorySource,
        onNew: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.board = board
        self.directory = directory
        self.onNew = onNew
    }

    /// What counts here.
    public var list: DenialList { DenialList(denials: board.notes(in: directory.current)) }

    /// Takes a note from a caller; an older one than what is held changes nothing.
    ///
    /// - Returns: what counts here then.
    /// - Throws: `unknown-member`, `invalid-denial`, `internal`.
    public func take(
        _ request: DenialRequest, from caller: Caller
    ) throws(Problem) -> DenialList {
        guard request.member == caller.member.id else {
            throw Problem(.unknownMember, "the request is not signed by the member that it names")
        }
        try hand(in: request.denial)
        return list
    }

    private func hand(in note: [UInt8]) throws(Problem) {
        do throws(DenialError) {
            if try board.take(note, in: directory.current) { onNew(note) }
        } catch {
            switch error {
            case .invalid:
                throw Problem(
                    .invalidDenial,
                    "it is no note under a denial key of this node's directory")
            case .conflict:
                throw Problem(
                    .invalidDenial, "another note of this version came before; sign the next one")
            case .storage:
                onNew(note)
                throw Problem(.internal, "the note holds, but could not be kept")
            }
        }
    }
}
