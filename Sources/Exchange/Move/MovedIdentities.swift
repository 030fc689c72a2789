import Membership
import Pseudonym

/// Opens whom and which account moved rows are about. It comes from another node, so that it is checked
/// as a lender's own file is.
struct MovedIdentities {
    /// What a row is about.
    enum Clear: Sendable {
        case none
        case unopened
        case subject(Identifier, name: String?)
        case account(String)
    }

    private let kinds: [Kind]
    private var sealed: SealedIdentities
    private let schemes: SchemeRegistry
    private let inventedOnly: Bool

    private enum Kind { case none, subject, account }

    /// `inventedOnly`: the member is on trial, and holds nobody but who is nobody.
    init(
        form: MoveForm, sealed: SealedIdentities, schemes: SchemeRegistry, inventedOnly: Bool
    ) {
        kinds = form.tables.map { table in
            switch table.name {
            case "subject": .subject
            case "account": .account
            default: .none
            }
        }
        self.sealed = sealed
        self.schemes = schemes
        self.inventedOnly = inventedOnly
    }

    /// - Throws: `MoveFault.form` for what no node would have sealed.
    mutating func open(_ row: MovedRow) throws(MoveFault) -> Clear {
        guard kinds.indices.contains(row.table) else { throw .form }
        switch kinds[row.table] {
        case .none: return .none
        case .subject:
            guard let identity = row.identity else { return .unopened }
            guard let reference = SubjectReference(bytes: identity.reference) else { throw .form }
            guard let subject = sealed.subject(identity.sealed, of: reference) else {
                return .unopened
            }
            return .subject(try checked(subject.identifier), name: subject.names.last)
        case .account:
            guard let identity = row.identity else { return .unopened }
            guard let reference = AccountReference(bytes: identity.reference) else { throw .form }
            guard let number = sealed.accountNumber(identity.sealed, of: reference) else {
                return .unopened
            }
            return .account(number)
        }
    }

    private func checked(_ identifier: Identifier) throws(MoveFault) -> Identifier {
        guard
            let normal = try? schemes.identifier(
                identifier.normalForm, scheme: identifier.scheme.rawValue),
            normal.normalForm == identifier.normalForm, !inventedOnly || normal.isInvented
        else { throw .form }
        return normal
    }
}
