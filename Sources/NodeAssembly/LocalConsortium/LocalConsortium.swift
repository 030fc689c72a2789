import Exchange
import Foundation
import Membership
import Pseudonym

/// A whole consortium on this machine: certificate authority, directory and the home of every node
/// in one folder. The demo, the scenario tests and the bench run on it; it is no way to found a
/// real one, whose keys are never in one place.
public struct LocalConsortium: Sendable {
    /// Life of the certificates.
    public static let certificateLife: Duration = .seconds(29 * 86_400)

    /// The folder of everything.
    public let folder: URL
    /// The directory as it was made.
    public let directory: Directory
    /// The homes, by node.
    public let homes: [NodeID: NodeHome]
    /// The authority that issued every node's certificate.
    public let authority: CertificateAuthority

    /// The directory that the nodes read.
    public var directoryFile: URL { folder.appending(path: "directory/members.json") }
    /// The authority's certificate, PEM.
    public var rootsFile: URL { folder.appending(path: "ca/roots.pem") }
    /// The private halves of the opening regulator's keys; empty or missing where the charter names
    /// none.
    public var openingKeys: URL { folder.appending(path: "opening-keys") }
    /// A certificate of another authority that names the first node, and its key.
    public var outsider: (certificate: URL, key: URL) {
        (folder.appending(path: "outsider/node.pem"), folder.appending(path: "outsider/node.key"))
    }

    /// Makes everything in a folder, which must be empty or not exist.
    ///
    /// `ports` are those of the nodes' peer APIs, in the plan's order, and then those of its
    /// witnesses; nil takes free ones.
    public static func make(
        in folder: URL, plan: ConsortiumPlan, now: Timestamp, ports: [Int]? = nil
    ) async throws(NodeError) -> LocalConsortium {
        let ports =
            if let ports { ports } else { try await FreePorts.take(plan.portCount) }
        guard ports.count == plan.portCount else {
            throw .failed("\(plan.portCount) ports are needed, not \(ports.count)")
        }
        for path in ["ca", "directory", "outsider"] {
            try NodeHome.createFolder(folder.appending(path: path))
        }
        let builder = LocalConsortiumBuilder(folder: folder, plan: plan, now: now)
        let homes = try builder.homes(ports: ports)
        let authority = try builder.issueCertificates(homes: homes.mapValues(\.home))
        let made = LocalConsortium(
            folder: folder,
            directory: try builder.directory(
                ports: ports, homes: homes, opening: try builder.openingKeys()),
            homes: homes.mapValues(\.home), authority: authority)
        try made.publish(made.directory)
        return made
    }

    /// Puts a directory in force: running nodes read it within a second.
    public func publish(_ directory: Directory) throws(NodeError) {
        try PrivateFile.write(directory.encoded(), to: directoryFile)
    }
}

/// What a local consortium consists of.
public struct ConsortiumPlan: Sendable {
    /// The consortium.
    public let consortium: ConsortiumID
    /// Its charter.
    public let charter: Charter
    /// Its nodes.
    public let nodes: [Node]
    /// Those of its nodes that are also witnesses.
    public let witnesses: [NodeID]

    /// Makes a plan.
    public init(
        consortium: ConsortiumID, charter: Charter, nodes: [Node], witnesses: [NodeID] = []
    ) {
        self.consortium = consortium
        self.charter = charter
        self.nodes = nodes
        self.witnesses = witnesses
    }

    /// How many ports its nodes listen on for others.
    public var portCount: Int { nodes.count + witnesses.count }

    /// One node and the members that it serves.
    public struct Node: Sendable {
        /// Its id.
        public let id: NodeID
        /// Who runs it.
        public let operatorName: String
        /// Its members.
        public let members: [Member]

        /// Makes a node.
        public init(id: NodeID, operatorName: String, members: [Member]) {
            self.id = id
            self.operatorName = operatorName
            self.members = members
        }
    }

    /// One member.
    public struct Member: Sendable {
        /// Its id.
        public let id: MemberID
        /// Its legal name.
        public let legalName: String
        /// What it is.
        public let role: MemberEntry.Role

        /// Makes a member.
        public init(id: MemberID, legalName: String, role: MemberEntry.Role = .lender) {
            self.id = id
            self.legalName = legalName
            self.role = role
        }
    }
}
