import Exchange
import GRDB

/// A table of which a member takes its rows along, and how they are told and taken.
struct MovedTable {
    let name: String
    /// Which rows are a member's; `?1` is its number.
    let condition: String
    /// The columns with numbers of rows, by the tables of those: they are shifted.
    let numbers: [String: String]
    /// The columns that mean something at this node alone.
    let left: Set<String>
    /// Whether its rows belong to the member directly, by `memberID`.
    let isOwn: Bool
    /// Whether something is sealed in it.
    let hasIdentity: Bool
    /// What stands behind the columns: the number of the row whose reference the column holds that is
    /// named for its table. At another node the row has another reference.
    let further: [(name: String, table: String, sql: String)]

    /// All of them, those that others hang on first. A test holds that every other table has nothing of
    /// a member, or stays for a reason.
    static let all = [
        MovedTable("part", isOwn: true),
        MovedTable(
            "partDay", "partID IN (SELECT id FROM part WHERE \(ofMember))", ["partID": "part"]),
        MovedTable("expectedPart", isOwn: true),
        // A token is made anew; `addition` tells only that there is one.
        MovedTable("subject", left: ["nameDigests"], isOwn: true, hasIdentity: true),
        // The new node tells its own log.
        MovedTable(
            "consent", ofSubject, ["subjectID": "subject", "partID": "part"], left: ["told"]),
        // By which this node knows the row of a file again, and what its log was told.
        MovedTable(
            "account", ofSubject,
            ["subjectID": "subject", "partID": "part", "consentID": "consent"],
            left: ["digest", "line", "disputeTold", "disputeTelling"], hasIdentity: true),
        MovedTable(
            "accountState", "accountID IN (SELECT id FROM account WHERE \(ofSubject))",
            ["accountID": "account"]),
        // A case is known by a digest under this node's key.
        MovedTable("inquiry", ofSubject, ["subjectID": "subject"], left: ["caseDigest"]),
        MovedTable("bookImport", isOwn: true),
        MovedTable(
            "correction", "importID IN (SELECT id FROM bookImport WHERE \(ofMember))",
            ["importID": "bookImport"], further: references),
        MovedTable("publication", isOwn: true),
        MovedTable(
            "publicationTotal", "publicationID IN (SELECT id FROM publication WHERE \(ofMember))",
            ["publicationID": "publication"]),
    ]

    private static let ofMember = "memberID = ?1"
    private static let ofSubject = "subjectID IN (SELECT id FROM subject WHERE \(ofMember))"
    private static let references = [
        (
            name: "accountID", table: "account",
            sql: """
            (SELECT min(a.id) FROM account a JOIN subject s ON s.id = a.subjectID
                WHERE a.reference = correction.account AND s.memberID = ?1)
            """
        ),
        (
            name: "subjectID", table: "subject",
            sql: """
            (SELECT id FROM subject s
                WHERE s.reference = correction.subject AND s.memberID = ?1)
            """
        ),
    ]

    private init(
        _ name: String, _ condition: String = ofMember, _ numbers: [String: String] = [:],
        left: Set<String> = [], isOwn: Bool = false, hasIdentity: Bool = false,
        further: [(name: String, table: String, sql: String)] = []
    ) {
        (self.name, self.condition, self.isOwn) = (name, condition, isOwn)
        self.numbers = numbers
        self.left = left.union(["memberID"])
            .union(hasIdentity ? ["reference", "dataKeyID", "sealed"] : [])
        (self.hasIdentity, self.further) = (hasIdentity, further)
    }

    /// The columns of the table that are taken along, in its own order.
    func columns(_ db: Database) throws -> [String] {
        try String.fetchAll(
            db, sql: "SELECT name FROM pragma_table_info(?) ORDER BY cid", arguments: [name]
        ).filter { !left.contains($0) }
    }

    /// Reads a member's rows: the columns, what stands behind them, and what is sealed.
    func select(_ columns: [String]) -> String {
        let identity =
            hasIdentity
            ? ["reference", "(SELECT box FROM dataKey WHERE id = dataKeyID)", "sealed"] : []
        let all = columns.map { "\(name).\($0)" } + further.map(\.sql) + identity
        return """
            SELECT \(all.joined(separator: ", ")) FROM \(name) WHERE \(condition) ORDER BY 1
            """
    }

    /// Puts a row: the member's number where it is its own, the columns, and what is sealed anew.
    func insert(_ columns: [String]) -> String {
        let names =
            (isOwn ? ["memberID"] : []) + columns
            + (hasIdentity ? ["reference", "dataKeyID", "sealed"] : [])
        let values = names.map { _ in "?" }.joined(separator: ", ")
        // What was consented to for an asking may be known here, too.
        let conflict = name == "consent" ? " ON CONFLICT DO NOTHING" : ""
        return
            "INSERT INTO \(name) (\(names.joined(separator: ", "))) VALUES (\(values))\(conflict)"
    }

    /// The table as the form names it.
    func form(_ db: Database) throws -> MoveForm.Table {
        MoveForm.Table(name: name, columns: try columns(db) + further.map(\.name))
    }
}
