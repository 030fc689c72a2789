import Book
import Exchange
import Foundation
import GRDB
import Pseudonym

/// Finds and adds the subjects about whom a member asks, within one write. Its book decides of
/// their kind and names; asking only fills gaps.
///
/// A subject belongs to one member; the same token of another member of the node is another subject.
final class SubjectTable {
    /// A subject that is there already, with what is stored of each token of its key.
    struct Known {
        let id: Int64
        fileprivate let isHeld: Bool
        fileprivate let names: [NameCheckList?]
    }

    private let memberID: Int64
    private let movement: TokenMovement
    private let db: Database
    private let findToken: Statement
    private let insertSubject: Statement
    private let insertToken: Statement

    init(_ db: Database, memberID: Int64, movement: TokenMovement) throws {
        self.db = db
        self.memberID = memberID
        self.movement = movement
        findToken = try db.cachedStatement(
            sql: """
                SELECT subject.id, subject.addition IS NOT NULL, token.nameChecks
                FROM token JOIN subject ON subject.id = token.subjectID
                WHERE token.kid = ? AND token.token = ? AND token.memberID = ?
                """)
        insertSubject = try db.cachedStatement(
            sql: "INSERT INTO subject (memberID, kind, addition) VALUES (?, ?, ?)")
        insertToken = try db.cachedStatement(
            sql: """
                INSERT INTO token (kid, token, memberID, subjectID, nameChecks)
                VALUES (?, ?, ?, ?, ?)
                """)
    }

    /// The subject that any of the key's tokens identifies; nil when none is known.
    func find(_ key: SubjectKey) throws -> Known? {
        let rows = try key.tokens.map(find)
        guard let first = rows.lazy.compactMap(\.self).first else { return nil }
        return Known(
            id: first.id, isHeld: first.isHeld, names: rows.map { $0?.names })
    }

    /// Adds a subject. `isHeld`: it gets an account or an inquiry in this write.
    func insert(_ key: SubjectKey, isHeld: Bool) throws -> Int64 {
        try insertSubject.execute(arguments: [
            memberID, key.kind.rawValue, isHeld ? movement.addition : nil,
        ])
        if isHeld { movement.noteAddition() }
        let id = db.lastInsertedRowID
        for token in key.tokens {
            try insert(token, of: id)
        }
        return id
    }

    /// Brings a known subject up to date: tokens of keys that are new to it, a name where none is
    /// known, and that it has an account or an inquiry now.
    func update(_ known: Known, from key: SubjectKey, isHeld: Bool) throws {
        var hasNewToken = false
        for (token, names) in zip(key.tokens, known.names) {
            if let names {
                try update(names, of: token)
            } else {
                try insert(token, of: known.id)
                hasNewToken = true
            }
        }
        if isHeld && !known.isHeld || known.isHeld && hasNewToken {
            try db.cachedStatement(sql: "UPDATE subject SET addition = ? WHERE id = ?")
                .execute(arguments: [movement.addition, known.id])
            movement.noteAddition()
        }
    }

    /// Finds or adds the subject and brings it up to date.
    func id(of key: SubjectKey, isHeld: Bool) throws -> Int64 {
        guard let known = try find(key) else {
            return try insert(key, isHeld: isHeld)
        }
        try update(known, from: key, isHeld: isHeld)
        return known.id
    }
}

extension SubjectTable {
    private typealias TokenRow = (id: Int64, isHeld: Bool, names: NameCheckList)

    private func find(_ token: SubjectToken) throws -> TokenRow? {
        let row = try Row.fetchOne(
            findToken, arguments: [token.kid, token.token.bytes.stored, memberID])
        guard let row else { return nil }
        var columns = ColumnReader(row)
        return (
            id: try columns.take(), isHeld: try columns.take(),
            names: try columns.takeOptional(NameCheckList.init(stored:)) ?? NameCheckList()
        )
    }

    private func insert(_ token: SubjectToken, of subjectID: Int64) throws {
        let names = Self.adding(token.nameCheck, to: NameCheckList())
        try insertToken.execute(arguments: [
            token.kid, token.token.bytes.stored, memberID, subjectID, names.stored,
        ])
    }

    private func update(
        _ names: NameCheckList, of token: SubjectToken
    ) throws {
        let updated = Self.adding(token.nameCheck, to: names)
        guard updated != names else { return }
        try db.cachedStatement(
            sql: "UPDATE token SET nameChecks = ? WHERE kid = ? AND token = ? AND memberID = ?"
        ).execute(arguments: [updated.stored, token.kid, token.token.bytes.stored, memberID])
    }

    private static func adding(
        _ check: NameCheck?, to names: NameCheckList
    ) -> NameCheckList {
        var names = names
        names.add(fromAsking: check)
        return names
    }
}
