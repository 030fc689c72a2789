/// What a test sets otherwise than a node does.
package struct StoreTuning: Sendable {
    /// The most pages of 4 KiB that the file may have; nil: as many as the disk holds. A write
    /// beyond it fails as on a full disk.
    package var pagesMax: Int?
    /// The same for the draft of an import.
    package var draftPagesMax: Int?
    /// Memory for pages, a connection.
    package var pageCacheKiB: Int
    /// The same while an import is applied. Little makes SQLite write pages before the commit.
    package var importCacheKiB: Int

    /// As a node runs, but for what is given.
    package init(
        pagesMax: Int? = nil, draftPagesMax: Int? = nil,
        importCacheKiB: Int = SQLiteStore.importCacheKiB,
        pageCacheKiB: Int = SQLiteStore.pageCacheKiB
    ) {
        self.pagesMax = pagesMax
        self.draftPagesMax = draftPagesMax
        self.importCacheKiB = importCacheKiB
        self.pageCacheKiB = pageCacheKiB
    }
}
