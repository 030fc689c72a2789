import GRDB

/// `v2-publishing`: what publishing needs besides the book itself: subjects that left the filters
/// although something is held of them, salts of evidence, and statements.
enum PublishingMigration {
    static func migrate(_ db: Database) throws {
        for statement in [subjects, consents, publications] {
            try db.execute(sql: statement)
        }
    }

    /// `leftAt` is the moment since which nothing of the subject concerns others, so that its tokens
    /// are in no filter; `addition` stays as it is.
    private static let subjects = """
        ALTER TABLE subject ADD COLUMN leftAt INTEGER;
        CREATE INDEX subjectLeft ON subject(id) WHERE leftAt IS NOT NULL;
        """

    private static let consents = """
        ALTER TABLE consent ADD COLUMN evidenceSalt BLOB CHECK (length(evidenceSalt) = 32);
        CREATE INDEX consentWithdrawn ON consent(subjectID) WHERE withdrawnAt IS NOT NULL;
        """

    private static let publications = """
        ALTER TABLE publication ADD COLUMN statement BLOB CHECK (length(statement) <= 1048576);
        ALTER TABLE publication ADD COLUMN digest BLOB
            CHECK (length(digest) = 32) CHECK ((digest IS NULL) = (statement IS NULL));
        """
}
