import GRDB

/// The schema of the store, as the list of steps that led to it.
///
/// A step that was released is never changed: a later one changes what it made. A file that knows a
/// step that this version does not is refused (`StoreError.newer`).
enum StoreSchema {
    /// Marks the file as ours in SQLite's header: `CrMh`.
    static let applicationID: Int32 = 0x4372_4D68

    /// All steps, oldest first.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("v1-book", migrate: BookMigration.migrate)
        migrator.registerMigration("v1-filters", migrate: FilterMigration.migrate)
        migrator.registerMigration("v1-asking", migrate: AskingMigration.migrate)
        migrator.registerMigration("v2-import", migrate: ImportMigration.migrate)
        migrator.registerMigration("v2-publishing", migrate: PublishingMigration.migrate)
        migrator.registerMigration("v3-log") { db in
            try db.execute(
                sql: """
                    ALTER TABLE publishedFilter
                        ADD COLUMN logIndex INTEGER CHECK (logIndex >= 0)
                    """)
        }
        migrator.registerMigration("v4-lines") { db in
            // By which a row is known without being read; NULL wherever `digest` is.
            try db.execute(
                sql: """
                    ALTER TABLE account ADD COLUMN line BLOB CHECK (length(line) = 16)
                    """)
        }
        migrator.registerMigration("v5-told", migrate: BookEventMigration.migrate)
        migrator.registerMigration("v6-numbered", migrate: BookEventMigration.tellAgain)
        migrator.registerMigration("v7-leaving", migrate: LeavingMigration.migrate)
        migrator.registerMigration("v8-moving", migrate: MovingMigration.migrate)
        migrator.registerMigration("v9-telling", migrate: BookEventMigration.nameLog)
        return migrator
    }
}
