/// What a test sets otherwise than a node does.
package struct StoreTuning: Sendable {
    /// The most pages of 4 KiB that the file may have; nil: as many as the disk holds. A write
    /// beyond it fails as on a full disk.
    package var pagesMax: Int?
    /// The same for the draft of an import.
    package var draftPagesMax: Int?
    /// Memory for pages while the file is written. Little makes SQLite write pages before the
    /// commit.
    package var writerCacheKiB: Int
    /// Memory for pages, a reader or a draft.
    package var readerCacheKiB: Int

    /// As a node runs, but for what is given.
    package init(
        pagesMax: Int? = nil, draftPagesMax: Int? = nil,
        writerCacheKiB: Int = SQLiteStore.writerCacheKiB,
        readerCacheKiB: Int = SQLiteStore.readerCacheKiB
    ) {
        self.pagesMax = pagesMax
        self.draftPagesMax = draftPagesMax
        self.writerCacheKiB = writerCacheKiB
        self.readerCacheKiB = readerCacheKiB
    }
}
