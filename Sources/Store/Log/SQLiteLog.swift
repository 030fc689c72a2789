import Exchange
import GRDB
import Membership
import TransparencyLog

/// A node's exchange log in one SQLite file of its own (protocol/log.md, "How a node keeps it"), so that
/// no answer waits for an import that has the store.
///
/// One process owns the file. Entries are written in batches by one thread: one wait for the disk
/// serves all that came meanwhile. An entry is promised, and its receipt handed out, when the file
/// and the record beside it have reached the disk.
public final class SQLiteLog: ExchangeLog {
    let pool: DatabasePool
    let writer: LogWriter
    let tuning: LogTuning
    private let node: NodeID
    private let lock: StoreLock
    private let queue: LogQueue

    init(pool: DatabasePool, writer: LogWriter, node: NodeID, lock: StoreLock, tuning: LogTuning) {
        self.pool = pool
        self.writer = writer
        self.node = node
        self.lock = lock
        self.tuning = tuning
        queue = LogQueue(countMax: tuning.queueMax) { writer.commit($0) }
    }

    /// Adds entries of this node; see `ExchangeLog`.
    public func append(_ entries: [NewEntry]) async throws(LogError) -> [LoggedEntry] {
        var works: [LogWork] = []
        for entry in entries { works.append(try work(adding: entry)) }
        var added: [LoggedEntry] = []
        for outcome in await queue.write(works) {
            guard let logged = try outcome.get() else { throw .stopped }
            added.append(logged)
        }
        return added
    }

    /// Uses up a nonce alone; see `ExchangeLog`.
    public func use(_ nonce: NonceUse) async throws(LogError) {
        let work = LogWork(entry: nil, evidence: nil, nonce: nonce)
        for outcome in await queue.write([work]) { _ = try outcome.get() }
    }

    /// Has the log signed by other keys of its origin from now on, as while one takes over from another
    /// (protocol/log.md, "Changing the key"). What was promised last is signed by them, too.
    ///
    /// - Parameter signers: at least one.
    /// - Throws: `LogError.unwritable` for none, or for keys of another name; `.store`, `.stopped`.
    ///   The keys of before go on then.
    public func sign(with signers: [NoteSigner]) throws(LogError) {
        let origin = writer.checkpoint.checkpoint.origin
        guard !signers.isEmpty, signers.allSatisfy({ $0.key.name == origin }) else {
            throw .unwritable
        }
        try writer.sign(with: signers)
    }

    /// The checkpoint over all that the file holds; see `ExchangeLog`.
    public func settled() async throws(LogError) -> SignedCheckpoint {
        let nothing = LogWork(entry: nil, evidence: nil, nonce: nil)
        for outcome in await queue.write([nothing]) { _ = try outcome.get() }
        return writer.checkpoint
    }

    private func work(adding new: NewEntry) throws(LogError) -> LogWork {
        guard new.entry.node == node, let bytes = try? new.entry.bytes() else { throw .unwritable }
        let stored = try new.evidence.map { evidence throws(LogError) in
            guard let retainUntil = new.entry.retainUntil else { throw .unwritable }
            let content = evidence.json.encoded
            guard content.count <= Evidence.bytesMax else { throw .unwritable }
            return StoredEvidence(retainUntil: retainUntil, content: content)
        }
        return LogWork(
            entry: bytes, evidence: stored, nonce: new.nonce, asking: AskingStep(new.entry))
    }

    /// Waits for what is on its way, closes the file and gives up its lock.
    /// - Throws: `StoreError.failed`: the file stays open and locked.
    public func close() throws(StoreError) {
        queue.close()
        do {
            pool.invalidateReadOnlyConnections()
            try pool.close()
        } catch {
            throw StoreError(error, path: pool.path)
                ?? .failed(code: 1, message: "the log cannot be closed")
        }
        lock.release()
    }
}
