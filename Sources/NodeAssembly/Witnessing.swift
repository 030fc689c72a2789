import Exchange
import Foundation
import Membership
import Store
import TransparencyLog

/// Puts together what a node has to do with witnesses: as the owner of a log, and as a witness itself.
enum Witnessing {
    /// How long a witness may take to answer in a round of the running node.
    static let patience: Duration = .seconds(10)
    /// How long witnesses may take at the start: who does not answer by then is not waited for.
    static let startPatience: Duration = .seconds(3)

    /// What has the node's log cosigned.
    static func pusher(
        of home: NodeHome, _ context: NodeContext, _ witnesses: any Witnesses, _ alarms: any Alarms
    ) throws(NodeError) -> CheckpointPusher {
        let shelf = try shelf(home.cosigned)
        do {
            return try CheckpointPusher(
                context: context, witnesses: witnesses, shelf: shelf, alarms: alarms)
        } catch {
            throw .failed("\(home.cosigned.path) cannot be read: \(error)")
        }
    }

    /// What holds other nodes to their receipts.
    static func watch(
        of home: NodeHome, _ directory: any DirectorySource, _ clock: any Exchange.Clock,
        _ alarms: any Alarms
    ) throws(NodeError) -> WitnessWatch {
        let shelf = try shelf(home.awaited)
        do {
            return try WitnessWatch(
                directory: directory, shelf: shelf, alarms: alarms, clock: clock)
        } catch {
            throw .failed("\(home.awaited.path) cannot be read: \(error)")
        }
    }

    /// The node as a witness.
    ///
    /// - Throws: `NodeError.directory` when the directory lists no witness with a key of this home.
    static func desk(
        of home: NodeHome, _ keys: SigningKeys, _ context: NodeContext, _ alarms: any Alarms
    ) throws(NodeError) -> WitnessDesk {
        let listed = context.directory.current.witnesses.lazy.compactMap { witness -> Cosigner? in
            guard let name = TransparencyLog.KeyName(witness.name),
                let key = keys.witness.first(where: {
                    Array($0.publicKey.rawRepresentation) == witness.verifierKey.publicKey.bytes
                })
            else { return nil }
            return Cosigner(name: name, privateKey: key)
        }
        guard let cosigner = listed.first else {
            throw .directory(
                "lists no witness whose key this home holds, though node.yaml has witness.port; "
                    + "run: creditmesh node signing-key --witness")
        }
        return WitnessDesk(
            cosigner: cosigner, directory: context.directory, shelf: try shelf(home.witnessed),
            alarms: alarms, clock: context.clock)
    }

    /// Small notes in a folder of the home, made when it is missing.
    static func shelf(_ folder: URL) throws(NodeError) -> NoteFolder {
        try NodeHome.createFolder(folder)
        do {
            return try NoteFolder(folder.path)
        } catch {
            throw .failed("\(folder.path) cannot be opened: \(error)")
        }
    }

    /// Refuses to run a log of which a witness holds more than it has, or another one.
    static func check(_ alarms: [LogAlarm], _ home: NodeHome) throws(NodeError) {
        guard let alarm = alarms.first(where: { $0.kind != .unsigned }) else { return }
        let held = alarm.first.map { "\($0.size) entries" } ?? "another log"
        let own = alarm.second.map { "\($0.size)" } ?? "0"
        throw .log(
            .witnessed,
            "the witness '\(alarm.witness ?? "")' cosigned \(held) of this log, and \(home.log.path) "
                + "with \(own) does not hold them: put back the newest copy, or tell the regulator "
                + "and the witness; the signed notes lie in \(home.alarms.path)")
    }
}
