import Exchange

/// What a test sets otherwise than a node does.
package struct LogTuning: Sendable {
    /// The most pages of 4 KiB that the file may have; nil: as many as the disk holds.
    package var pagesMax: Int?
    /// The most nonces that are remembered.
    package var noncesMax: Int
    /// The most entries that wait.
    package var queueMax: Int
    /// Called at every step of a commit; what it throws makes that step fail.
    package var atStep: @Sendable (LogStep) throws -> Void
    /// The same when evidence is deleted.
    package var atForgetting: @Sendable (ForgettingStep) throws -> Void

    /// As a node runs, but for what is given.
    package init(
        pagesMax: Int? = nil, noncesMax: Int = SQLiteLog.noncesMax,
        queueMax: Int = SQLiteLog.queueMax,
        atStep: @escaping @Sendable (LogStep) throws -> Void = { _ in },
        atForgetting: @escaping @Sendable (ForgettingStep) throws -> Void = { _ in }
    ) {
        self.pagesMax = pagesMax
        self.noncesMax = noncesMax
        self.queueMax = queueMax
        self.atStep = atStep
        self.atForgetting = atForgetting
    }
}

/// A place in a commit at which it can fail, or the process can end.
package enum LogStep: Sendable, CaseIterable {
    /// Everything is written, nothing committed.
    case beforeCommit
    /// The file has it; nobody was told.
    case afterCommit
    /// The record of the promise is written.
    case afterPromise
}

/// A place in the deletion of evidence at which it can fail, or the process can end.
package enum ForgettingStep: Sendable, CaseIterable {
    /// Everything is deleted, nothing committed.
    case beforeCommit
    /// The file has it; nobody was told.
    case afterCommit
}
