import Exchange
import Foundation
import GRDB

/// The file in which an import is collected before it is applied: beside the store, in its private
/// folder, with mode 0600. It holds what the store holds and nothing else.
///
/// It is worth nothing: whatever ends an import deletes it, and so does the next opening of the store
/// after a crash. Hence it has no journal and waits for no disk.
struct DraftFile {
    let path: String

    /// The draft of a store at a path.
    init(ofStoreAt storePath: String) {
        path = storePath + "-draft"
    }

    /// Deletes it, also what SQLite may have left beside it.
    func remove() {
        for suffix in ["", "-journal", "-wal", "-shm"] { unlink(path + suffix) }
    }

    /// Makes it anew, empty.
    func make(_ tuning: StoreTuning) throws -> DatabaseQueue {
        remove()
        close(try StoreFile(path: path).openPrivately(path))
        var configuration = Configuration()
        configuration.label = "creditmesh.store.draft"
        configuration.publicStatementArguments = false
        // One transaction from the first row to the last.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            try db.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA journal_mode = OFF;
                    PRAGMA synchronous = OFF;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -\(tuning.pageCacheKiB);
                    """)
            if let pagesMax = tuning.draftPagesMax {
                try db.execute(sql: "PRAGMA max_page_count = \(pagesMax)")
            }
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Lets a connection of the store read the draft as `draft`, outside of any transaction.
    func attach(to db: Database, _ tuning: StoreTuning) throws {
        try db.execute(sql: "ATTACH DATABASE ? AS draft", arguments: [path])
        try db.execute(
            sql: """
                PRAGMA draft.journal_mode = MEMORY;
                PRAGMA draft.synchronous = OFF;
                PRAGMA draft.secure_delete = OFF;
                PRAGMA draft.cache_size = -\(tuning.pageCacheKiB / 2);
                """)
    }

    /// Ends what `attach` began.
    func detach(from db: Database) throws {
        try db.execute(sql: "DETACH DATABASE draft")
    }
}
