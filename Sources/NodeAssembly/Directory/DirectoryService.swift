import Exchange
import PeerHTTP
import ServiceLifecycle

/// Where a node's directory comes from, and what keeps it current while the node runs.
public protocol DirectoryService: DirectorySource, DirectoryFiles, Service {}

extension DirectoryFile: DirectoryService {
    /// One file has no repository.
    public func directoryFile(_ name: String) -> [UInt8]? { nil }
}
