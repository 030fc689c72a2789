import Exchange
import Foundation
import Logging
import Membership
import PeerHTTP
import ServiceLifecycle

/// What repeats in the background of a running node.
extension RunningNode {
    /// Everything that repeats, in the order in which it starts.
    func rounds(_ tokens: LocalTokens) -> [any Service] {
        let gossip: [any Service] =
            [parts.gossip, askingForDenials] + (parts.directoryGossip.map { [$0] } ?? [])
        return [
            parts.offline.directory, publishing, recording, refreshing, pushing, watching,
            watchingOpening, watchingCertificate, watchingKeys, forgetting, watching(tokens),
        ] + gossip + (renewing.map { [$0] } ?? [])
    }

    /// The members of this node, whatever their status, also when the directory has expired.
    var served: [MemberID] {
        parts.offline.directory.issued.members(servedBy: configuration.node).map(\.id)
    }

    /// Tells the operator in time when the opening regulator's keys end.
    private var watchingOpening: Repeating {
        let (directory, clock) = (parts.offline.directory, parts.offline.context.clock)
        return Repeating(
            name: "looking at opening keys", interval: { Self.openingInterval }, logger: logger
        ) { [logger] in
            switch directory.current.openingOutlook(at: clock.now) {
            case .missing(let month):
                logger.error(
                    "the directory lists no opening key: nothing is asked of other nodes",
                    metadata: ["month": "\(month)"])
            case .ends(let month):
                logger.warning(
                    "the directory lists no opening key for the month that begins soon",
                    metadata: ["month": "\(month)"])
            case nil: break
            }
        }
    }

    /// Takes a new certificate while the node runs.
    private var watchingCertificate: Repeating {
        Repeating(
            name: "looking at the certificate", interval: { Self.certificateInterval },
            logger: logger
        ) { [certificates = parts.certificates] in certificates.look() }
    }

    /// Renews the certificate in time, where the directory comes from an authority that does.
    private var renewing: Repeating? {
        guard let origin = configuration.origin, origin.service != nil else { return nil }
        let renewal = CertificateRenewal(
            home: home, node: configuration.node, origin: origin,
            directory: parts.offline.directory, tls: parts.tls,
            clock: parts.offline.context.clock, logger: logger)
        return Repeating(
            name: "renewing the certificate", interval: { Self.renewalInterval }, logger: logger
        ) { await renewal.renewIfDue() }
    }

    /// Takes keys into use while the node runs.
    private var watchingKeys: Repeating {
        Repeating(
            name: "looking at keys", interval: { Self.keyInterval }, logger: logger
        ) { [watch = parts.keyWatch] in await watch.look() }
    }

    /// Gives members that come a token of the local API, and takes it from those that leave.
    private func watching(_ tokens: LocalTokens) -> Repeating {
        Repeating(
            name: "looking at the local API's tokens", interval: { Self.keyInterval },
            initialDelay: Self.keyInterval, logger: logger
        ) { try tokens.look(served: served) }
    }

    private var askingForDenials: Repeating {
        let (gossip, interval) = (parts.gossip, configuration.gossipInterval)
        return Repeating(
            name: "asking for denials", interval: { interval }, isSteady: true, logger: logger
        ) { await gossip.round() }
    }

    /// Deletes evidence whose time is over, from the start on; nothing waits for it.
    private var forgetting: Repeating {
        let retention = EvidenceRetention(context: parts.offline.context)
        return Repeating(
            name: "deleting evidence", interval: { Self.evidenceInterval }, logger: logger
        ) { [logger] in
            let outcome = try await retention.forgetEnded()
            guard outcome.deleted > 0 else { return }
            logger.info(
                "evidence whose time was over is deleted",
                metadata: ["deleted": "\(outcome.deleted)", "held": "\(outcome.held)"])
        }
    }

    private var publishing: Repeating {
        let directory = parts.offline.directory
        return Repeating(
            name: "publishing filters",
            interval: { Self.publishInterval(under: directory.current.charter) }, logger: logger
        ) {
            try await parts.offline.publisher.refresh()
        }
    }

    private var recording: Repeating {
        let (recorder, denials) = (parts.directoryRecorder, parts.denialRecorder)
        return Repeating(
            name: "logging the directory", interval: { Self.publishInterval },
            initialDelay: Self.publishInterval, logger: logger
        ) {
            try await recorder.record()
            try await denials.record()
        }
    }

    /// How long to wait between two rounds of publishing: half of `filterAdditionsSeconds` at most,
    /// so that what came just after a round began is in a filter by the end of the next one.
    static func publishInterval(under charter: Charter) -> Duration {
        min(publishInterval, charter.intervals.filterAdditions / 2)
    }

    /// The first round waits a random part of the interval: nodes that start together, as after a
    /// power cut, would otherwise all dial each other in the same second. Whoever asks before it
    /// fetches what it needs.
    private var refreshing: Repeating {
        let share = Double.random(in: 0..<1)
        return Repeating(
            name: "refreshing peers' filters", interval: { Self.refreshInterval },
            initialDelay: Self.refreshInterval * share, logger: logger
        ) {
            await parts.peerFilters.refreshAll()
        }
    }

    /// The first round waits a little less than the others: what was written at the start is soon
    /// under a cosignature.
    private var pushing: Repeating {
        let pusher = parts.pusher
        let logger = logger
        return Repeating(
            name: "asking witnesses", interval: { Self.witnessInterval },
            initialDelay: Self.publishInterval, logger: logger
        ) {
            let wasMissing = pusher.current.missingSince
            await pusher.push(deadline: .now + Witnessing.patience)
            let standing = pusher.current
            guard (standing.missingSince == nil) != (wasMissing == nil) else { return }
            logger.log(
                level: standing.missingSince == nil ? .notice : .error,
                "alarm: whether enough witnesses cosign this node's log has changed",
                metadata: [
                    "quorum": "\(standing.quorum)", "cosignatures": "\(standing.cosignatures)",
                ])
        }
    }

    /// Looks what witnesses cosigned of the logs whose receipts this node holds.
    private var watching: Repeating {
        let (parts, context) = (parts, parts.offline.context)
        return Repeating(
            name: "looking at other logs", interval: { Self.refreshInterval }, logger: logger
        ) {
            defer { context.watch?.keepNewest() }
            let asking = context.directory.current.lenders(servedBy: context.node)
                .first { $0.status == .active || $0.status == .trial }
            guard let member = asking?.id else { return }
            await context.watch?.check(
                parts.peers, as: member, deadline: .now + Witnessing.patience)
        }
    }
}
