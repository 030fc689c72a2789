/// What an import lets pass that is else refused.
public struct ImportOptions: Sendable {
    /// Of the accounts of the part's last file, the percentage that may vanish.
    public static let vanishedPercentMax = 5
    /// So many may vanish from any part, however small.
    public static let vanishedAlwaysMax = 9

    /// Whether any share of the accounts may vanish.
    public var acceptsVanished: Bool
    /// Whether accounts of the import's own day may be told otherwise without a correction: of
    /// single accounts that are put during the day, the last word counts.
    public var acceptsSameDay: Bool

    /// Makes options.
    public init(acceptsVanished: Bool = false, acceptsSameDay: Bool = false) {
        self.acceptsVanished = acceptsVanished
        self.acceptsSameDay = acceptsSameDay
    }

    /// Refuses changes that go beyond the options.
    func check(
        _ changes: ImportChanges, of header: BookHeader, unplaced: Int
    ) throws(ImportRefusal) {
        // Some accounts of a part add what its day lacked; they tell otherwise only what it had.
        let differing = header.extent == .some ? changes.changedOfSameDay : changes.differing
        if differing > 0, header.correction == nil, !acceptsSameDay {
            throw .correctionNeeded(accounts: differing)
        }
        let isMuch =
            changes.vanished > Self.vanishedAlwaysMax
            && changes.vanished * 100 > changes.stoodBefore * Self.vanishedPercentMax
        if isMuch, !acceptsVanished { throw .tooManyVanished(changes, unplaced: unplaced) }
    }
}

/// Why an import that could be read is refused; nothing was changed.
public enum ImportRefusal: Error, Equatable, Sendable {
    /// The file says of a day that was imported before something else about so many accounts; a
    /// correction has to say why.
    case correctionNeeded(accounts: Int)
    /// More accounts vanished than may: the file is a part of the book, or the list of the vanished
    /// has to be accepted. `unplaced`: rows that could not be read as far as their account.
    case tooManyVanished(ImportChanges, unplaced: Int)
}
