import Exchange
import Foundation
import Logging
import Membership
import Pseudonym

/// The change of the pseudonym key of a running node (protocol/rekey.md, "With the node running"). One
/// step at a time.
actor PseudonymKeyChanges: PseudonymKeyService {
    /// How long to wait before it is counted again whether a coming key is ready.
    static let recountInterval: Duration = .seconds(30)

    private let home: NodeHome
    private let node: OfflineNode
    private let logger: Logger
    private var nextCount: ContinuousClock.Instant?
    private var isBusy = false

    private var context: NodeContext { node.context }

    init(home: NodeHome, node: OfflineNode, logger: Logger) {
        self.home = home
        self.node = node
        self.logger = logger
    }

    /// See `PseudonymKeyService`.
    func prepare(privateHalves paths: [String]) async throws(KeyServiceError) -> KeyPreparation {
        let privateHalves: [MemberID: [RekeyPrivateKey]]
        do throws(NodeError) {
            privateHalves = try RekeyKeys.privateHalves(paths.map { URL(filePath: $0) })
        } catch {
            throw KeyServiceError(error)
        }
        let lenders = context.directory.current.lenders(servedBy: context.node).map(\.id)
        if let stranger = privateHalves.keys.first(where: { !lenders.contains($0) }) {
            throw .unknownMember("\(stranger)")
        }
        try begin()
        defer { end() }
        let next: PseudonymKey
        do throws(NodeError) {
            next = try change().announce(now: context.clock.now)
            // From here on whoever comes new has a token under it.
            try takeRing()
        } catch {
            throw KeyServiceError(error)
        }
        return try await count(next, lenders, privateHalves)
    }

    /// See `PseudonymKeyService`.
    func retire() async throws(KeyServiceError) -> [String] {
        try begin()
        defer { end() }
        do {
            let kids = try change().unlisted()
            let left = context.keys.keys.filter { !kids.contains($0.kid) }
            context.ring.replace(by: try KeyRing(left))
            try await node.publisher.refresh()
            for kid in kids {
                // The tokens first: without them the key is of no use.
                try await context.store.forgetTokens(kid: kid.rawValue)
                try change().destroy(kid)
            }
            return kids.map(\.rawValue)
        } catch let error as NodeError {
            throw KeyServiceError(error)
        } catch {
            throw .failed("the store did not take it; run the same again")
        }
    }

    /// Takes a coming key that the directory lists into use when all subjects have tokens under it.
    ///
    /// - Parameter isChanged: whether directory or files have changed since the last look.
    func look(at own: NodeEntry, isChanged: Bool) async {
        guard !isBusy else { return }
        do {
            if isChanged {
                try takeRing()
                nextCount = nil
            }
            guard let next = context.keys.keys.first(where: { $0.state == .next }),
                own.voprfKeys.contains(where: next.isListed),
                nextCount.map({ $0 <= .now }) ?? true
            else { return }
            nextCount = .now + Self.recountInterval
            try begin()
            defer { end() }
            let lenders = context.directory.current.lenders(servedBy: own.id).map(\.id)
            let preparation = try await count(next, lenders, [:])
            guard preparation.isReady else {
                return logger.warning(
                    "the next pseudonym key is listed and not ready",
                    metadata: ["kid": "\(next.kid)", "lacking": "\(preparation.lacking)"])
            }
            try await activate()
        } catch {
            logger.error("alarm: the pseudonym key was not changed: \(error)")
        }
    }

    /// The filters first, then the key: what is answered under can be looked up.
    private func activate() async throws {
        let rings = try NodeKeys.activated(context.keys)
        try await FilterPublisher(
            context: NodeContext(
                node: context.node, directory: context.directory, keys: rings,
                store: context.store, log: context.log, clock: context.clock)
        ).refresh()
        let current = try change().activate()
        try takeRing()
        try await node.publisher.refresh()
        logger.notice(
            "another pseudonym key is current; let the directory list it so",
            metadata: ["kid": "\(current.kid)"])
    }

    private func count(
        _ key: PseudonymKey, _ lenders: [MemberID],
        _ privateHalves: [MemberID: [RekeyPrivateKey]]
    ) async throws(KeyServiceError) -> KeyPreparation {
        let rekeyer = Rekeyer(context: context, key: key)
        var counts: [KeyPreparation.Count] = []
        for lender in lenders {
            do {
                let count = try await rekeyer.rekey(
                    lender, privateHalves: privateHalves[lender, default: []])
                counts.append(.init(member: lender, count: count))
            } catch {
                throw .failed("the store did not take it; run the same again")
            }
        }
        return KeyPreparation(
            kid: key.kid.rawValue, publicKey: key.secret.publicKey.bytes, counts: counts)
    }

    private func takeRing() throws(NodeError) {
        context.ring.replace(by: try NodeKeys.ring(home.pseudonymKeys))
    }

    private func change() throws(NodeError) -> KeyChange {
        guard let own = context.directory.current.node(context.node) else {
            throw .directory("does not list node '\(context.node)'")
        }
        return KeyChange(home: home, entry: own)
    }

    private func begin() throws(KeyServiceError) {
        guard !isBusy else { throw .failed("a key is being changed; run the same later") }
        isBusy = true
    }

    private func end() { isBusy = false }
}

extension KeyServiceError {
    fileprivate init(_ error: NodeError) {
        switch error {
        case .directory(let what): self = .directory(what)
        default: self = .failed("\(error)")
        }
    }
}
