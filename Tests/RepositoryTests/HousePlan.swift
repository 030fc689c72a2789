/// Which target may import what: the house plan (protocol/decisions/README.md, "The rooms").
///
/// Arrows point down only: business does not know storage or network, these do not know each other,
/// and nobody knows the command line.
struct HousePlan {
    /// By target, what it may import besides the modules that come with Swift.
    let targets: [String: Set<String>]

    /// This package's plan.
    static let own = HousePlan(
        targets: [pure, tools, ports, together].reduce(into: [:]) { $0.merge($1) { $1 } })

    /// No network, no store, no clock of their own.
    private static let pure: [String: Set<String>] = [
        "CSodium": [],
        "StrictJSON": [],
        "Ed25519": [],
        "RiskStandard": [],
        "TransparencyLog": ["Crypto", "Ed25519"],
        "HTTPSignatures": ["Crypto", "RawStructuredFieldValues"],
        "Pseudonym": ["CSodium"],
        "TUF": ["Crypto", "CryptoExtras", "Ed25519", "StrictJSON"],
        "Book": ["RiskStandard", "Yams"],
        "Membership": ["Crypto", "Ed25519", "StrictJSON", "SwiftASN1", "X509"],
        "Exchange": [
            "Book", "Crypto", "HTTPSignatures", "Membership", "Pseudonym", "RiskStandard",
            "StrictJSON", "TransparencyLog",
        ],
    ]

    /// The regulator's tools, over the pure rooms and the forms of the exchange.
    private static let tools: [String: Set<String>] = [
        "Audit": [
            "Book", "Crypto", "Exchange", "HTTPSignatures", "Membership", "Pseudonym",
            "RiskStandard", "StrictJSON", "TransparencyLog",
        ],
        "Authority": [
            "Crypto", "CryptoExtras", "Exchange", "Membership", "StrictJSON", "TUF",
        ],
    ]

    /// The other sides of Exchange's ports.
    private static let ports: [String: Set<String>] = [
        "Store": [
            "Book", "CoreMetrics", "Exchange", "GRDB", "GRDBSQLite", "Membership", "Pseudonym",
            "RiskStandard",
            "StrictJSON", "TransparencyLog",
        ],
        "PeerHTTP": [
            "AsyncHTTPClient", "CoreMetrics", "Crypto", "Exchange", "HTTPSignatures", "HTTPTypes",
            "HummingbirdCore", "Logging", "Membership", "NIOCore", "NIOHTTP1", "NIOHTTPTypes",
            "NIOPosix", "NIOSSL",
            "NIOTLS", "Pseudonym", "ServiceLifecycle", "StrictJSON", "TUF", "TransparencyLog",
        ],
        "Console": [
            "Book", "CoreMetrics", "Crypto", "Exchange", "HTTPTypes", "Hummingbird",
            "HummingbirdCore", "Logging", "Membership", "NIOCore", "Pseudonym", "RiskStandard",
            "ServiceLifecycle", "StrictJSON",
        ],
    ]

    /// Where the parts come together.
    private static let together: [String: Set<String>] = [
        "NodeAssembly": [
            "Authority", "Console", "CoreMetrics", "Crypto", "Exchange", "HTTPSignatures",
            "Logging", "Membership", "NIOCore",
            "NIOPosix", "PeerHTTP", "Pseudonym", "RiskStandard", "ServiceLifecycle", "Store",
            "StrictJSON", "TUF", "TransparencyLog", "UnixSignals", "Yams",
        ],
        "creditmesh": [
            "ArgumentParser", "AsyncHTTPClient", "Audit", "Authority", "Book", "Exchange",
            "Logging",
            "Membership", "NIOCore", "NIOHTTP1", "NodeAssembly", "Pseudonym", "RiskStandard",
            "StrictJSON", "TUF", "TransparencyLog", "UnixSignals",
        ],
        "Bench": [
            "ArgumentParser", "Audit", "Book", "Crypto", "Exchange", "HTTPSignatures", "Logging",
            "Membership", "NIOCore", "NIOPosix", "NIOSSL", "NodeAssembly", "PeerHTTP", "Pseudonym",
            "RiskStandard", "ServiceLifecycle", "Store", "StrictJSON", "TransparencyLog",
        ],
        "TestSupport": [
            "Book", "Crypto", "Exchange", "HTTPSignatures", "Membership", "RiskStandard",
            "TransparencyLog",
        ],
    ]

    /// Modules that come with Swift; everyone may use them.
    static let systemModules: Set<String> = ["Dispatch", "Foundation", "Glibc", "Synchronization"]

    /// Tests that are not those of one target.
    private static let wideTests: [String: Set<String>] = [
        // A copy is made of a real log.
        "AuditTests": own.targets["Audit", default: []].union(["Audit", "Store", "TestSupport"]),
        // The rules are tested on the real store.
        "ExchangeTests": own.targets["Exchange", default: []]
            .union(["Exchange", "Store", "TestSupport"]),
        "ForeignClientTests": [],
        "RepositoryTests": [],
        // The log is tested with keys, and with the nonces of signed requests.
        "StoreTests": own.targets["Store", default: []]
            .union(["Crypto", "HTTPSignatures", "Store", "TestSupport"]),
        "ScenarioTests": own.targets["NodeAssembly", default: []]
            .union([
                "AsyncHTTPClient", "Authority", "Book", "NIOSSL", "NodeAssembly", "StrictJSON",
                "TestSupport",
            ]),
    ]
}

extension HousePlan {
    /// What the imports of a file break, one sentence each.
    ///
    /// - Parameters:
    ///   - text: the file.
    ///   - target: the target in whose folder it lies.
    func faults(in text: String, target: String) -> [String] {
        guard let allowed = allowed(in: target) else {
            return ["\(target) is no room of the house plan"]
        }
        return ModuleImport.all(in: text).flatMap { found -> [String] in
            var faults: [String] = []
            if !allowed.contains(found.module) {
                faults.append("\(target) must not import \(found.module)")
            }
            if found.isTestable, !target.hasSuffix("Tests") {
                faults.append("\(target) opens \(found.module) as only a test may")
            }
            if found.isExported { faults.append("\(target) passes \(found.module) on") }
            return faults
        }
    }

    /// What a target may import; nil for one that the plan does not know. The tests of a target may
    /// import it and all that it may, and the support for tests.
    private func allowed(in target: String) -> Set<String>? {
        if let modules = targets[target] { return modules.union(Self.systemModules) }
        let forTests = Self.systemModules.union(["Testing"])
        if let modules = Self.wideTests[target] { return modules.union(forTests) }
        guard target.hasSuffix("Tests") else { return nil }
        let tested = String(target.dropLast("Tests".count))
        return targets[tested].map { $0.union(forTests).union([tested, "TestSupport"]) }
    }

    /// The targets of this package that a target reaches by imports, over any number of steps.
    func reach(of target: String) -> Set<String> {
        var reached: Set<String> = []
        var waiting = Array(targets[target, default: []])
        while let next = waiting.popLast() {
            guard let modules = targets[next], reached.insert(next).inserted else { continue }
            waiting += modules
        }
        return reached
    }

    /// Who may import a module.
    func importers(of module: String) -> Set<String> {
        Set(targets.filter { $0.value.contains(module) }.keys)
    }
}
