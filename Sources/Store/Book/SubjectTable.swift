import Book
import Exchange
import Foundation
import GRDB
import Pseudonym

/// Finds and adds the subjects of one member within one write.
///
/// A subject belongs to one member; the same token of another member of the node is another subject.
final class SubjectTable {
    /// Whether a subject's kind and name come from the member's book, which decides, or from
    /// elsewhere, which only fills gaps.
    enum Origin { case book, elsewhere }

    /// A subject that is there already, with what is stored of each token of its key.
    struct Known {
        let id: Int64
        fileprivate let kind: SubjectKind
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
                SELECT subject.id, subject.kind, subject.addition IS NOT NULL, token.nameChecks
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
            id: first.id, kind: first.kind, isHeld: first.isHeld, names: rows.map { $0?.names })
    }

    /// Adds a subject. `isHeld`: it gets an account or an inquiry in this write.
    func insert(_ key: SubjectKey, isHeld: Bool, origin: Origin) throws -> Int64 {
        try insertSubject.execute(arguments: [
            memberID, key.kind.rawValue, isHeld ? movement.addition : nil,
        ])
        if isHeld { movement.noteAddition() }
        let id = db.lastInsertedRowID
        for token in key.tokens {
            try insert(token, of: id, origin: origin)
        }
        return id
    }

    /// Brings a known subject up to date: tokens of keys that are new to it, names, kind, and that
    /// it has an account or an inquiry now.
    func update(_ known: Known, from key: SubjectKey, isHeld: Bool, origin: Origin) throws {
        var hasNewToken = false
        for (token, names) in zip(key.tokens, known.names) {
            if let names {
                try update(names, of: token, origin: origin)
            } else {
                try insert(token, of: known.id, origin: origin)
                hasNewToken = true
            }
        }
        if isHeld && !known.isHeld || known.isHeld && hasNewToken {
            try db.cachedStatement(sql: "UPDATE subject SET addition = ? WHERE id = ?")
                .execute(arguments: [movement.addition, known.id])
            movement.noteAddition()
        }
        if origin == .book, key.kind != known.kind {
            try db.cachedStatement(sql: "UPDATE subject SET kind = ? WHERE id = ?")
                .execute(arguments: [key.kind.rawValue, known.id])
        }
    }

    /// Finds or adds the subject and brings it up to date.
    func id(of key: SubjectKey, isHeld: Bool, origin: Origin) throws -> Int64 {
        guard let known = try find(key) else {
            return try insert(key, isHeld: isHeld, origin: origin)
        }
        try update(known, from: key, isHeld: isHeld, origin: origin)
        return known.id
    }
}

extension SubjectTable {
    private typealias TokenRow = (id: Int64, kind: SubjectKind, isHeld: Bool, names: NameCheckList)

    private func find(_ token: SubjectToken) throws -> TokenRow? {
        let rows = try Row.fetchCursor(
            findToken, arguments: [token.kid, token.token.bytes.stored, memberID])
        guard let row = try rows.next() else { return nil }
        var columns = ColumnReader(row)
        return (
            id: try columns.take(), kind: try columns.take(SubjectKind.init(rawValue:)),
            isHeld: try columns.take(),
            names: try columns.takeOptional(NameCheckList.init(stored:)) ?? NameCheckList()
        )
    }

    private func insert(_ token: SubjectToken, of subjectID: Int64, origin: Origin) throws {
        let names = Self.adding(token.nameCheck, to: NameCheckList(), origin: origin)
        try insertToken.execute(arguments: [
            token.kid, token.token.bytes.stored, memberID, subjectID, names.stored,
        ])
    }

    private func update(
        _ names: NameCheckList, of token: SubjectToken, origin: Origin
    ) throws {
        let updated = Self.adding(token.nameCheck, to: names, origin: origin)
        guard updated != names else { return }
        try db.cachedStatement(
            sql: "UPDATE token SET nameChecks = ? WHERE kid = ? AND token = ? AND memberID = ?"
        ).execute(arguments: [updated.stored, token.kid, token.token.bytes.stored, memberID])
    }

    private static func adding(
        _ check: NameCheck?, to names: NameCheckList, origin: Origin
    ) -> NameCheckList {
        var names = names
        switch origin {
        case .book: names.add(fromBook: check)
        case .elsewhere: names.add(fromAsking: check)
        }
        return names
    }
}
