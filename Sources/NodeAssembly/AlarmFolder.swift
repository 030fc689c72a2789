import Exchange
import Foundation
import Logging
import Synchronization

/// The alarms of a node as files in its home, kept for good: `<id>.json`, and beside it the signed notes
/// `<id>.first` and `<id>.second`. The notes are written first, so that an alarm that is there has its
/// evidence.
final class AlarmFolder: Alarms {
    /// Alarms that are kept; further ones are told in the log alone.
    static let alarmsMax = 1000

    private let folder: URL
    private let clock: any Exchange.Clock
    private let logger: Logger
    private let state: Mutex<[RaisedAlarm]>

    /// Reads the alarms of a folder, which need not be there.
    ///
    /// - Throws: `NodeError.file` for a file that is no alarm.
    init(_ folder: URL, clock: any Exchange.Clock, logger: Logger) throws(NodeError) {
        self.folder = folder
        self.clock = clock
        self.logger = logger
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        var alarms: [RaisedAlarm] = []
        for name in names.sorted() where name.hasSuffix(".json") && !name.hasPrefix(".") {
            alarms.append(try Self.read(folder.appending(path: name)))
        }
        state = Mutex(alarms.sorted { ($0.at, $0.alarm.id) < ($1.at, $1.alarm.id) })
    }

    /// See `Alarms`.
    var raised: [RaisedAlarm] { state.withLock { $0 } }

    /// See `Alarms`.
    func raise(_ alarm: LogAlarm) {
        state.withLock { alarms in
            guard !alarms.contains(where: { $0.alarm.id == alarm.id }) else { return }
            tell(alarm)
            guard alarms.count < Self.alarmsMax else { return }
            do throws(NodeError) {
                alarms.append(try write(alarm))
            } catch {
                logger.critical("an alarm cannot be kept: \(error)")
            }
        }
    }

    private func tell(_ alarm: LogAlarm) {
        let text = { (side: LogAlarm.Side?) in
            side.map { "\($0.size) \($0.root?.description ?? "-")" } ?? "-"
        }
        logger.critical(
            "alarm: a log is not what it was said to be; tell the regulator",
            metadata: [
                "alarm": "\(alarm.id)", "kind": "\(alarm.kind.rawValue)", "node": "\(alarm.node)",
                "witness": "\(alarm.witness ?? "-")", "first": "\(text(alarm.first))",
                "second": "\(text(alarm.second))",
            ])
    }

    private func write(_ alarm: LogAlarm) throws(NodeError) -> RaisedAlarm {
        try NodeHome.createFolder(folder)
        var evidence: [String] = []
        for (name, side) in [("first", alarm.first), ("second", alarm.second)] {
            guard let note = side?.note else { continue }
            let file = folder.appending(path: "\(alarm.id).\(name)")
            try PrivateFile.write(note, to: file)
            evidence.append("\(folder.lastPathComponent)/\(file.lastPathComponent)")
        }
        let raised = RaisedAlarm(at: clock.now, alarm: alarm, evidence: evidence)
        try PrivateFile.write(
            raised.json.encoded, to: folder.appending(path: "\(alarm.id).json"))
        return raised
    }

    private static func read(_ file: URL) throws(NodeError) -> RaisedAlarm {
        let bytes = try PrivateFile.read(file, bytesMax: RaisedAlarm.bytesMax)
        do {
            return try RaisedAlarm(bytes: bytes)
        } catch {
            throw .file(file.path, "is no alarm")
        }
    }
}
