import Exchange
import Foundation
import Logging

/// What a node does before it serves.
extension RunningNode {
    /// A log that was cut off together with its record, or brought back from a copy, shows in what
    /// witnesses cosigned: it is not served then.
    func checkWithWitnesses() async throws(NodeError) {
        let mark = RestoredMark(home: home)
        let patience = mark.isThere ? Witnessing.patience : Witnessing.startPatience
        try Witnessing.check(await parts.pusher.push(deadline: .now + patience), home)
        guard mark.isThere else { return }
        let hearing = try await RestoredLog(parts: parts, home: home).check()
        let standing = parts.pusher.current
        let isConfirmed = standing.cosignatures >= max(1, standing.quorum)
        let numbers: Logger.Metadata = [
            "cosignatures": "\(standing.cosignatures)", "asked": "\(hearing.asked)",
            "answered": "\(hearing.answered)",
        ]
        guard isConfirmed || mark.isAccepted else {
            throw RestoredMark.refusal(home, "\(hearing.text). ")
        }
        try mark.clear()
        if isConfirmed {
            logger.notice("witnesses confirmed the log of a restored home", metadata: numbers)
        } else if hearing.answered > 0 {
            logger.warning(
                "the log of a restored home goes on at its operator's word; nobody contradicts it",
                metadata: numbers)
        } else {
            logger.error(
                """
                the log of a restored home goes on at its operator's word alone: no other node \
                answered, so that nobody could contradict
                """, metadata: numbers)
        }
    }

    /// What a crash cut off gets its second entry before anything else is asked.
    func endUnfinishedAskings() async throws {
        let count: Int
        do {
            count = try await UnfinishedAskings(context: parts.offline.context).end()
        } catch {
            throw NodeError.failed("the exchange log takes nothing: \(error)")
        }
        guard count > 0 else { return }
        logger.warning(
            "askings that were cut off are logged as timed out", metadata: ["count": "\(count)"])
    }

    /// Logs by which directory the node works before it first publishes; a failure is tried again.
    func recordDirectory() async {
        do {
            try await parts.directoryRecorder.record()
            try await parts.denialRecorder.record()
        } catch {
            logger.error("the directory in force is not logged yet, and will be")
        }
    }
}
