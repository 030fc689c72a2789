import Exchange
import GRDB

extension MoveApplication {
    /// Adds a borrower, or fills in one about whom the member asked from here before.
    func put(
        _ values: [StoredValue], _ columns: [String], _ old: Int64?, _ identity: SubjectIdentity,
        _ tokens: [SubjectToken], _ sealed: [UInt8]
    ) throws {
        var names = NameDigestList()
        names.add([identity.nameDigest].compactMap(\.self))
        var stored = values
        var isHeld = false
        for (index, column) in columns.enumerated() where column == "addition" {
            isHeld = stored[index] != .null
            if isHeld { stored[index] = .integer(movement.addition) }
        }
        if let known = try known(identity.reference, tokens) {
            guard let old else { throw MoveFault.form }
            merged[old] = known
            try fill(known, stored, columns, identity, names, tokens, sealed)
        } else {
            try db.cachedStatement(
                sql: """
                    INSERT INTO subject (memberID, \(columns.joined(separator: ", ")),
                        reference, dataKeyID, sealed, nameDigests)
                    VALUES (?, \(columns.map { _ in "?" }.joined(separator: ", ")), ?, ?, ?, ?)
                    """
            ).execute(
                arguments: StatementArguments(
                    [.integer(memberID)] + stored
                        + [
                            .bytes(identity.reference.bytes), .integer(dataKeyID), .bytes(sealed),
                            StoredValue(names.stored.map { Array($0) }),
                        ]))
            try add(tokens, to: db.lastInsertedRowID)
        }
        if isHeld { movement.noteAddition() }
    }

    private func known(_ reference: SubjectReference, _ tokens: [SubjectToken]) throws -> Int64? {
        if let id = try Int64.fetchOne(
            db.cachedStatement(
                sql: "SELECT id FROM subject WHERE memberID = ? AND reference = ?"),
            arguments: [memberID, reference.bytes.stored])
        {
            return id
        }
        for token in tokens {
            if let id = try Int64.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT subjectID FROM token WHERE kid = ? AND token = ? AND memberID = ?
                        """),
                arguments: [token.kid, token.token.bytes.stored, memberID])
            {
                return id
            }
        }
        return nil
    }

    /// What the book says counts, as at an import.
    private func fill(
        _ id: Int64, _ values: [StoredValue], _ columns: [String], _ identity: SubjectIdentity,
        _ names: NameDigestList, _ tokens: [SubjectToken], _ sealed: [UInt8]
    ) throws {
        // It has an inquiry here, so that it does not leave the filters yet: `leftAt` stays.
        for (column, value) in zip(columns, values)
        where column != "id" && column != "leftAt" && value != .null {
            try db.cachedStatement(sql: "UPDATE subject SET \(column) = ? WHERE id = ?")
                .execute(arguments: [value, id])
        }
        try db.execute(
            sql: """
                UPDATE subject SET reference = ?, dataKeyID = ?, sealed = ?,
                    nameDigests = coalesce(?, nameDigests) WHERE id = ?
                """,
            arguments: [
                identity.reference.bytes.stored, dataKeyID, sealed.stored, names.stored, id,
            ])
        try db.execute(sql: "DELETE FROM token WHERE subjectID = ?", arguments: [id])
        try add(tokens, to: id)
    }

    private func add(_ tokens: [SubjectToken], to id: Int64) throws {
        let insert = try db.cachedStatement(
            sql: """
                INSERT INTO token (kid, token, memberID, subjectID, nameChecks)
                VALUES (?, ?, ?, ?, ?)
                """)
        for token in tokens {
            var names = NameCheckList()
            names.add(fromBook: token.nameCheck)
            try insert.execute(arguments: [
                token.kid, token.token.bytes.stored, memberID, id, names.stored,
            ])
        }
    }
}
