import Book
import Dispatch
import Membership
import Pseudonym
import RiskStandard
import StrictJSON

/// Puts single accounts into members' books, by the rules of an import and durably before it
/// answers (protocol/local-api.md, single accounts).
///
/// One at a time; each is an import of one row, so that classes, history, events and tokens come
/// about as they do from a file.
public struct AccountRegister: Sendable {
    private let context: NodeContext
    private let standards: StandardLibrary
    private let references: ReferenceKey
    private let sealer: (any IdentitySealer)?
    private let turnstile = Turnstile()

    /// Makes the register of a node.
    public init(
        context: NodeContext, standards: StandardLibrary, references: ReferenceKey,
        sealer: (any IdentitySealer)?
    ) {
        self.context = context
        self.standards = standards
        self.references = references
        self.sealer = sealer
    }

    /// The references of a member's account numbers, in their order.
    public func references(
        of accountNumbers: [String], member: MemberID
    ) throws(AccountRefusal) -> [AccountReference] {
        try check(member)
        return accountNumbers.map { references.reference(member: member, accountNumber: $0) }
    }

    /// Puts an account; returns the answer's JSON, the same for every repetition.
    public func put(_ statement: AccountStatement) async throws(AccountRefusal) -> [UInt8] {
        try check(statement.member)
        let outcome: Result<[UInt8], AccountRefusal> = await turnstile.pass {
            do throws(AccountRefusal) {
                return .success(try await putNext(statement))
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    private func check(_ member: MemberID) throws(AccountRefusal) {
        let lenders = context.directory.current.lenders(servedBy: context.node)
        guard lenders.contains(where: { $0.id == member && $0.status != .withdrawn }) else {
            throw .unknownMember
        }
    }

    private func putNext(_ statement: AccountStatement) async throws(AccountRefusal) -> [UInt8] {
        guard let today = context.clock.now.date, statement.asOf.map({ $0 <= today }) ?? true
        else { throw .ofTheFuture }
        let put = AccountPut(
            statement: statement, asOf: statement.asOf ?? today, now: context.clock.now,
            requestDigest: references.requestDigest(
                member: statement.member, request: statement.request),
            references: references)
        let record = try put.record()
        let known: IdempotentAnswer?
        do {
            known = try await context.store.idempotentAnswer(
                of: statement.member, key: statement.key.text)
        } catch {
            throw .failed
        }
        if let known {
            guard known.requestDigest == put.requestDigest else { throw .keyReused }
            return known.answer
        }
        return try await apply(put, record)
    }

    /// The import itself waits for the disk, on a thread that may wait.
    private func apply(
        _ put: AccountPut, _ record: BookRow
    ) async throws(AccountRefusal) -> [UInt8] {
        let outcome = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(AccountRefusal) in
                        try importRow(put, record)
                    })
            }
        }
        return try outcome.get()
    }

    private func importRow(
        _ put: AccountPut, _ record: BookRow
    ) throws(AccountRefusal) -> [UInt8] {
        do {
            let importer = try BookImporter(
                context: context, standards: standards, references: references, sealer: sealer)
            var rest: BookRow? = record
            var answer: [UInt8] = []
            _ = try importer.importBook(
                put.header, options: ImportOptions(acceptsSameDay: true),
                rows: {
                    defer { rest = nil }
                    return rest
                },
                reject: { throw AccountRefusal.rejected(code: $0.code, column: $0.column) },
                approve: { result in
                    answer = try put.answer(result)
                    return put.kept(answer)
                })
            return answer
        } catch let refusal as AccountRefusal {
            throw refusal
        } catch StoreError.busy {
            throw .busy
        } catch StoreError.diskFull {
            throw .diskFull
        } catch {
            throw .failed
        }
    }
}

/// One account on its way into the store.
private struct AccountPut {
    let statement: AccountStatement
    let asOf: CalendarDate
    let now: Timestamp
    let requestDigest: [UInt8]
    let references: ReferenceKey

    var header: BookHeader {
        BookHeader(
            member: statement.member, part: statement.part, asOf: asOf, importedAt: now,
            mapping: "plain", extent: .some, statesConsents: statement.statesConsent)
    }

    /// The row, as a file's row would be read; its reference must be the path's.
    func record() throws(AccountRefusal) -> BookRow {
        let row: BookRow?
        do {
            row = try statement.row.row(asOf: asOf)
        } catch {
            throw .rejected(code: "value-malformed", column: nil)
        }
        switch row {
        case .record(let record):
            let own = references.reference(
                member: statement.member, accountNumber: record.accountNumber)
            guard own == statement.reference else { throw .referenceMismatch }
            // The file lies with the lender; a path that is passed over would look like a proof.
            if let consent = record.consent, consent.evidenceFile != nil,
                consent.evidenceDigest == nil
            {
                throw .rejected(code: "evidence-file", column: "consentEvidenceFile")
            }
            return .record(record)
        case .rejected(let reject): throw .rejected(code: reject.code, column: reject.column)
        case nil: throw .rejected(code: "value-missing", column: nil)
        }
    }

    /// What is answered; the book's later day of the account is never overwritten.
    func answer(_ result: BookImportResult) throws(AccountRefusal) -> [UInt8] {
        guard result.changes.outdated == 0 else { throw .outdated }
        guard let riskClass = result.accounts.first(where: { $0.value > 0 })?.key else {
            throw .failed
        }
        let outcome =
            result.changes.new > 0
            ? "new" : result.changes.changed > 0 ? "changed" : "unchanged"
        let json: JSONValue = [
            "account": .string(Base64URL.encode(statement.reference.bytes)),
            "member": .string(statement.member.description), "part": .string(statement.part),
            "asOf": .string(asOf.description), "outcome": .string(outcome),
            "class": .string(riskClass.rawValue),
        ]
        return Array(json.encoded)
    }

    func kept(_ answer: [UInt8]) -> IdempotentAnswer {
        IdempotentAnswer(
            member: statement.member, key: statement.key.text, requestDigest: requestDigest,
            answer: answer, at: now)
    }
}
