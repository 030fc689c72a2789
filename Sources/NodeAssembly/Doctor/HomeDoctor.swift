import Exchange
import Foundation
import Logging
import Membership
import PeerHTTP

/// Looks at a node's home without the node's help: what its files, disk and ports say.
public struct HomeDoctor {
    /// Less free room than this on the home's disk is a finding: 1 GiB.
    public static let diskFreeMin = 1 << 30

    private let home: NodeHome
    private let clock: any Exchange.Clock

    /// A look at a home.
    public init(_ home: NodeHome, clock: any Exchange.Clock = SystemClock()) {
        self.home = home
        self.clock = clock
    }

    /// What is wrong, and what could not be looked at.
    ///
    /// - Parameter isRunning: whether the node runs: then its store and log are its own.
    public func examine(isRunning: Bool) -> (findings: [HealthFinding], unseen: [UnseenPart]) {
        var findings = exposedFiles() + disk() + departures()
        let configuration: NodeConfiguration
        do {
            configuration = try NodeConfiguration(home: home)
        } catch {
            findings.append(HealthFinding(.configuration, "\(error)"))
            return (findings, [.certificate, .directory, .ports, .log])
        }
        var unseen: [UnseenPart] = []
        let directory = directory(configuration, &findings)
        if let directory {
            let entry = directory.node(configuration.node)
            findings += listing(entry, configuration.node)
            findings += certificate(entry, directory.consortium, configuration.node)
        } else {
            unseen.append(.certificate)
        }
        findings += ports(configuration, isRunning: isRunning)
        if isRunning {
            unseen.append(.storeAndLog)
        } else {
            findings += opening(configuration)
            unseen += [.peers, .witnesses, .clock]
        }
        return (findings, unseen)
    }

    /// Files whose mode lets others read keys, tokens, store or log.
    private func exposedFiles() -> [HealthFinding] {
        let manager = FileManager.default
        let folders = ["keys", "tls", "store", "log", "local-api", "promised", "departures"]
        return folders.flatMap { folder -> [HealthFinding] in
            let root = home.folder.appending(path: folder)
            let names = (try? manager.subpathsOfDirectory(atPath: root.path)) ?? []
            return ([root] + names.map { root.appending(path: $0) }).compactMap { file in
                // Certificates are for everybody.
                guard file.pathExtension != "pem", file.pathExtension != "pub",
                    let mode = try? manager.attributesOfItem(atPath: file.path)[.posixPermissions]
                        as? Int, mode & 0o077 != 0
                else { return nil }
                return HealthFinding(
                    .fileExposed, "\(file.path) has mode \(String(mode, radix: 8))")
            }
        }
    }

    /// Members whose deletion was cut off.
    private func departures() -> [HealthFinding] {
        DepartureFile.members(of: home).sorted().compactMap { member in
            let content = try? DepartureFile(of: member, in: home).content()
            guard content.flatMap(DepartureRecord.init) == nil else { return nil }
            return HealthFinding(.departure, "\(member)")
        }
    }

    private func disk() -> [HealthFinding] {
        let attributes = try? FileManager.default.attributesOfFileSystem(
            forPath: home.folder.path)
        guard let free = attributes?[.systemFreeSize] as? NSNumber,
            free.int64Value < Self.diskFreeMin
        else { return [] }
        return [HealthFinding(.diskLow, "\(free.int64Value >> 20) MiB are free")]
    }

    private func directory(
        _ configuration: NodeConfiguration, _ findings: inout [HealthFinding]
    ) -> Directory? {
        do {
            guard let origin = configuration.origin else {
                return try DirectoryFile.load(configuration.directory)
            }
            guard let held = try DirectoryVault(home: home, origin: origin).held() else {
                findings.append(HealthFinding(.directory, "none was fetched yet"))
                return nil
            }
            let now = Int(clock.now.secondsSinceEpoch)
            let left = Duration.seconds(held.expires.seconds - now)
            if DirectoryExpiry.warning(left: left) != nil {
                findings.append(
                    HealthFinding(
                        left > .zero ? .directoryExpires : .directoryExpired,
                        "version \(held.directory.version), until \(held.expires)"))
            }
            return held.directory
        } catch {
            findings.append(HealthFinding(.directory, "\(error)"))
            return nil
        }
    }

    private func listing(_ entry: NodeEntry?, _ node: NodeID) -> [HealthFinding] {
        guard let entry else { return [HealthFinding(.notListed, "\(node)")] }
        var findings: [HealthFinding] = []
        if entry.status != .active {
            findings.append(HealthFinding(.suspended, "\(node) is \(entry.status.rawValue)"))
        }
        if !Self.hasAddress(entry.endpoint.host) {
            findings.append(HealthFinding(.endpointAddress, "\(entry.endpoint.host)"))
        }
        return findings
    }

    private func certificate(
        _ entry: NodeEntry?, _ consortium: ConsortiumID, _ node: NodeID
    ) -> [HealthFinding] {
        let statement: NodeCertificate
        do {
            statement = try TLSMaterial(
                certificate: home.certificate.path, key: home.certificateKey.path,
                roots: home.roots.path,
                identity: NodeIdentity(consortium: consortium, node: node)
            ).statement
        } catch {
            return [HealthFinding(.certificate, "\(error)")]
        }
        var findings: [HealthFinding] = []
        let now = Date(timeIntervalSince1970: Double(clock.now.secondsSinceEpoch))
        let end = "until \(Timestamp(statement.notAfter))"
        if !statement.isValid(at: now) {
            findings.append(HealthFinding(.certificateExpired, end))
        } else if CertificateExpiry.warning(of: statement, at: clock.now) != nil {
            findings.append(HealthFinding(.certificateEnds, end))
        }
        if let host = entry?.endpoint.host, !statement.hosts.contains(host) {
            findings.append(HealthFinding(.endpointName, "\(host)"))
        }
        return findings
    }

    /// Opens store and log of a node that does not run, as its start would.
    private func opening(_ configuration: NodeConfiguration) -> [HealthFinding] {
        // A home that never ran has nothing to open, and nothing is made.
        guard FileManager.default.fileExists(atPath: home.log.path) else { return [] }
        do {
            try OfflineNode(
                home: home, configuration: configuration, clock: clock,
                logger: Logger(label: "creditmesh.doctor") { _ in SwiftLogNoOpLogHandler() }
            ).close()
            return []
        } catch {
            return [HealthFinding(.node, "\(error)")]
        }
    }
}
