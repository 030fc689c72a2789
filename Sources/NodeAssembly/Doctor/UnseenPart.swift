/// Something that a look at a node could not look at, and why.
public enum UnseenPart: Sendable, Equatable {
    /// Without a configuration nothing says where they are.
    case certificate, directory, ports, log
    /// The running node has them.
    case storeAndLog
    /// The node does not run.
    case peers, witnesses, clock
    /// The node runs and does not answer.
    case silentNode
    /// The running node does not test its peers.
    case bothWays
    /// A peer does not tell whether it reaches the node.
    case wayBack(peer: String)
}

extension UnseenPart: CustomStringConvertible {
    /// What, and why.
    public var description: String {
        switch self {
        case .certificate: "certificate"
        case .directory: "directory"
        case .ports: "ports"
        case .log: "log"
        case .storeAndLog: "store and log: the running node has them"
        case .peers: "peers: the node does not run"
        case .witnesses: "witnesses: the node does not run"
        case .clock: "clock: the node does not run"
        case .silentNode: "peers, witnesses, clock: the node does not answer"
        case .bothWays: "peers both ways: the node does not test them"
        case .wayBack(let peer): "whether \(peer) reaches this node: it does not tell"
        }
    }

    /// The same in Chinese.
    public var chinese: String {
        switch self {
        case .certificate: "证书"
        case .directory: "成员目录"
        case .ports: "端口"
        case .log: "日志"
        case .storeAndLog: "数据库与日志：由运行中的节点占用"
        case .peers: "对等节点：节点未运行"
        case .witnesses: "见证方：节点未运行"
        case .clock: "时钟：节点未运行"
        case .silentNode: "对等节点、见证方、时钟：节点无应答"
        case .bothWays: "与对等节点的双向连通：节点未作测试"
        case .wayBack(let peer): "\(peer) 能否连通本节点：对方未告知"
        }
    }
}
