// swift-tools-version: 6.2

import PackageDescription

/// Every target of ours: Swift 6 language mode, warnings are errors.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
]

let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient: Target.Dependency = .product(
    name: "AsyncHTTPClient", package: "async-http-client")
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(
    name: "HummingbirdCore", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(
    name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let rawStructuredFieldValues: Target.Dependency = .product(
    name: "RawStructuredFieldValues", package: "swift-http-structured-headers")
let serviceLifecycle: Target.Dependency = .product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(
    name: "UnixSignals", package: "swift-service-lifecycle")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
    name: "creditmesh",
    products: [
        .executable(name: "creditmesh", targets: ["creditmesh"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-structured-headers", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Pure: no network, no store, no clock of their own.
        .systemLibrary(
            name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .target(
            name: "RiskStandard",
            resources: [
                .embedInCode("Standards/cn-2023@1.json"),
                .embedInCode("Standards/cn-microloan@1.json"),
            ], swiftSettings: strict),
        .target(name: "Pseudonym", dependencies: ["CSodium"], swiftSettings: strict),
        .target(
            name: "Book", dependencies: ["RiskStandard", yams],
            resources: [
                .embedInCode("Mappings/auto-loans.yaml"),
                .embedInCode("Mappings/business-loans.yaml"),
                .embedInCode("Mappings/plain.yaml"),
                .embedInCode("Mappings/taiwan-cards.yaml"),
            ], swiftSettings: strict),
        .target(name: "StrictJSON", swiftSettings: strict),
        .target(name: "Ed25519", swiftSettings: strict),
        .target(
            name: "HTTPSignatures", dependencies: [crypto, rawStructuredFieldValues],
            swiftSettings: strict),
        .target(name: "TransparencyLog", dependencies: ["Ed25519", crypto], swiftSettings: strict),
        .target(
            name: "TUF", dependencies: ["Ed25519", "StrictJSON", crypto, cryptoExtras],
            swiftSettings: strict),
        .target(
            name: "Membership", dependencies: ["Ed25519", "StrictJSON", asn1, crypto, x509],
            swiftSettings: strict),
        .target(
            name: "Exchange",
            dependencies: [
                "Book", "HTTPSignatures", "Membership", "Pseudonym", "RiskStandard", "StrictJSON",
                "TransparencyLog", crypto,
            ],
            swiftSettings: strict),

        .target(
            name: "Audit",
            dependencies: [
                "Book", "Exchange", "HTTPSignatures", "Membership", "Pseudonym", "RiskStandard",
                "StrictJSON", "TransparencyLog", crypto,
            ], swiftSettings: strict),

        .target(
            name: "Authority",
            dependencies: ["Exchange", "Membership", "StrictJSON", "TUF", crypto, cryptoExtras],
            swiftSettings: strict),

        // The ports' other sides.
        .target(
            name: "Store",
            dependencies: [
                "Book", "Exchange", "Membership", "Pseudonym", "RiskStandard", "StrictJSON",
                "TransparencyLog", coreMetrics, grdb, grdbSQLite,
            ],
            swiftSettings: strict),
        .target(
            name: "PeerHTTP",
            dependencies: [
                "Exchange", "HTTPSignatures", "Membership", "Pseudonym", "StrictJSON",
                "TUF", "TransparencyLog", asyncHTTPClient, coreMetrics, crypto, httpTypes,
                hummingbirdCore,
                logging, nioCore, nioHTTP1, nioHTTPTypes, nioPosix, nioSSL, nioTLS,
                serviceLifecycle,
            ], swiftSettings: strict),
        .target(
            name: "Console",
            dependencies: [
                "Book", "Exchange", "Membership", "Pseudonym", "RiskStandard", "StrictJSON",
                coreMetrics, crypto, httpTypes, hummingbird,
                hummingbirdCore,
                logging, nioCore, serviceLifecycle,
            ], swiftSettings: strict),

        // Put together.
        .target(
            name: "NodeAssembly",
            dependencies: [
                "Authority", "Console", "Exchange", "HTTPSignatures", "Membership", "PeerHTTP",
                "Pseudonym", "RiskStandard", "Store", "StrictJSON", "TUF", "TransparencyLog",
                coreMetrics, crypto, logging, nioCore, nioPosix, serviceLifecycle, unixSignals,
                yams,
            ], swiftSettings: strict),
        .executableTarget(
            name: "creditmesh",
            dependencies: [
                "Audit", "Authority", "Book", "Exchange", "Membership", "NodeAssembly", "Pseudonym",
                "RiskStandard", "StrictJSON", "TUF", "TransparencyLog", argumentParser,
                asyncHTTPClient, logging, nioCore, nioHTTP1, unixSignals,
            ],
            resources: [
                .embedInCode("Demo/Sample/birch.csv"), .embedInCode("Demo/Sample/cedar.csv"),
                .embedInCode("Demo/Sample/harbor.csv"), .embedInCode("Demo/Sample/lakeside.csv"),
                .embedInCode("Demo/Sample/maple.csv"), .embedInCode("Demo/Sample/willow.csv"),
            ], swiftSettings: strict),

        .executableTarget(
            name: "creditmesh-bench",
            dependencies: [
                "Audit", "Book", "Exchange", "HTTPSignatures", "Membership", "NodeAssembly",
                "PeerHTTP", "Pseudonym", "RiskStandard", "Store", "StrictJSON", "TransparencyLog",
                argumentParser, crypto, logging, nioCore, nioPosix, nioSSL, serviceLifecycle,
            ], path: "Sources/Bench", swiftSettings: strict),

        // Tests.
        .target(
            name: "TestSupport",
            dependencies: [
                "Book", "Exchange", "HTTPSignatures", "Membership", "RiskStandard",
                "TransparencyLog", crypto,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "RiskStandardTests", dependencies: ["RiskStandard"], swiftSettings: strict),
        .testTarget(
            name: "PseudonymTests", dependencies: ["Pseudonym"], swiftSettings: strict),
        .testTarget(
            name: "BookTests", dependencies: ["Book", "RiskStandard"], swiftSettings: strict),
        .testTarget(
            name: "StrictJSONTests", dependencies: ["StrictJSON"], swiftSettings: strict),
        .testTarget(
            name: "HTTPSignaturesTests", dependencies: ["HTTPSignatures", crypto],
            swiftSettings: strict),
        .testTarget(
            name: "TransparencyLogTests", dependencies: ["TransparencyLog", crypto],
            swiftSettings: strict),
        .testTarget(
            name: "AuthorityTests",
            dependencies: ["Authority", "Exchange", "Membership", "TUF"], swiftSettings: strict),
        .testTarget(
            name: "TUFTests", dependencies: ["StrictJSON", "TUF", crypto], swiftSettings: strict),
        .testTarget(
            name: "MembershipTests",
            dependencies: ["Membership", "StrictJSON", "TestSupport", asn1, crypto, x509],
            swiftSettings: strict),
        .testTarget(
            name: "ExchangeTests",
            dependencies: [
                "Book", "Exchange", "HTTPSignatures", "Membership", "Pseudonym", "RiskStandard",
                "Store", "StrictJSON", "TestSupport", "TransparencyLog", crypto,
            ], exclude: ["Golden"], swiftSettings: strict),
        .testTarget(
            name: "ScenarioTests",
            dependencies: [
                "Authority", "Book", "Console", "Exchange", "HTTPSignatures", "Membership",
                "NodeAssembly", "Pseudonym",
                "RiskStandard", "StrictJSON", "TestSupport", "creditmesh", "TUF", asyncHTTPClient,
                coreMetrics,
                crypto,
                logging, nioCore, nioPosix, nioSSL, serviceLifecycle,
            ], swiftSettings: strict),
        .testTarget(
            name: "ForeignClientTests", dependencies: ["creditmesh"], swiftSettings: strict),
        .testTarget(name: "RepositoryTests", swiftSettings: strict),
        .testTarget(
            name: "PeerHTTPTests",
            dependencies: [
                "Exchange", "HTTPSignatures", "Membership", "PeerHTTP", "Pseudonym", "StrictJSON",
                "TestSupport", "TransparencyLog", "TUF", logging, nioCore, nioPosix, nioSSL,
                serviceLifecycle,
            ], swiftSettings: strict),
        .testTarget(
            name: "AuditTests",
            dependencies: [
                "Audit", "Exchange", "HTTPSignatures", "Membership", "Pseudonym", "Store",
                "StrictJSON", "TestSupport", "TransparencyLog", crypto,
            ], swiftSettings: strict),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Book", "Exchange", "HTTPSignatures", "Membership", "Pseudonym", "RiskStandard",
                "Store", "StrictJSON", "TestSupport", "TransparencyLog", crypto, grdb,
            ], swiftSettings: strict),
    ]
)
