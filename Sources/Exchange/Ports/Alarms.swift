import StrictJSON

/// Where is told that a log is not what it was said to be. The evidence is kept for good.
public protocol Alarms: Sendable {
    /// Keeps an alarm with its evidence and tells the operator. The same alarm again changes nothing.
    ///
    /// It throws nothing, since no work waits for it: what cannot be kept is told all the same.
    func raise(_ alarm: LogAlarm)

    /// All alarms that are kept, the oldest first.
    var raised: [RaisedAlarm] { get }
}

/// An alarm that is kept.
public struct RaisedAlarm: Hashable, Sendable {
    /// When it was raised first.
    public let at: Timestamp
    /// The alarm, without the notes.
    public let alarm: LogAlarm
    /// Where the notes lie, relative to the node's home.
    public let evidence: [String]

    /// An alarm of its parts.
    public init(at: Timestamp, alarm: LogAlarm, evidence: [String]) {
        self.at = at
        self.alarm = alarm
        self.evidence = evidence
    }
}

extension RaisedAlarm {
    /// The alarm as JSON.
    public var json: JSONValue {
        guard case .object(let members) = alarm.json else { return .null }
        return .object(
            [JSONMember("at", .string(at.description))] + members
                + [JSONMember("evidence", .array(evidence.map(JSONValue.string)))])
    }

    /// Most bytes of an alarm's JSON.
    public static let bytesMax = 64 * 1024

    /// Reads an alarm's JSON.
    public init(bytes: [UInt8]) throws(JSONError) {
        let limits = JSONLimits(documentBytesMax: Self.bytesMax)
        var reader = try JSONObjectReader(JSONValue(parsing: bytes, limits: limits))
        at = try reader.timestamp("at")
        alarm = try LogAlarm(from: &reader)
        evidence = try reader.required("evidence", "names of files", \.texts)
        try reader.refuseUnknown()
    }
}
