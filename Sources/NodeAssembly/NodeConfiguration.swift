import Foundation
import Membership
import Yams

/// `node.yaml`. An unknown key is an error at start-up, never ignored.
///
/// | key | type | default | what |
/// |---|---|---|---|
/// | `node` | id | – | this node in the directory |
/// | `directory` | path | – | `members.json`; relative to the home. Or instead of it: |
/// | `directory.authority` | URL | – | the consortium's repository, `https` |
/// | `directory.root` | path | – | a root that is trusted, such as `1.root.json` |
/// | `directory.certificates` | path | the system's | roots of the authority's server, PEM |
/// | `gossip.seconds` | 1…30 | 30 | how often the directory and denials are asked for |
/// | `listen.host` | address | `0.0.0.0` | where peers reach the node |
/// | `listen.port` | 0…65535 | 8443 | 0 takes a free port |
/// | `localAPI.port` | 0…65535 | 8480 | on 127.0.0.1 only; 0 takes a free port |
/// | `witness.host` | address | `0.0.0.0` | where logs reach the node as a witness |
/// | `witness.port` | 0…65535 | – | makes the node a witness; 0 takes a free port |
/// | `log.level` | trace…critical | `info` | least level that is written to standard error |
public struct NodeConfiguration: Sendable, Equatable {
    /// This node in the directory.
    public var node: NodeID
    /// The directory's file; where there is an origin, what was last in force from there.
    public var directory: URL
    /// The repository from which the directory comes; nil for one file that the operator trusts.
    public var origin: DirectoryOrigin?
    /// How often the directory and regulators' denials are asked for.
    public var gossipInterval: Duration
    /// Address on which peers reach the node.
    public var listenHost: String
    /// Port on which peers reach the node; 0 takes a free one.
    public var listenPort: Int
    /// Port of the local API on loopback; 0 takes a free one.
    public var localPort: Int
    /// Address on which logs reach the node as a witness.
    public var witnessHost: String
    /// Port on which logs reach the node as a witness; 0 takes a free one, nil: it is none.
    public var witnessPort: Int?
    /// Least level of the log.
    public var logLevel: String

    /// Most bytes of `node.yaml`.
    public static let bytesMax = 64 * 1024
    /// Seconds between two rounds of asking: who is put out is out within a minute.
    public static let gossipSeconds = 1...30

    /// Makes a configuration.
    public init(
        node: NodeID, directory: URL, origin: DirectoryOrigin? = nil,
        gossipInterval: Duration = .seconds(gossipSeconds.upperBound),
        listenHost: String = "0.0.0.0", listenPort: Int = 8443,
        localPort: Int = 8480, witnessHost: String = "0.0.0.0", witnessPort: Int? = nil,
        logLevel: String = "info"
    ) {
        self.node = node
        self.directory = directory
        self.origin = origin
        self.gossipInterval = gossipInterval
        self.listenHost = listenHost
        self.listenPort = listenPort
        self.localPort = localPort
        self.witnessHost = witnessHost
        self.witnessPort = witnessPort
        self.logLevel = logLevel
    }

    /// Reads the configuration of a home.
    public init(home: NodeHome) throws(NodeError) {
        let path = home.configuration.path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .file(path, "cannot be read; make a home with: creditmesh node init")
        }
        guard data.count <= Self.bytesMax, let text = String(data: data, encoding: .utf8) else {
            throw .file(path, "is larger than \(Self.bytesMax) bytes, or is not UTF-8")
        }
        try self.init(yaml: text, relativeTo: home.folder)
    }

    /// Reads a configuration; paths are relative to `folder`.
    public init(yaml text: String, relativeTo folder: URL) throws(NodeError) {
        var keys = try YAMLKeys(text)
        let nodeText = try keys.required("node")
        guard let node = NodeID(nodeText) else {
            throw .configuration(key: "node", "must be an id, [a-z0-9-]{3,40}")
        }
        let origin = try DirectoryOrigin(&keys, relativeTo: folder)
        let directory =
            origin == nil
            ? URL(filePath: try keys.required("directory"), relativeTo: folder)
            : NodeHome(folder).directoryFile
        let levels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]
        let level = keys.optional("log.level") ?? "info"
        guard levels.contains(level) else {
            throw .configuration(
                key: "log.level", "must be one of \(levels.joined(separator: ", "))")
        }
        self.init(
            node: node, directory: directory.standardizedFileURL, origin: origin,
            gossipInterval: try keys.gossipInterval(),
            listenHost: keys.optional("listen.host") ?? "0.0.0.0",
            listenPort: try keys.port("listen.port") ?? 8443,
            localPort: try keys.port("localAPI.port") ?? 8480,
            witnessHost: keys.optional("witness.host") ?? "0.0.0.0",
            witnessPort: try keys.port("witness.port"), logLevel: level)
        try keys.refuseUnknown()
    }

    /// The configuration as it is written into a home.
    public var yaml: String {
        """
        # A CreditMesh node. Keys, types and defaults: README, "Configuration".
        node: \(node)
        \(origin?.yaml ?? "directory: \(directory.path)")
        \(gossipYAML)\
        listen:
          host: \(listenHost)
          port: \(listenPort)
        localAPI:
          port: \(localPort)
        \(witnessPort.map { "witness:\n  host: \(witnessHost)\n  port: \($0)\n" } ?? "")\
        log:
          level: \(logLevel)

        """
    }
}

extension NodeConfiguration {
    /// The interval where it is not the usual one.
    private var gossipYAML: String {
        let seconds = Int(gossipInterval.components.seconds)
        return seconds == Self.gossipSeconds.upperBound ? "" : "gossip:\n  seconds: \(seconds)\n"
    }
}

extension YAMLKeys {
    fileprivate mutating func gossipInterval() throws(NodeError) -> Duration {
        let allowed = NodeConfiguration.gossipSeconds
        guard let text = optional("gossip.seconds") else { return .seconds(allowed.upperBound) }
        guard let seconds = Int(text), allowed.contains(seconds) else {
            throw .configuration(key: "gossip.seconds", "must be 1 to 30")
        }
        return .seconds(seconds)
    }
}

/// The scalars of a YAML mapping of mappings, by dotted key, taken one by one.
struct YAMLKeys {
    private var values: [String: String] = [:]

    init(_ text: String) throws(NodeError) {
        let node: Yams.Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw .configuration(key: "the file", "is not YAML: \(error)")
        }
        guard let mapping = node?.mapping else {
            throw .configuration(key: "the file", "must be a mapping")
        }
        try flatten(mapping, prefix: "")
    }

    private mutating func flatten(
        _ mapping: Yams.Node.Mapping, prefix: String
    ) throws(NodeError) {
        for (key, value) in mapping {
            let name = prefix + (key.string ?? "?")
            if let inner = value.mapping {
                guard prefix.isEmpty else { throw .configuration(key: name, "is nested too deep") }
                try flatten(inner, prefix: name + ".")
            } else if let text = value.scalar?.string {
                values[name] = text
            } else {
                throw .configuration(key: name, "must be a single value")
            }
        }
    }

    mutating func optional(_ key: String) -> String? { values.removeValue(forKey: key) }

    mutating func required(_ key: String) throws(NodeError) -> String {
        guard let value = optional(key), !value.isEmpty else {
            throw .configuration(key: key, "is missing")
        }
        return value
    }

    mutating func port(_ key: String) throws(NodeError) -> Int? {
        guard let text = optional(key) else { return nil }
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw .configuration(key: key, "must be a port, 0 to 65535")
        }
        return port
    }

    func refuseUnknown() throws(NodeError) {
        guard let key = values.keys.min() else { return }
        throw .configuration(key: key, "is not a key of this file")
    }
}
