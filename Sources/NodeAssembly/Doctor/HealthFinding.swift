import StrictJSON

/// Something that a look at a node found wrong, with what to do (protocol/errors.md, "Codes of the
/// doctor").
public struct HealthFinding: Sendable, Equatable {
    /// What is wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// `node.yaml` is missing or wrong.
        case configuration
        /// Others may read a key or the store.
        case fileExposed = "file-exposed"
        /// Certificate, key or roots are of no use.
        case certificate
        /// The certificate ended, or has not begun.
        case certificateExpired = "certificate-expired"
        /// The certificate must be renewed.
        case certificateEnds = "certificate-ends"
        /// There is no directory, or none that checks.
        case directory
        /// The directory expired.
        case directoryExpired = "directory-expired"
        /// The directory expires soon.
        case directoryExpires = "directory-expires"
        /// The directory does not list this node.
        case notListed = "not-listed"
        /// The directory lists this node as not active.
        case suspended
        /// The certificate does not serve the endpoint that the directory lists.
        case endpointName = "endpoint-name"
        /// The endpoint's name has no address.
        case endpointAddress = "endpoint-address"
        /// A port that the node wants is taken by another process.
        case portTaken = "port-taken"
        /// The node runs, and nothing listens at its port.
        case portClosed = "port-closed"
        /// The deletion of a member that left is not over.
        case departure
        /// The disk is nearly full.
        case diskLow = "disk-low"
        /// The node does not open: its store, log or keys.
        case node
        /// The node runs and does not answer.
        case noAnswer = "no-answer"
        /// Alarms are kept.
        case alarms
        /// No quorum of witnesses cosigned in the last round.
        case witnesses
        /// A peer could not be asked.
        case peer
        /// A peer does not reach this node.
        case unreached
        /// The clock differs from those of peers.
        case clock
    }

    /// How bad it is.
    public enum Severity: String, Sendable {
        /// It will be wrong soon, or is for others.
        case warning
        /// The node does not do its work.
        case error
    }

    /// What is wrong.
    public let code: Code
    /// What exactly; paths, ids of nodes and times alone.
    public let detail: String

    /// A finding.
    public init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    /// How bad it is.
    public var severity: Severity {
        switch code {
        case .certificateEnds, .directoryExpires, .diskLow, .witnesses, .peer, .unreached,
            .suspended:
            .warning
        default: .error
        }
    }

    /// What to do.
    public var next: String {
        switch code {
        case .configuration: "mend node.yaml, or make a home with: creditmesh node init"
        case .fileExposed: "take the rights of others away: chmod 600, folders 700"
        case .certificate, .certificateExpired, .certificateEnds, .endpointName:
            "get a certificate for the listed endpoint and run: creditmesh node certificate"
        case .directory: "fetch it anew: creditmesh directory fetch; or see that its file checks"
        case .directoryExpired, .directoryExpires:
            "see that the authority publishes and that this node reaches it or a peer"
        case .notListed, .suspended: "ask the consortium's officers"
        case .endpointAddress: "mend the name's address, or have the officers list another endpoint"
        case .portTaken: "stop what listens there, or take another port in node.yaml"
        case .portClosed: "see the node's log; start it again"
        case .departure: "stop the node and go on with it: creditmesh member leave"
        case .diskLow: "make room on the disk of the home"
        case .node: "do what the text says"
        case .noAnswer: "see the node's log; start it again"
        case .alarms: "look at them with GET /api/v1/alarms and tell the regulator"
        case .witnesses: "see the node's log for the witnesses that do not cosign"
        case .peer: "see that the peer is reached from here; then tell its operator"
        case .unreached:
            "see that others reach the listed endpoint: its address, firewall, forwarding"
        case .clock: "set the clock by a time server"
        }
    }

    /// The finding as JSON.
    public var json: JSONValue {
        [
            "code": .string(code.rawValue), "severity": .string(severity.rawValue),
            "detail": .string(detail), "next": .string(next),
        ]
    }
}
